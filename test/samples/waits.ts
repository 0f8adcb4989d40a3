import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import { vi } from 'vitest';

/** Notes the milliseconds that versions of the samples would wait from now on, and spares the waiting. */
export const noteWaits = (): { readonly waits: readonly number[]; restore(): void } => {
  const waits: number[] = [];
  const spy = vi.spyOn(timers, 'setTimeout').mockImplementation(async (milliseconds = 0) => {
    waits.push(milliseconds);
    return undefined as never;
  });
  syncBuiltinESMExports();
  const restore = () => {
    spy.mockRestore();
    syncBuiltinESMExports();
  };
  return { waits, restore };
};
