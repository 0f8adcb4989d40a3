import type { SdkIntegration } from '../../../../packages/sandbox/aws/states/sdk-integration.ts';
import { statesService } from '../../../../packages/sandbox/aws/states/service.ts';
import { virtualClock } from '../../../../packages/sandbox/clock/virtual-clock.ts';
import type { ContainerHost } from '../../../../packages/sandbox/containers.ts';
import { localCloud, recording, region } from '../../local-cloud.ts';
import { type Definition, text } from '../../machine/machines.ts';

const noContainers: ContainerHost = {
  start: () => Promise.reject(new Error('these tests start no containers')),
  close: async () => undefined,
};

export const roleArn = 'arn:aws:iam::111122223333:role/machine';

/** A function as the tests write it; what it throws becomes the payload of a function error. */
export type Handler = (event: any) => unknown;

/** An error of a function: `errorType` is what Retry and Catch see. */
export const functionError = (errorType: string | undefined, errorMessage: string) => ({
  errorType,
  errorMessage,
});

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** One action of CodeDeploy, as the front would give it; anything else is unknown. */
const sdkIntegration: SdkIntegration = async (service, action) => {
  if (service !== 'codedeploy' || action !== 'getDeployment') {
    throw new Error(`aws-sdk:${service}:${action}: the sandbox has no service "${service}"`);
  }
  return {
    service: 'codedeploy',
    operation: 'GetDeployment',
    toInput: ({ DeploymentId, ...rest }: any) => {
      const [unknown] = Object.keys(rest);
      if (unknown)
        throw new Error(`codedeploy:getDeployment: the field "${unknown}" is not supported`);
      return { deploymentId: DeploymentId };
    },
    toOutput: ({ deploymentInfo }: any) => ({ DeploymentInfo: { Status: deploymentInfo.status } }),
    errorName: (name) => `CodeDeploy.${name}`,
  };
};

/** Step Functions in virtual time, beside services that only record what they are asked. */
export const stepFunctions = (functions: Readonly<Record<string, Handler>> = {}) => {
  const clock = virtualClock();
  const local = localCloud(clock, noContainers);
  const states = local.register(statesService(local.cloud, sdkIntegration));
  const lambda = local.register(
    recording('lambda', {
      Invoke: async ({ FunctionName, Payload }) => {
        try {
          const event = JSON.parse(new TextDecoder().decode(Payload));
          const result = await functions[FunctionName]?.(event);
          return { StatusCode: 200, ExecutedVersion: '7', Payload: bytes(result ?? null) };
        } catch (error) {
          if (error instanceof Error) throw error;
          return { StatusCode: 200, FunctionError: 'Unhandled', Payload: bytes(error) };
        }
      },
    }),
  );
  const events = local.register(
    recording('events', {
      PutEvents: ({ Entries }) => ({
        FailedEntryCount: 0,
        Entries: Entries.map(() => ({ EventId: 'e-1' })),
      }),
    }),
  );
  const cloudwatch = local.register(recording('cloudwatch', { PutMetricData: () => ({}) }));

  const ask = (operation: string, input: unknown = {}) => local.ask('states', operation, input);

  const create = async (definition: Definition, name = 'test'): Promise<string> => {
    const input = { name, definition: text(definition), roleArn };
    return (await ask('CreateStateMachine', input)).stateMachineArn;
  };

  const start = async (stateMachineArn: string, input: unknown = {}, name?: string) => {
    const { executionArn } = await ask('StartExecution', {
      stateMachineArn,
      input: JSON.stringify(input),
      ...(name && { name }),
    });
    return executionArn as string;
  };

  const describe = (executionArn: string) => ask('DescribeExecution', { executionArn });

  /** Lets `seconds` of service time pass. */
  const pass = (seconds: number) => clock.until(clock.sleep(seconds * 1_000));

  /** Lets service time run until an execution has ended, and describes it. */
  const end = async (executionArn: string) => {
    for (;;) {
      const description = await describe(executionArn);
      if (description.status !== 'RUNNING') return description;
      await pass(1);
    }
  };

  return {
    ...local,
    region,
    clock,
    states,
    lambda,
    events,
    cloudwatch,
    ask,
    create,
    start,
    describe,
    pass,
    end,
    /** Creates a machine, runs it to its end and describes the execution. */
    run: async (definition: Definition, input?: unknown) =>
      end(await start(await create(definition), input)),
    history: async (executionArn: string): Promise<any[]> =>
      (await ask('GetExecutionHistory', { executionArn, maxResults: 1_000 })).events,
  };
};
