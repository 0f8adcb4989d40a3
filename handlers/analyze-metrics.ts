import { isDeepStrictEqual } from 'node:util';
import type { Tally } from '../core/analysis/tally.ts';
import { errorText, TryAgainError } from '../core/errors.ts';
import type { Evidence } from '../core/judging/evidence.ts';
import { PERIOD } from '../core/judging/measures.ts';
import { unusualReasons } from '../core/judging/unusual.ts';
import {
  type Judgment,
  judgedIn,
  judgedTogether,
  judgeTarget,
  withEndings,
  withUnusual,
} from '../core/judging/verdict.ts';
import { isJudged, judgedSpan, judgedTargets } from '../core/judging/watch.ts';
import { toMilliseconds } from '../core/moments.ts';
import { reason } from '../core/reason.ts';
import { pairTargets, type ReleaseRecord } from '../core/record.ts';
import { AnalyzeMetrics, type Given } from '../core/steps/analyze-metrics.ts';
import { inconclusive, pass } from '../core/verdict.ts';
import { type Vote, vote } from '../core/vote.ts';
import { isPassing } from './passing.ts';
import { readCourses } from './reading/courses.ts';
import { readEndings } from './reading/endings.ts';
import { readTally } from './reading/tally.ts';
import { logger, step } from './step.ts';
import { keepEvidence, readProfile, seeEvidence } from './table/evidence.ts';
import { readRelease } from './table/releases.ts';

const said = ({ says, ...verdict }: Judgment): Vote => ({
  ...vote('judge', verdict),
  ...(says.length > 0 ? { says: [...says] } : {}),
});

/** Judges a release of the past by its figures, as it would be judged today. */
const judgeGiven = ({ tally, marks, profile, policy }: Given): Vote =>
  said(
    judgedTogether(
      [judgeTarget({ target: 'given', tally, marks, metrics: [], profile }, policy, 1)],
      policy,
    ),
  );

/** The tally before anything was counted. */
const NOTHING: Tally = { errors: { seconds: PERIOD, rows: [] } };

/** Keeps the evidence; no release fails because it could not be kept. */
const keep = async (...kept: Parameters<typeof keepEvidence>): Promise<void> => {
  await keepEvidence(...kept).catch((error) => logger.warn('evidence not kept', { error }));
};

/** Reads everything anew that is known by now, and keeps it. */
const evidenceOf = async (record: ReleaseRecord, now: number): Promise<Evidence> => {
  const { pair, release } = record;
  const { evidence, seen } = await seeEvidence(pair, release);
  const read = await Promise.all(
    judgedTargets(record).map(async (target) => {
      const found = await readTally(target, judgedSpan(record, now), {
        known: evidence.targets[target.name],
        slowerBy: record.policy.judgement.slowerBy,
      });
      return found ? [[target.name, found] as const] : [];
    }),
  );
  const found: Evidence = { release, targets: Object.fromEntries(read.flat()) };
  if (!isDeepStrictEqual(found, evidence)) await keep(pair, found, seen);
  return found;
};

const judge = async (record: ReleaseRecord, now: number): Promise<Vote> => {
  const { pair, policy, curve } = record;
  const kinds = pairTargets(record).map(({ kind }) => kind);
  const targets = judgedTargets(record);
  const { targets: evidence } = await evidenceOf(record, now);
  const judged = targets.reduce((sum, { registration }) => sum + judgedIn(registration.metrics), 0);
  const judgments = await Promise.all(
    targets.map(async (target) => {
      const { name, registration } = target;
      const { tally = NOTHING, marks = [] } = evidence[name] ?? {};
      const [profile, endings, courses] = await Promise.all([
        readProfile(pair, name),
        readEndings(target, record.times.shifted!),
        evidence[name] ? readCourses(target, now) : [],
      ]);
      const { metrics } = registration;
      const shift = { curve, kinds, isOver: target.arrivedAt !== undefined };
      const known = { target: name, tally, marks, metrics, profile, shift };
      const found = judgeTarget(known, policy.judgement, judged);
      const since = toMilliseconds(record.times.shifted!);
      const withinMinutes = Math.max(1, policy.bakeMinutes);
      const unusual = unusualReasons(name, courses, { since, now, withinMinutes });
      return withUnusual(endings ? withEndings(found, name, endings) : found, unusual);
    }),
  );
  return said(judgedTogether(judgments, policy.judgement));
};

/** That the figures cannot be read now says nothing of green; a refusal is a failure. */
const unread = (error: unknown): Vote => {
  if (!isPassing(error) && !(error instanceof TryAgainError)) throw error;
  const text = `What users meet could not be read: ${errorText(error)}`;
  return said({ ...inconclusive(reason('figures-unread', text)), says: [text] });
};

/** Whether green is worse than blue for those who meet it, by everything that is known since the first of them did. */
export const handler = step(AnalyzeMetrics, async ({ pair, release, now, given }) => {
  if (given) return judgeGiven(given);
  const record = await readRelease(pair, release);
  const at = toMilliseconds(now);
  return isJudged(record, at) ? judge(record, at).catch(unread) : vote('judge', pass);
});
