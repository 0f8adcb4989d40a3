/** Knows how the history tells a task: a plain function has event types of its own. */
import { errorDetails, type StateFailure } from './failure.ts';
import { inputDetails, outputDetails } from './history.ts';
import type { TaskKind } from './integration.ts';
import type { Payload } from './payload.ts';
import type { Visit } from './visit.ts';

/** Seconds that the task was given, where it was given any. */
export interface Limits {
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
}

/** Tells the steps of one attempt. */
export interface TaskEvents {
  scheduled(parameters: Payload, limits: Limits): void;
  started(): void;
  /** The request was answered; the task goes on. */
  submitted(answer: Payload): void;
  succeeded(result: Payload): void;
  failed(failure: StateFailure): void;
}

const seconds = ({ timeout, heartbeat }: Limits) => ({
  ...(timeout !== undefined && { timeoutInSeconds: timeout }),
  ...(heartbeat !== undefined && { heartbeatInSeconds: heartbeat }),
});

const ending = ({ error }: StateFailure) => (error === 'States.Timeout' ? 'TimedOut' : 'Failed');

/** Tells an attempt in the history of a visit. */
export const taskEvents = (history: TaskKind, { record, run }: Visit): TaskEvents => {
  if (history.kind === 'function') {
    return {
      scheduled: (parameters, { timeout }) =>
        record('LambdaFunctionScheduled', {
          resource: history.resource,
          ...inputDetails(parameters),
          ...seconds({ timeout, heartbeat: undefined }),
        }),
      started: () => record('LambdaFunctionStarted'),
      submitted: () => undefined,
      succeeded: (result) => record('LambdaFunctionSucceeded', outputDetails(result)),
      failed: (failure) => record(`LambdaFunction${ending(failure)}`, errorDetails(failure)),
    };
  }
  const { resourceType, resource } = history;
  const named = { resourceType, resource };
  return {
    scheduled: (parameters, limits) =>
      record('TaskScheduled', {
        ...named,
        region: run.world.region,
        parameters: parameters.text,
        ...seconds(limits),
      }),
    started: () => record('TaskStarted', named),
    submitted: (answer) => record('TaskSubmitted', { ...named, ...outputDetails(answer) }),
    succeeded: (result) => record('TaskSucceeded', { ...named, ...outputDetails(result) }),
    failed: (failure) => record(`Task${ending(failure)}`, { ...named, ...errorDetails(failure) }),
  };
};
