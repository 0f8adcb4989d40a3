/** The events of one stack while it is created, and the error that tells them. */

/** What has happened to one resource; the statuses are CloudFormation's. */
export interface StackEvent {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly status: 'CREATE_IN_PROGRESS' | 'CREATE_COMPLETE' | 'CREATE_FAILED';
  /** What `Ref` gives, once it is created. */
  readonly ref?: string;
  readonly reason?: string;
}

/** An error of a stack's creation, with what had happened until then. */
export interface StackError extends Error {
  readonly events: readonly StackEvent[];
}

const SHOWN = 8;

const line = ({ status, logicalId, type, reason }: StackEvent) =>
  `  ${status.padEnd(18)} ${logicalId} (${type})${reason ? `: ${reason}` : ''}`;

/** Makes the error of a stack that could not be created; its message ends with the last events. */
export const stackError = (
  stack: string,
  reason: string,
  events: readonly StackEvent[],
  cause?: unknown,
): StackError => {
  const told = events.slice(-SHOWN).map(line);
  const message = [`Stack ${stack} could not be created: ${reason}`, ...told].join('\n');
  return Object.assign(new Error(message, { cause }), { events: [...events] });
};
