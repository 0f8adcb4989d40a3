import { isDeepStrictEqual } from 'node:util';
import { unusualReasons } from '../../core/judge/anomalies.ts';
import {
  type Assessment,
  assessedTogether,
  judgeTarget,
  withTaskExits,
  withUnusual,
} from '../../core/judge/assessment.ts';
import { casesOf } from '../../core/judge/cases.ts';
import {
  isJudged,
  judgedSpan,
  judgedTargets,
  standingVote,
} from '../../core/judge/judging-window.ts';
import type { KeptFigures } from '../../core/judge/kept-figures.ts';
import { pairTargets, type ReleaseRecord } from '../../core/record/record.ts';
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

/** The vote of the judge with what an assessment says. */
export const said = ({ says, judged, advice = [], ...verdict }: Assessment): Vote => ({
  ...vote('judge', verdict),
  ...(says.length > 0 ? { says: [...says] } : {}),
  ...(judged ? { judged: { ...judged } } : {}),
  ...(advice.length > 0 ? { advice: [...advice] } : {}),
});

/** Keeps the figures; no release fails because they could not be kept. */
const keep = async (...kept: Parameters<typeof keepFigures>): Promise<void> => {
  await keepFigures(...kept).catch((error) => logger.warn('evidence not kept', { error }));
};

/** Reads everything anew that is known by now, and keeps it. */
const figuresOf = async (record: ReleaseRecord, now: number): Promise<KeptFigures> => {
  const { pair, release } = record;
  const { figures, seen } = await seeFigures(pair, release);
  const read = await Promise.all(
    judgedTargets(record).map(async (target) => {
      const found = await readTally(target, judgedSpan(record, now), {
        known: figures.targets[target.name],
        slower: record.policy.judgement,
      });
      return found ? [[target.name, found] as const] : [];
    }),
  );
  const found: KeptFigures = { release, targets: Object.fromEntries(read.flat()) };
  if (!isDeepStrictEqual(found, figures)) await keep(pair, found, seen);
  return found;
};

const judge = async (record: ReleaseRecord, now: number): Promise<Vote> => {
  const { pair, policy, curve } = record;
  const drivers = pairTargets(record).map(({ driver }) => driver);
  const figures = await figuresOf(record, now);
  const targets = judgedTargets(record);
  const profiles = Object.fromEntries(
    await Promise.all(targets.map(async ({ name }) => [name, await readProfile(pair, name)])),
  );
  const { cases, comparisons } = casesOf(record, figures, profiles);
  const since = record.times.shifted!;
  const time = {
    since: toMilliseconds(since),
    now,
    withinMinutes: Math.max(1, policy.bakeMinutes),
  };
  const assessments = await Promise.all(
    cases.map(async (one) => {
      const target = record.targets[one.target]!;
      const [exits, courses] = await Promise.all([
        judgingOf(target.registration).taskExits(target, since),
        figures.targets[one.target] ? readCourses(target, now) : [],
      ]);
      const shift = { curve, drivers, isOver: target.arrivedAt !== undefined };
      const found = judgeTarget({ ...one, shift }, policy.judgement, comparisons);
      const unusual = unusualReasons(one.target, courses, time);
      return withUnusual(exits ? withTaskExits(found, one.target, exits) : found, unusual);
    }),
  );
  return said(assessedTogether(assessments, policy.judgement));
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
 * first of them did. CloudWatch charges for each metric, so a poll between two minutes repeats the vote of the last one.
 */
export const voteOfJudge = async (record: ReleaseRecord, now: string): Promise<Vote> => {
  const at = toMilliseconds(now);
  if (!isJudged(record, at)) return vote('judge', pass);
  return standingVote(record, at) ?? judge(record, at).catch((error) => unread(record, error));
};
