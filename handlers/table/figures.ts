import type { Profile } from '../../core/analysis/warm-up.ts';
import { KeptFigures } from '../../core/judge/kept-figures.ts';
import { KeptProfile } from '../../core/judge/warm-up-profile.ts';
import { figuresKey, profileKey } from '../../core/keys.ts';
import { faultText } from '../../core/text/faults.ts';
import { logger } from '../function/log.ts';
import { change, read, type Versioned, write } from './table.ts';

/** The figures of a release as the table has them; none before the first poll. */
export const seeFigures = async (
  pair: string,
  release: string,
): Promise<{ readonly figures: KeptFigures; readonly seen: Versioned | undefined }> => {
  const seen = await read(figuresKey(pair, release));
  return { figures: seen ? KeptFigures.parse(seen.body) : { release, targets: {} }, seen };
};

/** Keeps figures; of two polls at the same time the first is kept, and the next one reads everything again. */
export const keepFigures = (
  pair: string,
  figures: KeptFigures,
  seen: Versioned | undefined,
): Promise<boolean> => write(figuresKey(pair, figures.release), figures, seen?.version ?? 0);

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
