/** Knows how a command that runs until it is stopped gets to know that. */

/** Real milliseconds in which a second signal is the same one, passed on by npm or by an older Node as well. */
const ECHO = 1000;

/** Real milliseconds between two looks at who our parent is. */
const LOOK = 250;

/**
 * npm hands a signal on to the shell between it and us, which ends and leaves us behind: under npm, a parent
 * that has gone means what the signal meant.
 */
const whenAbandonedByNpm = (act: () => void): void => {
  if (!process.env.npm_execpath) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, LOOK).unref();
};

/** Aborts when this process is asked to end; whoever asks again later need not wait for a clean end. */
export const askedToEnd = (): AbortSignal => {
  const asked = new AbortController();
  let first: number | undefined;
  const ask = () => {
    const now = performance.now();
    first ??= now;
    if (now - first > ECHO) process.exit(1);
    asked.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, ask);
  whenAbandonedByNpm(ask);
  return asked.signal;
};
