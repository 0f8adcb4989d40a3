/** Alarms that do not speak against a release which a person starts under red alarms. */
import { oneLine } from '../one-line.ts';
import { movingTargets, type ReleaseRecord, type TargetRecord } from '../record.ts';
import type { ReleaseInput } from '../release.ts';
import type { AlarmStep } from './alarm-past.ts';
import type { AlarmReading } from './alarms.ts';
import { GROUP_DIMENSION, targetGroupName } from './dimensions.ts';

type UnderRed = NonNullable<ReleaseRecord['underRed']>;

/** Why a release may start under red alarms, and under which; undefined unless a person said why. */
export const underRedOf = (
  { underRedAlarms }: Pick<ReleaseInput, 'underRedAlarms'>,
  red: readonly string[],
): UnderRed | undefined =>
  underRedAlarms === undefined
    ? undefined
    : { reason: oneLine(underRedAlarms), alarms: [...red], excused: [...red] };

/** `Released under red alarms api-errors: it fixes the 500s` */
export const underRedText = ({ reason, alarms }: Pick<UnderRed, 'reason' | 'alarms'>): string =>
  alarms.length === 0
    ? `Allowed under red alarms, none was red: ${reason}`
    : `Released under red alarms ${alarms.join(', ')}: ${reason}`;

/** Whether an alarm watches the old version of a target alone: the one that the release replaces. */
const watchesBlue = (
  { registration, groups = {}, from }: TargetRecord,
  { name, dimensions }: AlarmReading,
): boolean => {
  if (registration.kind === 'lambda') return registration.versionAlarms.blue.includes(name);
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
export const isExcused = (record: ReleaseRecord, alarm: AlarmReading): boolean =>
  record.underRed !== undefined &&
  (record.underRed.excused.includes(alarm.name) ||
    movingTargets(record).some((target) => watchesBlue(target, alarm)));

/** Whether an alarm that was red at the start has been OK: from then on it guards again. `steps` are those since the last poll. */
export const hasCalmed = ({ state }: AlarmReading, steps: readonly AlarmStep[]): boolean =>
  state === 'OK' || steps.some((step) => step.state === 'OK');

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
