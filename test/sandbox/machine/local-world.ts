import { virtualClock } from '../../../packages/sandbox/clock/virtual-clock.ts';
import { parseMachine } from '../../../packages/sandbox/machine/definition/parse.ts';
import { type Execution, startExecution } from '../../../packages/sandbox/machine/execution.ts';
import { expressions } from '../../../packages/sandbox/machine/expression.ts';
import { StateFailure } from '../../../packages/sandbox/machine/failure.ts';
import type { TokenOwner } from '../../../packages/sandbox/machine/integration.ts';
import { api, type Definition, invoke, invokeWithToken, text } from './machines.ts';

/** A function as the tests write it: gets its event, throws `failure` to fail. */
export type Answer = (event: any) => unknown;

/** An error with a name that Retry and Catch can see. */
export const failure = (error: string, cause = `${error} happened`) =>
  new StateFailure(error, cause);

/** A world without AWS: functions by name, and tokens that a test answers by hand. */
export const localWorld = (
  functions: Readonly<Record<string, Answer>> = {},
  random = () => 0.5,
) => {
  const clock = virtualClock();
  const tokens = new Map<string, TokenOwner>();
  let made = 0;
  const compile = expressions({ now: clock.now, random });

  const request = async ({ FunctionName, Payload }: any) => ({
    StatusCode: 200,
    Payload: await functions[FunctionName]?.(Payload),
  });
  const task = { kind: 'task', resourceType: 'lambda' } as const;
  const integrations = {
    [invoke]: { history: { ...task, resource: 'invoke' }, request, endsWith: 'answer' },
    [invokeWithToken]: {
      history: { ...task, resource: 'invoke.waitForTaskToken' },
      request,
      endsWith: 'token',
    },
    [api]: {
      history: { kind: 'function', resource: api },
      request: async (event: unknown) => functions.api?.(event),
      endsWith: 'answer',
    },
  } as const;

  const diagnose = (definition: Definition | string) =>
    parseMachine(
      typeof definition === 'string' ? definition : text(definition),
      compile,
    ).diagnostics.map(({ location, message }) => `${location}: ${message}`);

  const start = (definition: Definition, input: unknown = {}) => {
    const { machine, diagnostics } = parseMachine(text(definition), compile);
    if (!machine) throw new Error(JSON.stringify(diagnostics));
    let tell = (_: Execution) => {};
    const next = () =>
      new Promise<Execution>((resolve) => {
        tell = (execution) => {
          if (execution.status !== 'RUNNING') resolve(execution);
        };
      });
    let ended = next();
    const execution = startExecution({
      machine,
      arn: 'arn:aws:states:us-east-1:111122223333:execution:test:one',
      name: 'one',
      machineArn: 'arn:aws:states:us-east-1:111122223333:stateMachine:test',
      machineName: 'test',
      roleArn: 'arn:aws:iam::111122223333:role/test',
      input: JSON.stringify(input),
      clock,
      random,
      world: {
        region: 'us-east-1',
        integration: (resource) => integrations[resource as keyof typeof integrations],
        openToken: (owner) => {
          made += 1;
          const token = `token-${made}`;
          tokens.set(token, owner);
          return { token, close: () => void tokens.delete(token) };
        },
      },
      changed: (changed) => tell(changed),
    });
    return {
      execution,
      /** Lets service time run until the execution has ended. */
      end: () => clock.until(ended),
      /** Redrives it; `end` then waits for the next end. */
      redrive: () => {
        ended = next();
        execution.redrive();
      },
    };
  };

  return {
    clock,
    tokens,
    diagnose,
    start,
    /** Lets `seconds` of service time pass. */
    pass: (seconds: number) => clock.until(clock.sleep(seconds * 1_000)),
    /** Runs a machine to its end and gives its output as JSON. */
    run: async (definition: Definition, input?: unknown) => {
      const execution = await start(definition, input).end();
      return {
        execution,
        status: execution.status,
        error: execution.error,
        cause: execution.cause,
        output: execution.output === undefined ? undefined : JSON.parse(execution.output),
      };
    },
  };
};

/** The history as lines: `id ← previous type`, with a state's name. */
export const lines = ({ events }: Execution): string[] =>
  events.map((event) => {
    const named =
      event.stateEnteredEventDetails ??
      event.stateExitedEventDetails ??
      event.mapIterationStartedEventDetails;
    return `${event.id} ← ${event.previousEventId} ${event.type}${named ? ` ${named.name}` : ''}`;
  });

/** How many seconds after the start each event of a type came. */
export const secondsOf = ({ events, startDate }: Execution, type: string): number[] =>
  events
    .filter((event) => event.type === type)
    .map(({ timestamp }) => (timestamp!.getTime() - startDate.getTime()) / 1_000);
