/** Why a deployment ends before its aim: by itself, or because somebody or something stops it. */
import type { AutoRollbackEvent, ErrorCode } from '@aws-sdk/client-codedeploy';

/** An end that is not the deployment's aim. */
export interface Ending {
  readonly status: 'Failed' | 'Stopped';
  readonly code: ErrorCode;
  readonly message: string;
  /** The event of automatic rollback that this end is. */
  readonly event: AutoRollbackEvent;
  /** Whether to roll back, if whoever stopped the deployment said so; otherwise its configuration decides. */
  readonly rollback?: boolean | undefined;
}

/** Thrown where a deployment cannot go on; it becomes the status Failed with this code. */
export class DeploymentFailure extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = 'DeploymentFailure';
    this.code = code;
  }
}

/** Thrown inside a deployment that has been stopped from outside: unwinds it to its end. */
export class Interrupted extends Error {
  readonly ending: Ending;

  constructor(ending: Ending) {
    super(ending.message);
    this.name = 'Interrupted';
    this.ending = ending;
  }
}

/** The end that something thrown inside a deployment leads to. */
export const endingOf = (thrown: unknown): Ending => {
  if (thrown instanceof Interrupted) return thrown.ending;
  const failure =
    thrown instanceof DeploymentFailure
      ? thrown
      : new DeploymentFailure(
          'INTERNAL_ERROR',
          `Internal error: ${(thrown as Error)?.message ?? thrown}`,
        );
  return {
    status: 'Failed',
    code: failure.code,
    message: failure.message,
    event: 'DEPLOYMENT_FAILURE',
  };
};
