import { STARTED_INDEX } from '../../core/keys.ts';
import { PastRelease } from '../../core/release/fate.ts';
import { lastKeysIn, read } from './table.ts';

/** The releases of a pair that were started last, at most so many; what cannot be understood of them is left out. */
export const pastOf = async (
  pair: string,
  most: number,
  signal: AbortSignal,
): Promise<readonly PastRelease[]> => {
  const keys = await lastKeysIn(STARTED_INDEX, pair, most, signal);
  const items = await Promise.all(keys.map((key) => read(key, signal)));
  return items.flatMap((item) => PastRelease.safeParse(item?.body).data ?? []);
};
