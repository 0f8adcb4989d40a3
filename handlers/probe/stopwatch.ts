/**
 * Measures how long green takes for an answer. The only clock of the handlers: its readings are shown to people and
 * decide nothing.
 */
export const stopwatch = (): (() => number) => {
  const began = performance.now();
  return () => performance.now() - began;
};
