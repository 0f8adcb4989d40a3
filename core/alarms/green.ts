import { GROUP_DIMENSION, targetGroupName } from '../drivers/dimensions.ts';
import { driverOf } from '../drivers/drivers.ts';
import { movingTargets, type ReleaseRecord, type TargetRecord } from '../record/record.ts';
import { alarmsOf } from './alarm-guard.ts';
import type { AlarmReading } from './alarms.ts';

const isOfGreen = (
  { registration, groups: seen = {}, to }: TargetRecord,
  { name, dimensions }: AlarmReading,
): boolean => {
  if (!alarmsOf(registration).includes(name)) return false;
  if (driverOf(registration).versionAlarmsOf(registration).blue.includes(name)) return false;
  const groups = dimensions.filter((one) => one.name === GROUP_DIMENSION);
  const own = Object.keys(seen).find((group) => seen[group] === to?.name);
  return (
    groups.length === 0 ||
    own === undefined ||
    groups.some(({ value }) => value === targetGroupName(own))
  );
};

/**
 * Says of alarms whether they tell of what a release brings. When all traffic is on green, blue has no users and its
 * alarms no data; so may be a target that is left alone.
 */
export const tellsOfGreen =
  (record: ReleaseRecord) =>
  (alarm: AlarmReading): boolean =>
    movingTargets(record).some((target) => isOfGreen(target, alarm));
