import * as z from 'zod/mini';
import { scalingKey } from '../../core/keys.ts';
import { SuspendedState } from '../../core/record/scaling.ts';
import { change, read } from './table.ts';

const Kept = z.strictObject({ before: z.optional(SuspendedState) });

const parse = (body: unknown) => (body === undefined ? {} : Kept.parse(body));

/**
 * What was suspended of the scaling of a service before a release of the pair suspended everything; undefined once it is
 * restored. It outlives the release: the next one restores what that one could not.
 */
export const keptScaling = async (
  pair: string,
  target: string,
): Promise<SuspendedState | undefined> =>
  parse((await read(scalingKey(pair, target)))?.body).before;

/** Keeps it, or forgets it. */
export const keepScaling = async (
  pair: string,
  target: string,
  before: SuspendedState | undefined,
): Promise<void> => {
  await change(scalingKey(pair, target), parse, () => (before === undefined ? {} : { before }));
};
