import { rm } from 'node:fs/promises';
import { acmService } from './aws/acm/service.ts';
import { applicationAutoscalingService } from './aws/application-autoscaling/service.ts';
import { cloudwatchService } from './aws/cloudwatch/service.ts';
import { codedeployService } from './aws/codedeploy/service.ts';
import { dynamodbService } from './aws/dynamodb/service.ts';
import { ec2Service } from './aws/ec2/service.ts';
import { ecrService } from './aws/ecr/service.ts';
import { ecsService } from './aws/ecs/service.ts';
import { elasticloadbalancingService } from './aws/elasticloadbalancing/service.ts';
import { eventsService } from './aws/events/service.ts';
import { iamService } from './aws/iam/service.ts';
import { kmsService } from './aws/kms/service.ts';
import type { FunctionHost } from './aws/lambda/hosts/host.ts';
import type { LoadedFunctions } from './aws/lambda/hosts/in-process/loaded-functions.ts';
import { inProcessHost } from './aws/lambda/hosts/in-process-host.ts';
import { workerHost } from './aws/lambda/hosts/worker-host.ts';
import { lambdaService } from './aws/lambda/service.ts';
import { logsService } from './aws/logs/service.ts';
import { snsService } from './aws/sns/service.ts';
import { sqsService } from './aws/sqs/service.ts';
import { ssmService } from './aws/ssm/service.ts';
import { statesService } from './aws/states/service.ts';
import { stsService } from './aws/sts/service.ts';
import { awsCommand } from './aws-cli/command.ts';
import { type ChokePoint, chokePoint } from './call.ts';
import type { Clock } from './clock/clock.ts';
import { scaledClock } from './clock/scaled-clock.ts';
import { virtualClock } from './clock/virtual-clock.ts';
import type { Cloud, Service } from './cloud.ts';
import { type Model, modelContainers } from './containers/model-containers.ts';
import { processContainers } from './containers/process-containers.ts';
import { withControl } from './control.ts';
import { openFolder } from './folder.ts';
import { dated } from './front/dated.ts';
import { front } from './front/front.ts';
import { sdkIntegration } from './front/integration.ts';
import { listen } from './front/listen.ts';
import type { Answer, HttpRequest, HttpResponse } from './http.ts';
import { documentedQuirks, type Quirks } from './quirks.ts';
import { randomIds, seededRandom } from './random.ts';
import { type Regional, regionsOf } from './regional.ts';
import { providersOf } from './template/providers.ts';
import { openAuthority } from './tls/authority.ts';

export { loadedFunctions } from './aws/lambda/hosts/in-process/loaded-functions.ts';
export { AwsError } from './aws-error.ts';
export type { UsedPermission } from './call.ts';
export type { Call } from './cloud.ts';
export type { ContainerRequest, ModelRequest, ModelResponse } from './containers.ts';
export type { Fault } from './faults.ts';
export { seededRandom } from './random.ts';

export type { LoadedFunctions, Quirks };

/**
 * How a sandbox runs: a rehearsal with processes, workers and sockets in scaled time, or a simulation in one
 * process, where time jumps.
 */
type Setting =
  | { readonly kind: 'rehearsal'; readonly speed: number }
  | {
      readonly kind: 'simulation';
      /** Answers in the place of the images' applications. */
      readonly model: Model;
      /** Loaded bundles, shared by simulations that follow one another. */
      readonly functions?: LoadedFunctions;
    };

export interface SandboxOptions {
  readonly setting: Setting;
  readonly region?: string;
  readonly account?: string;
  readonly quirks?: Partial<Quirks>;
  /** Seed of everything random (default 1). */
  readonly seed?: number;
}

/** A local AWS for deployments. */
export interface Sandbox extends Regional {
  readonly clock: Clock;
  /** Lets service time run so many times as fast as real time from now on; a simulation's time jumps and has no speed. */
  setSpeed(speed: number): void;
  readonly account: string;
  /** URL on which its own functions and tasks reach it; a simulation has none. */
  readonly url: string | undefined;
  /**
   * Lets clients of this machine in: AWS's operations and the docker push of other processes. Port 0 means
   * a free one; gives the URL. Rejects with an Error that names the port if it is taken.
   */
  open(port: number): Promise<string>;
  /** Answers a request of a client of AWS without a socket, as `open` lets clients ask. */
  readonly answer: Answer;
  /** The same account in another Region: its own resources, the same clock, IAM and faults. */
  in(region: string): Regional;
  /**
   * Answers a request to a listener or Function URL without a socket; by HTTPS with the certificate for `serverName`
   * (default: the URL's host name), and rejects as a TLS handshake fails.
   */
  serve(url: URL, request: HttpRequest, serverName?: string): Promise<HttpResponse>;
  /**
   * Runs a command of the aws CLI, split into words without the `aws`, for whoever has the access key; gives what it
   * prints. Rejects with an Error that says which word is wrong, or with what the service refuses.
   */
  aws(words: readonly string[], accessKeyId: string): Promise<string>;
  readonly inject: ChokePoint['inject'];
  readonly used: ChokePoint['used'];
  /** Sees every call after it was made. */
  readonly watch: ChokePoint['watch'];
  /** State transitions that AWS would bill for an execution. */
  transitions(executionArn: string): number;
  /**
   * Lets other functions of the account run this many times at once in a Region (default: its own): the account's
   * functions share what they leave.
   */
  occupy(executions: number, inRegion?: string): void;
  /** Lines that a function has logged. */
  logs(functionName: string): readonly string[];
  /** Tells of every line that a function or a container writes, at once; gives the way to stop. */
  watchLogs(listener: (line: string) => void): () => void;
  /** Messages that a topic has got. */
  messages(topicArn: string): readonly { readonly message: string }[];
  /** What a user should know about the difference to AWS, said once each. */
  notes(): readonly string[];
  close(): Promise<void>;
}

const ACCOUNT = '111122223333';
const REGION = 'us-east-1';

/**
 * Makes a sandbox; everything lives in memory and ends with `close`. A rehearsal's own functions and tasks
 * reach it from here on, by a port that nobody else knows: clients are let in by `open`, once their stacks stand.
 */
export const openSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const { setting, region = REGION, account = ACCOUNT, seed = 1 } = options;
  const simulated = setting.kind === 'simulation';
  const scaled = simulated ? undefined : scaledClock(setting.speed);
  const clock = scaled ?? virtualClock();
  const folder = await openFolder();
  const notes = new Set<string>();
  const readers = new Set<(line: string) => void>();
  const random = seededRandom(seed);
  // A simulation opens no socket to a client: its listeners need no certificate.
  const authority = simulated ? undefined : await openAuthority(folder);
  const trusted = authority ? { authority: authority.file } : {};
  const containers = simulated
    ? modelContainers(setting.model)
    : processContainers({ clock, folder, ...trusted });
  let url: string | undefined;

  const cloud: Cloud = {
    account,
    clock,
    call: (call) => point.call(call),
    quirks: { ...documentedQuirks, ...options.quirks },
    random,
    id: randomIds(random),
    folder,
    containers,
    note: (text) => void notes.add(text),
    logged: (line) => {
      for (const listener of readers) listener(line);
    },
    endpoint: () => url ?? 'http://127.0.0.1:4566',
  };

  const iam = iamService(cloud);
  const sts = stsService(cloud);
  const point = chokePoint(clock, iam.authorize);
  const { answer, ask } = front({ call: point.call, principalOf: sts.principalOf });
  const ecr = ecrService(cloud);
  const balancer = elasticloadbalancingService(cloud, authority);

  const host: FunctionHost = simulated
    ? inProcessHost({
        clock,
        answer,
        ask,
        serve: (target, serverName) =>
          target.hostname === '127.0.0.1'
            ? (request) => serve(target, request, serverName)
            : undefined,
        ...(setting.functions ? { functions: setting.functions } : {}),
      })
    : workerHost({ clock, endpoint: cloud.endpoint, ...trusted });
  const lambda = lambdaService(cloud, host, sts.principalOf);
  const states = statesService(cloud, sdkIntegration);
  const sns = snsService(cloud);

  const services: readonly Service[] = [
    iam,
    sts,
    ecr,
    balancer,
    lambda,
    states,
    sns,
    acmService(cloud),
    applicationAutoscalingService(cloud),
    cloudwatchService(cloud),
    codedeployService(cloud),
    dynamodbService(cloud),
    ec2Service(cloud),
    ecsService(cloud, { imageFolder: ecr.imageFolder }),
    eventsService(cloud),
    kmsService(cloud),
    logsService(cloud),
    sqsService(cloud),
    ssmService(cloud),
  ];
  for (const service of services) point.register(service);

  const serve: Sandbox['serve'] = async (target, request, serverName = target.hostname) => {
    const port = Number(target.port);
    if (!balancer.listens(port)) return lambda.serve(port, request);
    return balancer.serve(port, request, target.protocol === 'https:' ? serverName : undefined);
  };
  const pushWithNotes = async (repository: string, tag: string, source: string) => ({
    ...(await here.push(repository, tag, source)),
    notes: [...notes].filter((text) => text.startsWith(source)),
  });

  const inside = simulated ? undefined : await listen(answer, 0);
  url = inside?.url;
  const doors = inside ? [inside] : [];
  const inRegion = regionsOf({
    account,
    clock,
    providers: providersOf(services),
    call: point.call,
    note: cloud.note,
    id: cloud.id,
    push: ecr.push,
  });
  const here = inRegion(region);

  return {
    clock,
    setSpeed: (speed) => {
      if (!scaled) throw new Error('the time of a simulation jumps: it has no speed');
      scaled.setSpeed(speed);
    },
    account,
    ...here,
    in: inRegion,
    url,
    open: async (port) => {
      const door = await listen(dated(withControl(answer, pushWithNotes), clock), port);
      doors.push(door);
      return door.url;
    },
    answer: dated(answer, clock),
    serve,
    aws: async (words, accessKeyId) => {
      const { service, operation, input, print } = await awsCommand(words);
      const principal = sts.principalOf(accessKeyId);
      return print(await point.call({ principal, region, service, operation, input }));
    },
    inject: point.inject,
    used: point.used,
    watch: point.watch,
    transitions: (executionArn) => states.execution(executionArn)?.transitions ?? 0,
    occupy: (executions, where = region) => lambda.occupy(where, executions),
    logs: lambda.logs,
    watchLogs: (listener) => {
      readers.add(listener);
      return () => void readers.delete(listener);
    },
    messages: sns.messages,
    notes: () => [...notes],
    close: async () => {
      await Promise.all(services.map((service) => service.close?.()));
      await Promise.all([host.close(), containers.close(), ...doors.map((door) => door.close())]);
      clock.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
