import * as z from 'zod/mini';
import { imageKey } from '../../core/keys.ts';
import { change, read } from './table.ts';

/** The release that a pushed image has started, and the targets that it named. */
const Started = z.strictObject({ release: z.string(), targets: z.array(z.string()) });
export type Started = z.infer<typeof Started>;

/** What a push of this image has started; undefined when nothing yet. */
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
