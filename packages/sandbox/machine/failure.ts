/** Knows how a state fails: its error's name and cause, and which names of Retry and Catch it matches. */

/** An error inside an execution. `error` and `details` are what Catch sees as Error and Cause. */
export class StateFailure extends Error {
  readonly error: string | undefined;
  readonly details: string | undefined;
  /** Further names that Retry and Catch may use for it. */
  readonly aliases: readonly string[];

  constructor(error?: string, details?: string, aliases: readonly string[] = []) {
    super(`${error ?? 'failed'}: ${details ?? ''}`);
    this.name = 'StateFailure';
    this.error = error;
    this.details = details;
    this.aliases = aliases;
  }
}

/** A Task that ran longer than its TimeoutSeconds. */
export const timeout = (): StateFailure => new StateFailure('States.Timeout', '');

/**
 * A Task whose heartbeat stayed away. AWS reports it as States.Timeout and documents that Retry and Catch may
 * also name it States.HeartbeatTimeout.
 */
export const missedHeartbeat = (): StateFailure =>
  new StateFailure('States.Timeout', '', ['States.HeartbeatTimeout']);

/** A result, or the part of a definition named by `what`, above the limit of a payload. */
export const dataLimitExceeded = (what: string): StateFailure =>
  new StateFailure(
    'States.DataLimitExceeded',
    `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );

/** Whatever was thrown as a failure; what is none of ours is States.Runtime. */
export const failureOf = (thrown: unknown): StateFailure =>
  thrown instanceof StateFailure
    ? thrown
    : new StateFailure('States.Runtime', thrown instanceof Error ? thrown.message : String(thrown));

/** `$states.errorOutput` of a failure. */
export const errorOutput = ({ error, details }: StateFailure) => ({
  Error: error ?? null,
  Cause: details ?? null,
});

/** The details of an event that tells a failure; AWS leaves out what is empty. */
export const errorDetails = ({ error, details }: StateFailure) => ({
  ...(error && { error }),
  ...(details && { cause: details }),
});

/** The wildcards never match these; they can be caught by name only. */
const terminal: readonly (string | undefined)[] = ['States.DataLimitExceeded', 'States.Runtime'];

const wildcards: Readonly<Record<string, (error: string | undefined) => boolean>> = {
  'States.ALL': (error) => !terminal.includes(error),
  'States.TaskFailed': (error) => !terminal.includes(error) && error !== 'States.Timeout',
};

/** Whether one of the names of an ErrorEquals matches a failure. */
export const matches = (names: readonly string[], failure: StateFailure): boolean =>
  names.some(
    (name) =>
      name === failure.error ||
      failure.aliases.includes(name) ||
      wildcards[name]?.(failure.error) === true,
  );
