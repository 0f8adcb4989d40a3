import { BARRIER } from '../core/barrier.ts';
import { toMilliseconds } from '../core/moments.ts';
import { guardEnd } from '../core/phases/guarding.ts';
import { type HeldHook, hookOf, type ReleaseRecord, withTarget } from '../core/record.ts';
import { AnswerTarget } from '../core/steps/answer-target.ts';
import { lookedAfter } from '../core/vote.ts';
import { changeOwned, readOwned } from './owned.ts';
import { step } from './step.ts';
import { changeRelease } from './table/releases.ts';
import { TRY_ANSWER, TRY_CONTINUE, TRY_TARGETS } from './targets/attempts.ts';
import { driverOf } from './targets/drivers.ts';
import { answerHook } from './targets/hooks.ts';

const withAnswer = (
  record: ReleaseRecord,
  { deploymentId, event }: HeldHook,
  answer: 'Succeeded' | 'Failed',
): ReleaseRecord => ({
  ...record,
  hooks: record.hooks.map((hook) =>
    hook.deploymentId === deploymentId && hook.event === event ? { ...hook, answer } : hook,
  ),
});

/** Whether a side is known to be lost: what is not answered yet can still go back without a new deployment. */
const isLost = ({ hooks }: ReleaseRecord): boolean =>
  hooks.some(({ event, answer }) => event === BARRIER && answer === 'Failed');

/** Whether the release still goes forward: a person's order counts from the moment at which it was taken. */
const goesOn = (record: ReleaseRecord): boolean =>
  record.decision === 'promote' &&
  record.end === undefined &&
  record.commands.abort === undefined &&
  !isLost(record);

/** Answers what a target waits for, now that the decision is written: its barrier, or after the guard the wait that keeps blue. */
export const handler = step(
  AnswerTarget,
  async ({ target: name, now, ...about }) => {
    const { pair, release } = about;
    const record = await readOwned(about);
    const target = record.targets[name];
    if (!target || target.unchanged || !goesOn(record)) return { target: name, answered: false };
    const hook = hookOf(record, target.forward, BARRIER);
    if (hook && hook.answer === undefined) {
      const answer = await answerHook(hook, 'Succeeded');
      await changeRelease(pair, release, (current) => withAnswer(current, hook, answer), {
        at: now,
        line: () => `${name}: its barrier is answered ${answer}`,
      });
      return { target: name, answered: true };
    }
    const end = guardEnd(record);
    if (end === undefined || toMilliseconds(now) < end || !lookedAfter(record, end))
      return { target: name, answered: false };
    await changeOwned(
      about,
      (current) =>
        current.times.guardEnded
          ? current
          : { ...current, times: { ...current.times, guardEnded: now } },
      { at: now, line: () => 'The guard is over' },
    );
    await driverOf(target).endGuard(target);
    await changeRelease(pair, release, (current) => withTarget(current, name, { unguarded: now }));
    return { target: name, answered: true };
  },
  [...TRY_CONTINUE, ...TRY_ANSWER, ...TRY_TARGETS],
);
