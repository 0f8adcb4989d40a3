/** Knows what belongs to a piece of work that may be given up: its timers, its tokens and its parts. */
import type { Clock } from '../clock/clock.ts';

/**
 * A tree of work. Ending a scope ends its children and runs their clean-up; whoever still awaits one of its
 * promises is never called again, so work that was given up simply stops where it stands.
 */
export interface Scope {
  child(): Scope;
  /** Runs `action` when the scope ends, unless the function it returns is called first. */
  onEnd(action: () => void): () => void;
  end(): void;
  /** The same promise, which never settles once the scope has ended. */
  keep<T>(work: Promise<T>): Promise<T>;
  /** Runs `action` after `milliseconds` of service time, unless the scope ends first. Returns its cancellation. */
  after(clock: Clock, milliseconds: number, action: () => void): () => void;
}

/** Opens the root of a tree of work. */
export const openScope = (): Scope => {
  const actions = new Set<() => void>();
  let open = true;

  const onEnd = (action: () => void) => {
    if (!open) {
      action();
      return () => undefined;
    }
    actions.add(action);
    return () => void actions.delete(action);
  };

  const child = (): Scope => {
    const part = openScope();
    const forget = onEnd(part.end);
    part.onEnd(forget);
    return part;
  };

  const after = (clock: Clock, milliseconds: number, action: () => void) => {
    const timer = clock.after(milliseconds, () => {
      forget();
      action();
    });
    const forget = onEnd(timer.cancel);
    return () => {
      forget();
      timer.cancel();
    };
  };

  return {
    child,
    onEnd,
    after,
    end: () => {
      if (!open) return;
      open = false;
      const due = [...actions];
      actions.clear();
      for (const action of due) action();
    },
    keep: (work) =>
      new Promise((resolve, reject) => {
        work.then(
          (value) => {
            if (open) resolve(value);
          },
          (error) => {
            if (open) reject(error);
          },
        );
      }),
  };
};
