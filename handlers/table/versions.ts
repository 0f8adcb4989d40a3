import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import { type Key, versionKey } from '../../core/keys.ts';
import type { Revision } from '../../core/record/record.ts';
import { Text } from '../../core/text/schema.ts';
import { forPeople } from '../function/for-people.ts';
import { change, read } from './table.ts';

/** What people know a revision by. */
const Remembered = z.strictObject({
  version: z.optional(Text),
  commit: z.optional(Text),
});
type Remembered = z.infer<typeof Remembered>;

const parse = (body: unknown): Remembered | undefined =>
  body === undefined ? undefined : Remembered.parse(body);

/**
 * What a revision is known by: its name, and the digest of its image, since a rollback may clone another revision with
 * the same image. The hash of a function's code is no key: two versions may differ by their settings alone.
 */
const keysOf = (
  pair: string,
  target: string,
  { name, digest }: Pick<Revision, 'name' | 'digest'>,
): readonly Key[] =>
  [name, digest].flatMap((one) => (one === undefined ? [] : [versionKey(pair, target, one)]));

/** What people know a revision of a target by, as the release that brought it said; empty when none did, or it could not be read. */
export const rememberedVersion = async (
  pair: string,
  target: string,
  revision: Pick<Revision, 'name' | 'digest'>,
): Promise<Remembered> => {
  const found = await forPeople(async () => {
    const items = await Promise.all(keysOf(pair, target, revision).map((key) => read(key)));
    return items.map((item) => parse(item?.body)).find((one) => one !== undefined);
  });
  return found ?? {};
};

/** Remembers what people know a revision of a target by, if it can; what is not known any more stays. */
export const rememberVersion = async (
  pair: string,
  target: string,
  { version, commit, ...revision }: Revision,
): Promise<void> => {
  if (version === undefined && commit === undefined) return;
  const known = {
    ...(version === undefined ? {} : { version }),
    ...(commit === undefined ? {} : { commit }),
  };
  await forPeople(async () => {
    for (const key of keysOf(pair, target, revision))
      await change(key, parse, (before) =>
        isDeepStrictEqual({ ...before, ...known }, before) ? before! : { ...before, ...known },
      );
  });
};
