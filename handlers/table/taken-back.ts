import * as z from 'zod/mini';
import type { Content, RevisionFate } from '../../core/history/taken-back.ts';
import { takenBackKey } from '../../core/keys.ts';
import { toMilliseconds } from '../../core/text/time.ts';
import { change, read } from './table.ts';

const Remembered = z.strictObject({
  release: z.string(),
  at: z.string(),
  isTakenBack: z.boolean(),
});

const parse = (body: unknown): RevisionFate | undefined =>
  body === undefined ? undefined : Remembered.parse(body);

/** What became of a revision last; undefined when no release rolled it back. */
export const readRevisionFate = async (
  pair: string,
  { target, content }: Content,
): Promise<RevisionFate | undefined> =>
  parse((await read(takenBackKey(pair, target, content)))?.body);

/** Remembers what became of a revision; of one that nobody rolled back, a promotion is nothing to remember. */
export const keepRevisionFate = async (
  pair: string,
  { target, content }: Content,
  fate: RevisionFate,
): Promise<void> => {
  await change(takenBackKey(pair, target, content), parse, (before) => {
    if (!before) return fate.isTakenBack ? fate : before;
    return toMilliseconds(before.at) >= toMilliseconds(fate.at) ? before : fate;
  });
};
