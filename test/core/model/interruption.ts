/** How an execution, or one of its steps, is interrupted. */
import type { CrashKind } from './scenario.ts';

/** Thrown where the scenario interrupts a step. */
export class Interrupted extends Error {
  readonly kind: CrashKind;
  readonly seconds: number;

  constructor(kind: CrashKind, seconds: number) {
    super(kind);
    this.kind = kind;
    this.seconds = seconds;
  }
}

/** Thrown where an execution ends, and its release does not. */
export class ExecutionFailed extends Error {}
