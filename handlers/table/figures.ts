import * as z from 'zod/mini';
import type { Profile } from '../../core/analysis/warm-up.ts';
import { Beside, basisOf, type KeptBasis, lineOf } from '../../core/judge/basis.ts';
import { KeptFigures } from '../../core/judge/kept-figures.ts';
import { KeptProfile } from '../../core/judge/warm-up-profile.ts';
import { basisKey, figuresKey, profileKey } from '../../core/keys.ts';
import { faultText } from '../../core/text/faults.ts';
import { Name, Text } from '../../core/text/schema.ts';
import { logger } from '../function/log.ts';
import { change, put, read, type Versioned, write } from './table.ts';

/** Figures of a release as they lie in the table, for whoever keeps others right afterwards. */
interface SeenFigures {
  readonly figures: KeptFigures;
  readonly seen: Versioned | undefined;
}

/** The figures of a release as the table has them; none before the first poll. */
export const seeFigures = async (pair: string, release: string): Promise<SeenFigures> => {
  const seen = await read(figuresKey(pair, release));
  return { figures: seen ? KeptFigures.parse(seen.body) : { release, targets: {} }, seen };
};

/** What lies beside the figures: the name of the last basis, and what it holds besides them. An older Tandem drops it. */
const BesideFigures = z.strictObject({ hash: Text, beside: z.record(Name, Beside) });

/** The last basis that was kept with the figures; undefined where there is none, or where it cannot be read: the next one begins anew. */
const lastBasis = ({ figures: { targets }, seen }: SeenFigures): KeptBasis | undefined => {
  const text = seen?.beside.basis;
  if (typeof text !== 'string') return undefined;
  const { success, data } = BesideFigures.safeParse(JSON.parse(text));
  return success ? { hash: data.hash, basis: basisOf(targets, data.beside) } : undefined;
};

/**
 * Keeps figures and what is known besides them, and gives the name of the basis; undefined before anything is known. Of
 * two polls at the same time the first is kept, and the next one reads everything again: both have kept what they rest on.
 */
export const keepFigures = async (
  { pair, release }: { readonly pair: string; readonly release: string },
  targets: KeptFigures['targets'],
  beside: Readonly<Record<string, Beside>>,
  before: SeenFigures,
): Promise<string | undefined> => {
  const { seen } = before;
  const last = lastBasis(before);
  const next = lineOf(last, basisOf(targets, beside));
  if (!next) return last?.hash;
  const { hash, line } = next;
  await put(basisKey(pair, release, hash), { basis: line });
  const kept: KeptFigures = { release, targets };
  const text = JSON.stringify({ hash, beside });
  await write(figuresKey(pair, release), kept, seen?.version ?? 0, { basis: text });
  return hash;
};

/** What is kept of a target's start; what cannot be read is as good as nothing. */
const parseProfile =
  (pair: string, target: string) =>
  (body: unknown): KeptProfile | undefined => {
    if (body === undefined) return undefined;
    const { success, data, error } = KeptProfile.safeParse(body);
    if (success) return data;
    logger.error('profile not readable', { pair, target, problem: faultText(error, 'it') });
    return undefined;
  };

/** How a target started in good releases of the past; undefined where nothing was learned yet. */
export const readProfile = async (pair: string, target: string): Promise<Profile | undefined> => {
  const found = await read(profileKey(pair, target));
  return parseProfile(pair, target)(found?.body)?.profile;
};

/** Changes what is kept of a target's start; nothing is written where nothing changes. */
export const changeProfile = async (
  pair: string,
  target: string,
  edit: (kept: KeptProfile | undefined) => KeptProfile | undefined,
): Promise<void> => {
  await change(profileKey(pair, target), parseProfile(pair, target), edit);
};
