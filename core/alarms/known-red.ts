/** Alarms that do not speak against a release which a person starts under red alarms. */

import { GROUP_DIMENSION, targetGroupName } from '../drivers/dimensions.ts';
import { driverOf } from '../drivers/drivers.ts';
import { movingTargets, type ReleaseRecord, type TargetRecord } from '../record/record.ts';
import type { ReleaseInput } from '../release/input.ts';
import { oneLine } from '../text/one-line.ts';
import type { AlarmStep } from './alarm-past.ts';
import type { AlarmReading } from './alarms.ts';

type UnderRed = NonNullable<ReleaseRecord['underRed']>;

/** Why a release may start under red alarms, and which were red `at` that moment; undefined unless a person said why. */
export const underRedOf = (
  { underRedAlarms }: Pick<ReleaseInput, 'underRedAlarms'>,
  red: readonly string[],
  at: string,
): UnderRed | undefined =>
  underRedAlarms === undefined
    ? undefined
    : { reason: oneLine(underRedAlarms), alarms: [...red], excused: [...red], at };

/** What must be known of an alarm to say whether it counts. */
type Named = Pick<AlarmReading, 'name' | 'dimensions'>;

/** Whether an alarm watches the old version of a target alone: the one that the release replaces. */
const watchesBlue = (
  { registration, groups = {}, from }: TargetRecord,
  { name, dimensions }: Named,
): boolean => {
  if (driverOf(registration).versionAlarmsOf(registration).blue.includes(name)) return true;
  if (!registration.alarms.includes(name)) return false;
  const watched = dimensions.flatMap((one) => (one.name === GROUP_DIMENSION ? [one.value] : []));
  return (
    watched.length > 0 &&
    watched.every((value) =>
      Object.entries(groups).some(
        ([group, revision]) => targetGroupName(group) === value && revision === from?.name,
      ),
    )
  );
};

/**
 * Whether an alarm does not count in this release: it has been red since the start, as its person knew, or it watches
 * the version that is to be replaced.
 */
export const isExcused = (record: ReleaseRecord, alarm: Named): boolean =>
  record.underRed !== undefined &&
  (record.underRed.excused.includes(alarm.name) ||
    movingTargets(record).some((target) => watchesBlue(target, alarm)));

/** Whether Prepare has pointed an alarm at the new version of a function: what it said before was about another one. */
const followsGreen = (record: ReleaseRecord, name: string): boolean =>
  movingTargets(record).some(
    ({ registration, to }) =>
      to !== undefined && driverOf(registration).versionAlarmsOf(registration).green.includes(name),
  );

/**
 * Whether an alarm that was red at the start has been OK: from then on it guards again. One that watches the new version
 * now does so once it is not red: its episode was that of another version. `steps` are those since the last poll.
 */
export const hasCalmed = (
  record: ReleaseRecord,
  { name, state }: AlarmReading,
  steps: readonly AlarmStep[],
): boolean => {
  const states = [state, ...steps.map((step) => step.state)];
  return followsGreen(record, name) ? states.some((one) => one !== 'ALARM') : states.includes('OK');
};

/** The record after these alarms have been OK. */
export const withCalmed = (record: ReleaseRecord, calmed: readonly string[]): ReleaseRecord =>
  record.underRed
    ? {
        ...record,
        underRed: {
          ...record.underRed,
          excused: record.underRed.excused.filter((name) => !calmed.includes(name)),
        },
      }
    : record;
