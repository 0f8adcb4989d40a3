import { unusualReasons } from '../../core/judge/anomalies.ts';
import { type Beside, basisOf } from '../../core/judge/basis.ts';
import { judgedBy, said } from '../../core/judge/judged-by.ts';
import {
  isJudged,
  judgedSpan,
  judgedTargets,
  standingVote,
} from '../../core/judge/judging-window.ts';
import { figuresOf, type TargetFigures } from '../../core/judge/kept-figures.ts';
import type { ReleaseRecord, TargetRecord } from '../../core/record/record.ts';
import { type Vote, vote } from '../../core/record/vote.ts';
import { reason } from '../../core/release/reason.ts';
import { inconclusive, pass } from '../../core/release/verdict.ts';
import { errorText, TryAgainError } from '../../core/text/errors.ts';
import { toMilliseconds } from '../../core/text/time.ts';
import { judgingOf } from '../drivers/judging.ts';
import { logger } from '../function/log.ts';
import { isPassing } from '../function/retryable.ts';
import { readCourses } from '../reading/courses.ts';
import { readTally } from '../reading/tally.ts';
import { keepFigures, readProfile, seeFigures } from '../table/figures.ts';

/** Keeps what a judgement rests on and gives its name; no release fails because it could not be kept. */
const keep = async (...kept: Parameters<typeof keepFigures>): Promise<string | undefined> =>
  keepFigures(...kept).catch((error) => {
    logger.warn('evidence not kept', { error });
    return undefined;
  });

/** Reads everything anew that is known of a target by now. */
const readTarget = async (
  record: ReleaseRecord,
  target: TargetRecord,
  known: TargetFigures | undefined,
  now: number,
): Promise<{ readonly figures: TargetFigures | undefined; readonly beside: Beside }> => {
  const { pair, policy, times } = record;
  const since = times.shifted!;
  const figures = await readTally(target, judgedSpan(record, now), {
    known,
    slower: policy.judgement,
  });
  const [profile, exits, courses] = await Promise.all([
    readProfile(pair, target.name),
    judgingOf(target.registration).taskExits(target, since),
    figures ? readCourses(target, now) : [],
  ]);
  const withinMinutes = Math.max(1, policy.bakeMinutes);
  const unusual = [
    ...unusualReasons(target.name, courses, { since: toMilliseconds(since), now, withinMinutes }),
  ];
  return {
    figures,
    beside: { unusual, ...(profile ? { profile } : {}), ...(exits ? { exits } : {}) },
  };
};

const judge = async (record: ReleaseRecord, now: number): Promise<Vote> => {
  const { pair, release, facts } = record;
  const before = await seeFigures(pair, release);
  const read = await Promise.all(
    judgedTargets(record).map(async (target) => {
      const known = figuresOf(before.figures, target.name);
      return [target.name, await readTarget(record, target, known, now)] as const;
    }),
  );
  const figures = Object.fromEntries(
    read.flatMap(([name, { figures: found }]) => (found ? [[name, found]] : [])),
  );
  const beside = Object.fromEntries(read.map(([name, found]) => [name, found.beside]));
  const basis = await keep(record, figures, beside, before);
  const found = judgedBy(record, basisOf(figures, beside));
  return basis && facts ? { ...found, restsOn: { basis, fact: facts.count } } : found;
};

/** That the figures cannot be read now says nothing of green; a refusal is a failure. */
const unread = (record: ReleaseRecord, error: unknown): Vote => {
  if (!isPassing(error) && !(error instanceof TryAgainError)) throw error;
  const text = `What users meet could not be read: ${errorText(error)}`;
  const judged = judgedTargets(record).map(({ name }) => [name, 'unread'] as const);
  return said({
    ...inconclusive(reason('figures-unread', text)),
    says: [text],
    judged: Object.fromEntries(judged),
  });
};

/**
 * The vote of the judge: whether green is worse than blue for those who meet it, by everything that is known since the
 * first of them did. CloudWatch charges for each metric, so a poll between two minutes repeats the vote of the last one,
 * unless it shall read `anew`.
 */
export const voteOfJudge = async (
  record: ReleaseRecord,
  now: string,
  { anew }: { readonly anew: boolean },
): Promise<Vote> => {
  const at = toMilliseconds(now);
  if (!isJudged(record, at)) return vote('judge', pass);
  const standing = anew ? undefined : standingVote(record, at);
  return standing ?? judge(record, at).catch((error) => unread(record, error));
};
