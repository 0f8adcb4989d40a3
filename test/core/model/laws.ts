/** The laws that the end of every release must keep, whatever happens to it. */
import { isDeepStrictEqual } from 'node:util';
import { movingTargets } from '../../../core/record/record.ts';
import { unrestored } from '../../../core/record/scaling.ts';
import { isHarmless } from './harmless.ts';
import { SCALES } from './scaling.ts';
import type { Walked } from './walk.ts';

/** Longest release of the scenarios in minutes: every limit of the protocol one after the other, and two recoveries. */
const LONGEST = 10 * 60;
/** Minutes in which a target that must come back may be out of sight. */
const LONGEST_WAY = 90;
/** Longest hold before the shift, in minutes. */
const LONGEST_HOLD = 24 * 60;

const serves = (name: string | undefined, traffic: ReadonlyMap<string, number>) =>
  traffic.size === 1 && traffic.get(name ?? '') === 100;

/** The targets that move, and what they serve in the end. */
const sidesOf = ({ world, record, traffic }: Walked) =>
  movingTargets(record).map((target) => ({
    target,
    ...world.partyOf(target.name),
    serves: (name: string | undefined) => serves(name, traffic[target.name]!),
    /** Others have put something live, so what serves in the end is not the release's. */
    isOthers: world.partyOf(target.name).theirs,
  }));

const brokenByPromotion = (walked: Walked): readonly string[] => {
  const { record, streak, wasRed } = walked;
  const broken: string[] = [];
  if (wasRed) broken.push('Promoted although an alarm was red');
  if (streak < 3) broken.push('Promoted without three equal readings');
  if (record.commands.abort) broken.push('Promoted although a person had aborted it');
  for (const { target, isOthers, serves } of sidesOf(walked))
    if (!isOthers && !serves(target.to?.name))
      broken.push(`Promoted, but ${target.name} does not serve its new revision`);
  return broken;
};

const brokenByRollback = (walked: Walked): readonly string[] => {
  const { end } = walked.record;
  const sides = sidesOf(walked);
  const broken: string[] = [];
  for (const { target, group, isOthers, serves } of sides) {
    const ours = group.deployments.some(({ hooks }) => hooks);
    if (ours && !isOthers && !serves(target.from?.name))
      broken.push(`${end}, but ${target.name} does not serve its old revision`);
    if (!ours && group.deployments.some(({ creator }) => creator === 'user'))
      broken.push(`${end} without a launch, but ${target.name} was deployed to`);
  }
  if (end === 'Rejected' && sides.some(({ target }) => target.shifted))
    broken.push('Rejected although users may have met green');
  return broken;
};

const brokenByScaling = ({ world, record }: Walked): readonly string[] => {
  const restored = [...world.scaling.values()].every((state) => isDeepStrictEqual(state, SCALES));
  if (restored) return [];
  const { crashes, older } = world.scenario;
  // A machine that closes whatever it does not know restores nothing before that.
  const mayFail = crashes.some(({ kind }) => kind === 'fails') || older?.closes === true;
  return [
    ...(unrestored(record).length === 0
      ? [`${record.end}, and nobody is told that scaling is still suspended`]
      : []),
    ...(mayFail ? [] : [`${record.end}, and scaling is still suspended`]),
  ];
};

const brokenByLength = ({ world: { scenario }, minutes }: Walked): readonly string[] => {
  const mayBeHeld =
    scenario.commands.some(({ command }) => command === 'hold') ||
    [...scenario.gaps, ...scenario.pauses].some(({ what }) => what === 'hold');
  const hangs = scenario.crashes.filter(({ kind }) => kind === 'hangs').length;
  const longest =
    LONGEST +
    (mayBeHeld ? LONGEST_HOLD : 0) +
    (scenario.blind?.minutes ?? 0) +
    hangs * (mayBeHeld ? LONGEST_HOLD : LONGEST);
  return minutes > longest ? [`the release took ${minutes} minutes`] : [];
};

/** What is wrong with the end of a release; empty when every law was kept. */
export const brokenLaws = (walked: Walked): readonly string[] => {
  const { world, record } = walked;
  const broken = [...walked.wrong];
  const { end, decision } = record;
  if (end === undefined || !record.closed)
    return broken.length > 0 ? broken : ['the release has no end'];
  broken.push(...brokenByLength(walked), ...brokenByScaling(walked));
  if (end === 'Promoted') broken.push(...brokenByPromotion(walked));
  if (end === 'RolledBack' || end === 'Rejected' || end === 'Aborted')
    broken.push(...brokenByRollback(walked));
  const { blind, words, crashes } = world.scenario;
  // A rollback that nobody drives for hours is over before anybody comes.
  const lostReturns = crashes.filter(({ kind }) => kind === 'hangs').length;
  const mayBeStuck =
    (blind && blind.what !== 'alarms' && blind.minutes > LONGEST_WAY) ||
    words.some(({ fate }) => fate !== 'unanswered') ||
    sidesOf(walked).some(
      ({ side, isOthers }) => side.nature.failingReturns + lostReturns >= 3 || isOthers,
    );
  if (end === 'NeedsAttention' && !mayBeStuck) broken.push('a person was called for nothing');
  const mayCloseOpen = end === 'Rejected' || world.scenario.older?.closes === true;
  if (decision === 'none' && !mayCloseOpen) broken.push(`${end} without a decision`);
  if (end !== 'Promoted' && isHarmless(world.scenario, world.met))
    broken.push(`${end}, though nothing spoke against it: ${record.reasons[0]?.text}`);
  return broken;
};
