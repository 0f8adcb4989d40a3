/** Knows how a Task runs: its request, its token, its time-outs. */
import type { TaskState } from '../definition/definition.ts';
import { failureOf, missedHeartbeat, StateFailure, timeout } from '../failure.ts';
import type { Integration } from '../integration.ts';
import { type Payload, payload } from '../payload.ts';
import { retrying } from '../retrying.ts';
import type { Run } from '../run.ts';
import type { Scope } from '../scope.ts';
import { type Limits, type TaskEvents, taskEvents } from '../task-events.ts';
import type { Leave, Visit } from '../visit.ts';

const integrationOf = ({ state, run }: Visit<TaskState>): Integration => {
  const integration = run.world.integration(state.resource);
  if (integration) return integration;
  throw new StateFailure(
    'States.Runtime',
    `The resource ${state.resource} of the state '${state.name}' is not part of this sandbox`,
  );
};

/** What an error of a limit names: the service, or the function. */
const resultName = ({ history }: Integration) =>
  history.kind === 'task' ? history.resourceType : history.resource;

/** How an attempt ends: whatever comes first of the answer, the token and the time-outs. */
interface Outcome {
  readonly settled: Promise<unknown>;
  readonly token: string | undefined;
  /** Starts the time-outs. */
  arm(limits: Limits): void;
  /** The end that the work itself gives. */
  take(work: Promise<unknown>): void;
}

const openOutcome = ({ endsWith }: Integration, scope: Scope, { world, clock }: Run): Outcome => {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  let beat = () => {};
  const opened =
    endsWith === 'token'
      ? world.openToken({
          succeed: resolve,
          fail: (error, cause) => reject(new StateFailure(error, cause)),
          beat: () => beat(),
        })
      : undefined;
  if (opened) scope.onEnd(opened.close);

  const after = (seconds: number, failure: () => StateFailure) =>
    scope.after(clock, seconds * 1_000, () => {
      opened?.close();
      reject(failure());
    });

  return {
    settled: scope.keep(promise),
    token: opened?.token,
    take: (work) => void work.then(resolve, reject),
    arm: (limits) => {
      if (limits.timeout) after(limits.timeout, timeout);
      const { heartbeat } = limits;
      if (!heartbeat || !opened) return;
      let disarm = after(heartbeat, missedHeartbeat);
      beat = () => {
        disarm();
        disarm = after(heartbeat, missedHeartbeat);
      };
    },
  };
};

/** Asks the service; a task that does not end with the answer goes on after it. */
const perform = async (
  integration: Integration,
  parameters: Payload,
  events: TaskEvents,
  scope: Scope,
): Promise<unknown> => {
  const answer = await scope.keep(integration.request(parameters.value));
  if (integration.endsWith === 'answer') return answer;
  events.submitted(payload(answer, resultName(integration)));
  const { follow } = integration;
  return follow ? scope.keep(follow(answer, scope)) : new Promise(() => {});
};

const attempt = async (visit: Visit<TaskState>): Promise<Leave> => {
  const { state, branch, run, read } = visit;
  const integration = integrationOf(visit);
  const scope = visit.scope.child();
  try {
    const outcome = openOutcome(integration, scope, run);
    const known = { ...(outcome.token && { token: outcome.token }) };
    const parameters = state.arguments
      ? payload(await read(state.arguments, known), state.name)
      : branch.input;
    const limits = {
      timeout: state.timeoutSeconds && (await read(state.timeoutSeconds, known)),
      heartbeat: state.heartbeatSeconds && (await read(state.heartbeatSeconds, known)),
    };

    const events = taskEvents(integration.history, visit);
    events.scheduled(parameters, limits);
    events.started();
    outcome.arm(limits);
    outcome.take(perform(integration, parameters, events, scope));
    const result = await outcome.settled
      .then((value) => payload(value, resultName(integration)))
      .catch((thrown: unknown) => {
        const failure = failureOf(thrown);
        events.failed(failure);
        throw failure;
      });
    events.succeeded(result);
    // The task is over before its Output is made: what comes for its token now is late.
    scope.end();
    return await visit.leave(state, state.next, result, { ...known, result: result.value });
  } finally {
    scope.end();
  }
};

/** Runs a Task. */
export const runTask = (visit: Visit<TaskState>): Promise<Leave> =>
  retrying(visit, () => attempt(visit));
