import * as z from 'zod/mini';
import { adoptionKey } from '../../core/keys.ts';
import type { Adoption } from '../../core/pushes/adoption.ts';
import { change } from './table.ts';

const Remembered = z.strictObject({
  declares: z.string(),
  since: z.number(),
  version: z.number(),
  settingsAt: z.number(),
});

/** Changes what is remembered of a pair's declarations about pushes, and gives it. */
export const changeAdoption = async (
  pair: string,
  edit: (before: Adoption | undefined) => Adoption,
): Promise<Adoption> => {
  const { after } = await change(
    adoptionKey(pair),
    (body): Adoption | undefined => (body === undefined ? undefined : Remembered.parse(body)),
    edit,
  );
  return after!;
};
