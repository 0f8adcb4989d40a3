import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as realSleep } from 'node:timers/promises';
import { type LoadedFunctions, openSandbox, type Quirks, type Sandbox } from 'tandem-sandbox';
import type { Account } from '../../account/account.ts';
import { publishAnswer } from '../../account/answers.ts';
import { commandsOf, type Reply } from '../../account/commands.ts';
import { type Execution, executionsOf } from '../../account/executions.ts';
import { type Records, recordsOf } from '../../account/records.ts';
import {
  type PairSettings,
  settingsParameter,
  targetParameter,
} from '../../core/drivers/registration.ts';
import type { Command } from '../../core/protocol/command.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { accountIn } from './account.ts';
import { withArtefact, zipOf } from './artefacts.ts';
import { launchFleet } from './fleet.ts';
import { recordReader } from './records.ts';
import { type AskApi, simulatedWeb } from './simulated-web.ts';
import { ASSEMBLY } from './synthesis.ts';

/** The pair that rehearsals release, unless a scenario names one of the fleet. */
export const PAIR = 'storefront';
export const REPOSITORY = 'storefront-web';
export const FUNCTION = 'storefront-api';
export const ALIAS = 'live';

/** Tag of a function that says which image tag its $LATEST belongs to (the pair's join is `tagged`). */
const VERSION_TAG = 'tandem:version';

/** File of an image whose findings scans of the sandbox report. */
const FINDINGS = 'scan-findings.json';

/** How a stage runs, and how AWS behaves where no document says. */
export interface StageOptions {
  readonly setting:
    | { readonly kind: 'rehearsal'; readonly speed: number }
    | { readonly kind: 'simulation'; readonly functions?: LoadedFunctions };
  readonly assembly?: string;
  /** Pair that is released (default: storefront); any other one is of the fleet, which is deployed beside it. */
  readonly pair?: string;
  readonly quirks?: Partial<Quirks>;
  readonly seed?: number;
  /** Told what is being deployed, for people who wait. */
  readonly progress?: (text: string) => void;
}

/** Minutes of service time after which a release that goes on is a defect. */
const LONGEST_RELEASE_MINUTES = 48 * 60;

/** An execution that has ended. */
export interface Ended {
  readonly status: string;
  readonly error?: string;
  readonly cause?: string;
  readonly output?: string;
  /** Service milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/** The sandbox with the storefront deployed and version 1 healthy. */
export interface Stage {
  readonly sandbox: Sandbox;
  /** The account of the sandbox, as its owner has it. */
  readonly account: Account;
  /** Name of the pair that is released. */
  readonly pair: string;
  /** URL of the web application and of the function, as users have them. */
  readonly web: URL;
  readonly api: URL;
  /**
   * Pushes a version of the web application's image, as CI would; its tag is the version unless another one is given.
   * `findings` is what scans of it will find; with platforms (`linux/arm64`) an index is pushed, as buildx does.
   */
  push(
    version: string,
    tag?: string,
    findings?: readonly unknown[],
    platforms?: readonly string[],
  ): Promise<{ digest: string; image: string }>;
  /** Updates the code of a target's function (default: api) and tags it, as CI would. */
  update(version: string, target?: string): Promise<void>;
  /** Starts a release; gives its execution's ARN. */
  start(input: unknown, name?: string): Promise<string>;
  /** Names of executions of the release machine, newest first. */
  executions(): Promise<readonly Execution[]>;
  /** Waits until an execution has ended. */
  ended(executionArn: string): Promise<Ended>;
  /** Waits until a question is answered with something, asking once a second of service time. */
  until<T>(what: string, ask: () => Promise<T | undefined>, minutes?: number): Promise<T>;
  record(release: string): Promise<ReleaseRecord | undefined>;
  /** The facts of a release after a place (default: all), as the table has them. */
  facts: Records['facts'];
  /** What the judge's votes on a release rest on, as the table has it. */
  bases: Records['bases'];
  /** Sends a command as a person with IAM would. */
  command(command: Command): Promise<Reply>;
  /** Publishes an answer on the approvals topic. */
  approve(message: unknown): Promise<void>;
  /** Changes the pair's settings for the releases that follow. */
  settings(change: (settings: PairSettings) => unknown): Promise<void>;
  close(): Promise<void>;
}

const STACKS = ['tandem-network', 'tandem', 'tandem-storefront'];

const payload = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const text = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));

/** The web application's way to the function in a simulation: the same call, under the task's role. */
const askThrough =
  (sandbox: () => Sandbox): AskApi =>
  async ({ environment }, path, user) => {
    const { FunctionError, Payload } = await sandbox().call('lambda', 'Invoke', {
      FunctionName: environment.API_FUNCTION,
      Payload: payload({ path, user }),
    });
    const answer = text(Payload);
    if (FunctionError || answer.statusCode !== 200) throw new Error('the API failed');
    return JSON.parse(answer.body);
  };

/** Opens a sandbox and deploys the storefront into it from the synthesized templates. */
export const openStage = async (options: StageOptions): Promise<Stage> => {
  const { setting, assembly = ASSEMBLY, pair = PAIR, progress = () => undefined } = options;
  const apps = simulatedWeb(askThrough(() => sandbox));
  const sandbox: Sandbox = await openSandbox({
    setting: setting.kind === 'simulation' ? { ...setting, model: apps.model } : setting,
    ...(options.quirks ? { quirks: options.quirks } : {}),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  });
  const { clock, call } = sandbox;

  const push = (
    version: string,
    tag = version,
    findings: readonly unknown[] = [],
    platforms?: readonly string[],
  ) =>
    withArtefact('web-app', version, async (folder) => {
      if (findings.length > 0)
        await writeFile(join(folder, FINDINGS), JSON.stringify(findings), 'utf8');
      if (setting.kind === 'simulation') await apps.check(folder, version);
      return sandbox.push(REPOSITORY, tag, folder, platforms);
    });

  const until = async <T>(
    what: string,
    ask: () => Promise<T | undefined>,
    minutes = 24 * 60,
    everySeconds = 1,
  ): Promise<T> => {
    const deadline = clock.now() + minutes * 60_000;
    for (;;) {
      const found = await ask();
      if (found !== undefined) return found;
      if (clock.now() > deadline)
        throw new Error(`${what} did not happen within ${minutes} minutes`);
      // A real pause as well, so that a fast clock does not turn this into a busy loop.
      await (setting.kind === 'simulation'
        ? clock.until(clock.sleep(everySeconds * 1000))
        : realSleep(50));
    }
  };

  try {
    progress('deploying the registry');
    await sandbox.deploy(assembly, { stacks: ['tandem-registry'] });
    progress('pushing storefront-web:1.0.0');
    await push('1.0.0');
    const deployed = await sandbox.deploy(assembly, {
      stacks: STACKS,
      progress: ({ stack, status, logicalId }) => {
        if (status === 'CREATE_IN_PROGRESS') progress(`deploying ${stack}: ${logicalId}`);
      },
    });
    if (pair !== PAIR) await launchFleet(sandbox, pair, PAIR);
    const outputs = deployed['tandem-storefront']?.outputs ?? {};
    const account = await accountIn(sandbox);
    const executions = executionsOf(account);
    const listener = await listenerPort(sandbox, 'productionListener');

    return {
      sandbox,
      account,
      pair,
      web: new URL(`http://127.0.0.1:${listener}/`),
      api: new URL(outputs.ApiUrl ?? ''),
      push,
      until,

      async update(version, target = 'api') {
        const ZipFile = await withArtefact('api-function', version, zipOf);
        const { Parameter } = await call('ssm', 'GetParameter', {
          Name: targetParameter(pair, target),
        });
        const { function: FunctionName } = JSON.parse(Parameter.Value);
        const { FunctionArn } = await call('lambda', 'UpdateFunctionCode', {
          FunctionName,
          ZipFile,
        });
        await until('the function update', async () => {
          const { LastUpdateStatus } = await call('lambda', 'GetFunctionConfiguration', {
            FunctionName,
          });
          return LastUpdateStatus === 'Successful' ? true : undefined;
        });
        await call('lambda', 'TagResource', {
          Resource: FunctionArn,
          Tags: { [VERSION_TAG]: version },
        });
      },

      start: executions.start,
      executions: () => executions.newest(),

      ended: (executionArn) => {
        const ask = async (): Promise<Ended | undefined> => {
          const found = await call('states', 'DescribeExecution', { executionArn });
          if (found.status === 'RUNNING') return undefined;
          return {
            status: found.status,
            ...(found.error ? { error: found.error } : {}),
            ...(found.cause ? { cause: found.cause } : {}),
            ...(found.output ? { output: found.output } : {}),
            startedAt: found.startDate.getTime(),
            endedAt: found.stopDate.getTime(),
          };
        };
        return until('the end of the execution', ask, LONGEST_RELEASE_MINUTES, 10);
      },

      record: recordReader({ sandbox, account }, pair),
      ...(({ facts, bases }) => ({ facts, bases }))(recordsOf(account)),
      command: commandsOf(account),
      approve: (message) => publishAnswer(account, message),

      async settings(change) {
        const Name = settingsParameter(pair);
        const { Parameter } = await call('ssm', 'GetParameter', { Name });
        const Value = JSON.stringify(change(JSON.parse(Parameter.Value)));
        await call('ssm', 'PutParameter', { Name, Value, Type: 'String', Overwrite: true });
      },

      close: () => sandbox.close(),
    };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
};

/** Local port of a listener of the web application, by its name in the registration. */
export const listenerPort = async (
  { call }: Sandbox,
  name: 'productionListener' | 'testListener',
): Promise<number> => {
  const { Parameter } = await call('ssm', 'GetParameter', { Name: targetParameter(PAIR, 'web') });
  const { Listeners } = await call('elasticloadbalancing', 'DescribeListeners', {
    ListenerArns: [JSON.parse(Parameter.Value)[name]],
  });
  return Listeners[0].Port;
};
