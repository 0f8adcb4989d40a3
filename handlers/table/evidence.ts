import { Profile } from '../../core/analysis/warm-up.ts';
import { Evidence } from '../../core/judging/evidence.ts';
import { evidenceKey, profileKey } from '../../core/keys.ts';
import { read, type Versioned, write } from './table.ts';

/** The evidence of a release as it lies in the table; nothing before the first look at it. */
export const seeEvidence = async (
  pair: string,
  release: string,
): Promise<{ readonly evidence: Evidence; readonly seen: Versioned | undefined }> => {
  const seen = await read(evidenceKey(pair, release));
  return { evidence: seen ? Evidence.parse(seen.body) : { release, targets: {} }, seen };
};

/** Keeps evidence; of two looks at the same time the first is kept, and the next one reads everything again. */
export const keepEvidence = (
  pair: string,
  evidence: Evidence,
  seen: Versioned | undefined,
): Promise<boolean> => write(evidenceKey(pair, evidence.release), evidence, seen?.version ?? 0);

/** How a target started in good releases of the past; undefined where nothing was learned yet. */
export const readProfile = async (pair: string, target: string): Promise<Profile | undefined> => {
  const found = await read(profileKey(pair, target));
  return found && Profile.parse(found.body);
};
