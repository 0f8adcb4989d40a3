/** How a step is interrupted, and how it is tried again. */
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

/** Does something until it ends otherwise than by an error that is to be tried again. */
export const again = (act: () => void, isTriedAgain: (error: unknown) => boolean): void => {
  for (;;) {
    try {
      act();
      return;
    } catch (error) {
      if (!isTriedAgain(error)) throw error;
    }
  }
};
