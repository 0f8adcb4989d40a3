import { withAnswer } from '../../core/deployments/hook-answers.ts';
import type { Observation } from '../../core/deployments/observation.ts';
import { outdated } from '../../core/deployments/outdated.ts';
import { absorb } from '../../core/protocol/apply-observation.ts';
import { movingTargets, type ReleaseRecord, type TargetRecord } from '../../core/record/record.ts';
import { TakeBackTarget } from '../../core/steps/take-back-target.ts';
import { TryAgainError } from '../../core/text/errors.ts';
import { toMilliseconds } from '../../core/text/time.ts';
import { mayTakeBack, takingBack, withBack, withRefusal } from '../../core/way-back/taking-back.ts';
import { isToldAgain, stepOf, type Took, withStep } from '../../core/way-back/told-step.ts';
import { type WayBack, wayBack } from '../../core/way-back/way-back.ts';
import { attemptsAt, driverOf } from '../drivers/drivers.ts';
import { logger } from '../function/log.ts';
import { isPassing } from '../function/retryable.ts';
import { step } from '../function/step.ts';
import { changeOwned } from '../releases/owned.ts';
import { changeRelease } from '../table/releases.ts';

/** What a step left: a change of the record, and why it was refused, if it was. */
interface Fact {
  readonly change: (record: ReleaseRecord) => ReleaseRecord;
  readonly refused?: string;
}

const nothing: Fact = { change: (record) => record };

/** The fact that a step was refused, for good as far as anybody can tell; the last ones of a kind are enough to know. */
const refusal =
  (name: string, way: WayBack) =>
  (error: Error): Fact => {
    if (isPassing(error) || error instanceof TryAgainError) throw error;
    const why = `${error.name}: ${error.message}`;
    return { change: (current) => withRefusal(current, name, way, why), refused: why };
  };

/** Walks one step of the way and gives the fact that it left. */
const walk = async (
  record: ReleaseRecord,
  target: TargetRecord,
  way: WayBack,
  now: string,
): Promise<Fact> => {
  const driver = driverOf(target);
  switch (way.do) {
    case 'answer-failed': {
      const answers = await Promise.allSettled(
        way.hooks.map(async (hook) => ({ hook, answer: await driver.answer(hook, 'Failed') })),
      );
      const taken = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      const first = answers.find((one) => one.status === 'rejected');
      // One hook that cannot be answered keeps no other one from its answer.
      const left = first ? refusal(target.name, way)(first.reason) : nothing;
      return {
        ...left,
        change: (current) =>
          taken.reduce(
            (all, { hook: { executionId }, answer }) => withAnswer(all, { executionId }, answer),
            left.change(current),
          ),
      };
    }
    case 'stop':
      await driver.stop(way.deploymentId);
      return nothing;
    case 'continue':
      await driver.endWait(way.deploymentId, way.wait);
      return nothing;
    case 'restore':
      await driver.restore(target);
      return nothing;
    case 'redeploy': {
      const launched = await driver.redeploy(record, target, way.attempt);
      if ('busy' in launched) return nothing;
      return { change: (current) => withBack(current, target.name, launched.id, now) };
    }
    default:
      return nothing;
  }
};

/** Steps that move users to the old revision by something new: what is under way is always followed or ended. */
const BEGINNING: readonly WayBack['do'][] = ['redeploy', 'restore'];

/**
 * The step, or none where the record turns out to be older than the deployments of the release: what all targets show
 * together is asked before anything new is begun. A target that cannot be read now tells nothing.
 */
const unlessOutdated = async (
  record: ReleaseRecord,
  { now, targets: known }: Observation,
  way: WayBack,
): Promise<WayBack> => {
  if (!BEGINNING.includes(way.do)) return way;
  const others = movingTargets(record).filter(({ name, to }) => to && !known[name]);
  const readings = await Promise.allSettled(
    others.map(async (one) => [one.name, await driverOf(one).observe(record, one)] as const),
  );
  const read = readings.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const targets = { ...known, ...Object.fromEntries(read) };
  return outdated(record, { now, targets }) === undefined ? way : { do: 'give-up' };
};

/** Takes one step of one target's rollback. */
export const handler = step(
  TakeBackTarget,
  async ({ target: name, now, ...about }) => {
    const { pair, release } = about;
    const record = await changeOwned(about, (current) => takingBack(current, name, now), {
      at: now,
      fact: () => ({ kind: 'rollback-began', data: { target: name } }),
    });
    if (!mayTakeBack(record)) return { target: name, did: 'nothing' as const };
    const target = record.targets[name];
    if (!target || target.unchanged || !target.to) return { target: name, did: 'nothing' as const };

    const reading = await driverOf(target).observe(record, target);
    const observation = { now: toMilliseconds(now), targets: { [name]: reading } };
    const known = absorb(record, observation).targets[name]!;
    const way = await unlessOutdated(
      record,
      observation,
      wayBack(record, known, reading, observation.now),
    );
    const { change, refused } = await walk(record, known, way, now).catch(refusal(name, way));
    const took: Took = { step: stepOf(known, reading, way), ...(refused ? { refused } : {}) };
    await changeRelease(pair, release, (current) => withStep(current, known, change, took), {
      at: now,
      fact: (_, before) => ({
        kind: 'rolled-back',
        data: { target: name, ...took, again: isToldAgain(before.targets[name], took) },
      }),
    });
    logger.info('rollback', { release, target: name, did: way.do });
    return { target: name, did: way.do };
  },
  attemptsAt('read', 'endWait', 'stop', 'answer'),
);
