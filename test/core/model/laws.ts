/** The laws that every release must keep, whatever happens to it. */
import { isDeepStrictEqual } from 'node:util';
import { movingTargets } from '../../../core/record.ts';
import { unrestored } from '../../../core/scaling.ts';
import { SCALES } from './scaling.ts';
import type { Walked } from './walk.ts';

/** Longest release of the scenarios in minutes: every limit of the protocol one after the other, and two recoveries. */
const LONGEST = 10 * 60;
/** Minutes in which a target that must come back may be out of sight. */
const LONGEST_WAY = 90;
/** Longest hold before the shift, in minutes. */
const LONGEST_HOLD = 24 * 60;

/** What is wrong with the end of a release; empty when every law was kept. */
export const brokenLaws = (walked: Walked): readonly string[] => {
  const { world, record, streak, sawRed, minutes } = walked;
  const broken = [...walked.wrong];
  const { end } = record;
  if (end === undefined) return broken.length > 0 ? broken : ['the release has no end'];
  const held = world.scenario.commands.some(({ command }) => command === 'hold');
  const { blind } = world.scenario;
  if (minutes > LONGEST + (held ? LONGEST_HOLD : 0) + (blind?.minutes ?? 0))
    broken.push(`the release took ${minutes} minutes`);

  const sides = movingTargets(record).map((target) => ({
    target,
    ...world.partyOf(target.name),
  }));
  const serves = (name: string | undefined, traffic: ReadonlyMap<string, number>) =>
    traffic.size === 1 && traffic.get(name ?? '') === 100;

  if (end === 'Promoted') {
    if (sawRed && record.intent === 'release')
      broken.push('Promoted although an alarm was seen red');
    if (streak < 3) broken.push('Promoted without three equal readings');
    for (const { target, group, side } of sides) {
      if (!side.foreign && !serves(target.to?.name, group.traffic())) {
        broken.push(`Promoted, but ${target.name} does not serve its new revision`);
      }
    }
  }
  if (end === 'RolledBack' || end === 'Rejected' || end === 'Aborted') {
    for (const { target, group, side } of sides) {
      const ours = group.deployments.some(({ hooks }) => hooks);
      if (ours && !side.foreign && !serves(target.from?.name, group.traffic())) {
        broken.push(`${end}, but ${target.name} does not serve its old revision`);
      }
      if (!ours && group.deployments.some(({ creator }) => creator === 'user')) {
        broken.push(`${end} without a launch, but ${target.name} was deployed to`);
      }
    }
  }
  if (end === 'Rejected' && sides.some(({ target }) => target.shifted)) {
    broken.push('Rejected although users may have met green');
  }
  const mayBeStuck =
    (blind && blind.what !== 'alarms' && blind.minutes > LONGEST_WAY) ||
    sides.some(({ side }) => side.nature.failingReturns >= 3 || side.foreign);
  if (end === 'NeedsAttention' && !mayBeStuck) broken.push('a person was called for nothing');
  const restored = [...world.scaling.values()].every((state) => isDeepStrictEqual(state, SCALES));
  if (!restored && unrestored(record).length === 0)
    broken.push(`${end}, and nobody is told that scaling is still suspended`);
  const mayFail = world.scenario.crashes.some(({ kind }) => kind === 'fails');
  if (!restored && !mayFail) broken.push(`${end}, and scaling is still suspended`);
  if (record.decision === 'none' && end !== 'Rejected') broken.push(`${end} without a decision`);
  return broken;
};
