import { START } from '../core/barrier.ts';
import { holdsOf } from '../core/holds.ts';
import { isStopped } from '../core/orders.ts';
import {
  hookOf,
  movingTargets,
  type ReleaseRecord,
  type TargetRecord,
  withTarget,
} from '../core/record.ts';
import { StartShift } from '../core/steps/start-shift.ts';
import { launch } from './launch.ts';
import { changeOwned, readOwned } from './owned.ts';
import { logger, step } from './step.ts';
import { changeRelease } from './table/releases.ts';
import { TRY_ANSWER, TRY_CONTINUE, TRY_TARGETS } from './targets/attempts.ts';
import { driverOf } from './targets/drivers.ts';

/** A target without a hook of its own at the start is held by READY, which the protocol has seen; one that was let go needs no hold. */
const isHeld = (record: ReleaseRecord, target: TargetRecord): boolean => {
  const { start } = holdsOf(target);
  return (
    target.released ||
    start.by !== 'codedeploy-hook' ||
    hookOf(record, target.forward, start.event) !== undefined
  );
};

/** Whether nothing speaks against the start: no decision, no end, no order of a person. */
const mayBegin = (record: ReleaseRecord): boolean =>
  record.decision === 'none' && record.end === undefined && !isStopped(record);

/** Whether targets may be let go now. A start that has let one go lets all go: half a start is worse than a late hold. */
const mayGoOn = (record: ReleaseRecord, moving: readonly TargetRecord[]): boolean => {
  const hasBegun = moving.some((target) => target.released);
  const isFree = hasBegun ? record.decision === 'none' && !record.end : mayBegin(record);
  return isFree && moving.every((target) => isHeld(record, target));
};

const released = (record: ReleaseRecord, target: TargetRecord): ReleaseRecord => ({
  ...withTarget(record, target.name, { released: true }),
  hooks: record.hooks.map((hook) =>
    hook.deploymentId === target.forward && hook.event === START && hook.answer === undefined
      ? { ...hook, answer: 'Succeeded' as const }
      : hook,
  ),
});

/**
 * The common start. Targets without a green of their own are launched first and are held in their first hook; only
 * when every target is held are all of them let go, services first: until then no user has met anything.
 */
export const handler = step(
  StartShift,
  async ({ now, ...about }) => {
    const { pair, release } = about;
    let record = await changeOwned(
      about,
      (current) =>
        current.times.shifted || !mayBegin(current)
          ? current
          : { ...current, phase: 'Shifting', times: { ...current.times, shifted: now } },
      { at: now, line: () => 'The common start begins' },
    );
    if (!record.times.shifted) return { released: [] };
    for (const { name, forward } of movingTargets(record)) {
      if (forward === undefined) ({ record } = await launch(about, name, now));
    }

    record = await readOwned(about);
    const moving = movingTargets(record);
    if (!mayGoOn(record, moving)) return { released: [] };
    const names: string[] = [];
    for (const target of moving.filter((one) => !one.released)) {
      // That users may meet green is written before the call, that CodeDeploy took the word only after it.
      await changeOwned(about, (current) => withTarget(current, target.name, { shifted: true }));
      const became = await driverOf(target).shift(record, target);
      if (became === 'ended') {
        // Users never met it; what is still held stays held, and the next look says why it goes back.
        await changeRelease(pair, release, (current) =>
          withTarget(current, target.name, { shifted: false }),
        );
        break;
      }
      await changeRelease(pair, release, (current) => released(current, target), {
        at: now,
        line: () => `${target.name}: let go`,
      });
      names.push(target.name);
    }
    logger.info('shift started', { pair, release, released: names });
    return { released: names };
  },
  [...TRY_CONTINUE, ...TRY_ANSWER, ...TRY_TARGETS],
);
