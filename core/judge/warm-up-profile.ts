/** How a target learns its start from releases that were good, and when what it has learned is believed. */
import * as z from 'zod/mini';
import { stretchesOf } from '../analysis/bin.ts';
import type { Learned } from '../analysis/judge.ts';
import { binsOfTally, type Tally } from '../analysis/tally.ts';
import { emptyProfile, learnedOf, Profile, withRelease } from '../analysis/warm-up.ts';
import { Text } from '../text/schema.ts';

/** Good releases that must be in a profile before it is believed. */
const FEWEST_RELEASES = 5;

/** Releases whose ids are kept: a step that is tried again comes long before so many others. */
const REMEMBERED = 40;

/** A profile as it is kept: with the releases that it must not learn from again, the newest last. */
export const KeptProfile = z.strictObject({ profile: Profile, learned: z.array(Text) });
export type KeptProfile = z.infer<typeof KeptProfile>;

const marksOf = ({ slow }: Tally): number => slow?.marks ?? 0;

/**
 * Whether a profile counts as a release of these figures is counted. Marks that are not measured, since too few had
 * requests before the release, are missing in both.
 */
const fits = ({ slot, slow }: Profile, tally: Tally): boolean => {
  const marks = marksOf(tally);
  const same = emptyProfile(tally.errors.seconds, marks);
  return slot === same.slot && (marks === 0 || slow.length === marks);
};

/**
 * What is kept once a good release has taught; the same if it has taught already, or has nothing to teach. Periods of
 * another length, and another number of marks, begin anew.
 */
export const withLesson = (
  kept: KeptProfile | undefined,
  release: string,
  tally: Tally | undefined,
): KeptProfile | undefined => {
  const stretches = tally ? stretchesOf(binsOfTally(tally)) : [];
  const isCompared = stretches.some(({ green, blue }) => green.requests > 0 && blue.requests > 0);
  if (!tally || !isCompared || kept?.learned.includes(release)) return kept;
  const profile =
    kept && fits(kept.profile, tally)
      ? kept.profile
      : emptyProfile(tally.errors.seconds, marksOf(tally));
  return {
    profile: withRelease(profile, stretches),
    learned: [...(kept?.learned ?? []), release].slice(-REMEMBERED),
  };
};

/** What a profile teaches of a release of these figures; undefined while it holds too few releases, or counts otherwise. */
export const believed = (profile: Profile | undefined, tally: Tally): Learned | undefined =>
  profile && profile.releases >= FEWEST_RELEASES && fits(profile, tally)
    ? learnedOf(profile)
    : undefined;
