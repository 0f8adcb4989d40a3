import { VERSION_DIMENSION } from '../drivers/dimensions.ts';
import { driverOf } from '../drivers/drivers.ts';
import { movingTargets, type ReleaseRecord } from '../record/record.ts';
import { type Reason, reason } from '../release/reason.ts';
import type { AlarmReading } from './alarms.ts';

/**
 * A reason for each alarm that no longer watches the version which the release pointed it at: whoever deploys the stack
 * of the pair meanwhile points it elsewhere, and then it guards nothing.
 */
export const strayedAlarms = (
  record: ReleaseRecord,
  alarms: readonly AlarmReading[],
): readonly Reason[] =>
  movingTargets(record).flatMap(({ name: target, registration, from, to }) => {
    const { blue, green } = driverOf(registration).versionAlarmsOf(registration);
    const pointed = [
      ...blue.map((alarm) => [alarm, from] as const),
      ...green.map((alarm) => [alarm, to] as const),
    ];
    return pointed.flatMap(([name, revision]) => {
      const found = alarms.find((alarm) => alarm.name === name);
      const watched = found?.dimensions.filter((one) => one.name === VERSION_DIMENSION) ?? [];
      const strays = watched.some(({ value }) => value !== revision?.ref);
      if (!found || !revision || !strays) return [];
      const text = `Alarm ${name} should watch version ${revision.ref} of ${target}, but watches version ${watched.map(({ value }) => value).join(', ')}: it was changed while the release was under way, and guards nothing`;
      return [reason('alarm-missing', text, { target })];
    });
  });
