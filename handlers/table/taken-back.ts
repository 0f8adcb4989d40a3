import * as z from 'zod/mini';
import type { Content, Fate } from '../../core/history/taken-back.ts';
import { takenBackKey } from '../../core/keys.ts';
import { toMilliseconds } from '../../core/text/time.ts';
import { change, read } from './table.ts';

const Remembered = z.strictObject({
  release: z.string(),
  at: z.string(),
  isTakenBack: z.boolean(),
});

const parse = (body: unknown): Fate | undefined =>
  body === undefined ? undefined : Remembered.parse(body);

/** What became of a revision last; undefined when no release took it back. */
export const fateOf = async (
  pair: string,
  { target, content }: Content,
): Promise<Fate | undefined> => parse((await read(takenBackKey(pair, target, content)))?.body);

/** Remembers what became of a revision; of one that nobody took back, a promotion is nothing to remember. */
export const rememberFate = async (
  pair: string,
  { target, content }: Content,
  fate: Fate,
): Promise<void> => {
  await change(takenBackKey(pair, target, content), parse, (before) => {
    if (!before) return fate.isTakenBack ? fate : before;
    return toMilliseconds(before.at) >= toMilliseconds(fate.at) ? before : fate;
  });
};
