import * as z from 'zod/mini';
import { imageKey } from '../../core/keys.ts';
import { change, read } from './table.ts';

/** The release that wanted an image first, and the targets that its push named; none if a person released it. */
const Started = z.strictObject({ release: z.string(), targets: z.array(z.string()) });
export type Started = z.infer<typeof Started>;

/** What this image has started; undefined when no release has wanted it yet. */
export const startedBy = async (pair: string, digest: string): Promise<Started | undefined> => {
  const found = await read(imageKey(pair, digest));
  return found && Started.parse(found.body);
};

/** Remembers what a push of this image starts. */
export const rememberImage = async (
  pair: string,
  digest: string,
  started: Started,
): Promise<void> => {
  await change(
    imageKey(pair, digest),
    (body) => body as Started | undefined,
    () => started,
  );
};

/** Remembers that a person has released an image: its push has not been missed, and still starts a release of its own. */
export const rememberWanted = async (
  pair: string,
  digest: string,
  release: string,
): Promise<void> => {
  await change(
    imageKey(pair, digest),
    (body) => body as Started | undefined,
    (before) => before ?? { release, targets: [] },
  );
};
