import { absorb } from '../core/absorb.ts';
import { toMilliseconds } from '../core/moments.ts';
import type { ReleaseRecord, TargetRecord } from '../core/record.ts';
import { withTarget } from '../core/record.ts';
import { TakeBackTarget } from '../core/steps/take-back-target.ts';
import { type WayBack, wayBack } from '../core/way-back.ts';
import { describeWayBack } from '../core/way-back-words.ts';
import { isPassing } from './passing.ts';
import { logger, step } from './step.ts';
import { changeRelease } from './table/releases.ts';
import { continueWait, stop } from './targets/deployments.ts';
import { driverOf } from './targets/drivers.ts';
import { answerHook } from './targets/hooks.ts';

const answered = (
  record: ReleaseRecord,
  executionId: string,
  answer: 'Succeeded' | 'Failed',
): ReleaseRecord => ({
  ...record,
  hooks: record.hooks.map((hook) =>
    hook.executionId === executionId ? { ...hook, answer } : hook,
  ),
});

/** Walks one step of the way and gives the fact that it left. */
const walk = async (
  record: ReleaseRecord,
  target: TargetRecord,
  way: WayBack,
): Promise<(record: ReleaseRecord) => ReleaseRecord> => {
  const driver = driverOf(target);
  switch (way.do) {
    case 'answer-failed': {
      const answers = await Promise.all(
        way.hooks.map(async (hook) => ({ hook, answer: await answerHook(hook, 'Failed') })),
      );
      return (current) =>
        answers.reduce((all, { hook, answer }) => answered(all, hook.executionId, answer), current);
    }
    case 'stop':
      await stop(way.deploymentId);
      return (current) => current;
    case 'continue':
      await continueWait(way.deploymentId, way.wait);
      return (current) => current;
    case 'restore-alias':
      await driver.restore(target);
      return (current) => current;
    case 'redeploy': {
      const launched = await driver.redeploy(record, target, way.attempt);
      if ('busy' in launched) return (current) => current;
      return (current) => {
        const known = current.targets[target.name]?.back ?? [];
        return known.includes(launched.id)
          ? current
          : withTarget(current, target.name, { back: [...known, launched.id] });
      };
    }
    default:
      return (current) => current;
  }
};

/** The fact that a way back was refused: a try as well. What may pass, and steps that only hurry, are no tries. */
const refusal =
  (name: string, way: WayBack) =>
  (error: Error): ((record: ReleaseRecord) => ReleaseRecord) => {
    if (isPassing(error) || (way.do !== 'redeploy' && way.do !== 'restore-alias')) throw error;
    return (current) => {
      const refused = current.targets[name]?.refused ?? [];
      return withTarget(current, name, {
        refused: [...refused, `${error.name}: ${error.message}`],
      });
    };
  };

/** Takes one step of one target's way back. */
export const handler = step(TakeBackTarget, async ({ pair, release, target: name, now }) => {
  const record = await changeRelease(pair, release, (current) =>
    current.targets[name]?.backSince ? current : withTarget(current, name, { backSince: now }),
  );
  const target = record.targets[name];
  if (!target || target.unchanged || !target.to) return { target: name, did: 'nothing' as const };

  const reading = await driverOf(target).observe(record, target);
  const observation = { now: toMilliseconds(now), targets: { [name]: reading } };
  const known = absorb(record, observation).targets[name]!;
  const way = wayBack(record, known, reading, observation.now);
  const fact = await walk(record, known, way).catch(refusal(name, way));
  await changeRelease(
    pair,
    release,
    (current) =>
      fact(known.forward ? withTarget(current, name, { forward: known.forward }) : current),
    {
      at: now,
      line: ({ targets, ledger }) => {
        const refused = targets[name]?.refused ?? [];
        const isRefused = refused.length > (known.refused ?? []).length;
        const step = `${name}: ${describeWayBack(known, reading, way)}`;
        const text = isRefused ? `${step}: refused: ${refused.at(-1)}` : step;
        // A step that is taken again and again is worth one line.
        const last = ledger.findLast(({ what }) => what.startsWith(`${name}: `));
        return last?.what === text ? undefined : text;
      },
    },
  );
  logger.info('way back', { release, target: name, did: way.do });
  return { target: name, did: way.do };
});
