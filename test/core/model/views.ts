/** What is read of something that changes, some seconds behind it: every reader of AWS sees its own past. */

/** Keeps what something was; `read` gives what it was so many milliseconds ago, or at its beginning. */
export const viewOf = <T>(now: () => number, milliseconds: number, current: () => T) => {
  const past: { readonly at: number; readonly value: T }[] = [];
  return {
    /** It has changed. */
    note: (): void => {
      if (milliseconds === 0) return;
      if (past.at(-1)?.at === now()) past.pop();
      past.push({ at: now(), value: current() });
    },
    read: (): T => {
      if (milliseconds === 0) return current();
      const seen = now() - milliseconds;
      return (past.findLast(({ at }) => at <= seen) ?? past[0])?.value ?? current();
    },
  };
};
export type ViewOf<T> = ReturnType<typeof viewOf<T>>;
