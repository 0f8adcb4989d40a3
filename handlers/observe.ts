import { absorb } from '../core/absorb.ts';
import { toMilliseconds } from '../core/moments.ts';
import { next } from '../core/next.ts';
import type { Observation, TargetObservation } from '../core/observation.ts';
import type { Next } from '../core/phases/view.ts';
import { inFull } from '../core/reason.ts';
import { movingTargets, type ReleaseRecord } from '../core/record.ts';
import { Observe } from '../core/steps/observe.ts';
import { nextBack } from '../core/way-back.ts';
import { logger, step } from './step.ts';
import { changeRelease, readRelease } from './table/releases.ts';
import { driverOf } from './targets/drivers.ts';

const read = async (record: ReleaseRecord, now: string): Promise<Observation> => {
  const readings = await Promise.all(
    movingTargets(record)
      .filter(({ to }) => to !== undefined)
      .map(
        async (target): Promise<[string, TargetObservation]> => [
          target.name,
          await driverOf(target).observe(record, target),
        ],
      ),
  );
  return { now: toMilliseconds(now), targets: Object.fromEntries(readings) };
};

/** The record after the protocol has spoken: a rollback is written before anything is taken back. */
const settled = (record: ReleaseRecord, chosen: Next, now: string): ReleaseRecord => {
  if (chosen.action !== 'rollback' || record.decision === 'rollback') {
    return { ...record, phase: chosen.phase };
  }
  return {
    ...record,
    phase: chosen.phase,
    decision: 'rollback',
    reasons: [...chosen.reasons, ...record.reasons],
    times: { ...record.times, decided: now, firstBadSign: record.times.firstBadSign ?? now },
  };
};

const SECONDS_WITHOUT_WAIT = 1;

/** Reads the truth, records it, and says what to do now. */
export const handler = step(Observe, async ({ pair, release, machine, alarms, now }) => {
  const observation = await read(await readRelease(pair, release), now);

  let chosen: Next | ReturnType<typeof nextBack>['next'];
  const record = await changeRelease(
    pair,
    release,
    (current) => {
      const absorbed = absorb(current, observation);
      if (machine === 'rollback') {
        const back = nextBack(absorbed, observation);
        chosen = back.next;
        return back.record;
      }
      const chosenNext = next(absorbed, observation, alarms);
      chosen = chosenNext;
      return settled(absorbed, chosenNext, now);
    },
    {
      at: now,
      line: (after) =>
        chosen!.action === 'rollback'
          ? `Goes back: ${after.reasons.map(inFull).join('; ')}`
          : undefined,
    },
  );
  const { action } = chosen!;
  const outcome = {
    action,
    step: 'step' in chosen! ? chosen.step : ('none' as const),
    seconds: 'seconds' in chosen! ? chosen.seconds : SECONDS_WITHOUT_WAIT,
    signals: record.signals,
  };
  logger.info('observed', { release, phase: record.phase, ...outcome });
  return outcome;
});
