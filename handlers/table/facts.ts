import type { Line } from '../../core/facts/append.ts';
import { factKey } from '../../core/keys.ts';
import { put } from './table.ts';

/** Keeps facts, each in an item of its own: of a writer who loses the race for the record one stays behind without a place in the chain. */
export const keepFacts = async (
  { pair, release }: { readonly pair: string; readonly release: string },
  lines: readonly Line[],
): Promise<void> => {
  await Promise.all(
    lines.map(({ n, hash, line }) => put(factKey(pair, release, n, hash), { fact: line })),
  );
};
