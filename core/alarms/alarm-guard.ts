import { GROUP_DIMENSION, VERSION_DIMENSION } from '../drivers/dimensions.ts';
import { driverOf } from '../drivers/drivers.ts';
import type { Registration } from '../drivers/registration.ts';
import type { Target } from '../drivers/target.ts';
import { type Reason, reason } from '../release/reason.ts';
import { fail, pass, type Verdict } from '../release/verdict.ts';
import { type AlarmReading, missingAlarms } from './alarms.ts';

/** Names of all alarms of a target. */
export const alarmsOf = (target: Target): readonly string[] => {
  const { blue, green } = driverOf(target).versionAlarmsOf(target);
  return [...new Set([...target.alarms, ...blue, ...green, ...target.ownAlarms])];
};

/** Names of all alarms of a pair. A half that a release leaves alone serves users of the pair too. */
export const alarmsOfPair = ({ targets }: Pick<Registration, 'targets'>): readonly string[] => [
  ...new Set(Object.values(targets).flatMap(alarmsOf)),
];

/** What is wrong with what an alarm of a target watches; dimensions that no registration names are the team's own business. */
const astray = (target: Target, { name, dimensions }: AlarmReading): readonly Reason[] => {
  const blind = (text: string) =>
    reason('alarm-missing', `Alarm ${name} ${text}; deploy the pair's stack again`, {
      target: target.name,
    });
  if (dimensions.length === 0) return [blind('watches no dimension, so it guards no target')];
  const wanted = driverOf(target).dimensionsOf(target);
  const wrong = dimensions.flatMap((one) => {
    const allowed = Object.hasOwn(wanted, one.name) ? wanted[one.name]! : [one.value];
    return allowed.includes(one.value)
      ? []
      : [
          blind(
            `watches ${one.name} ${one.value}, but ${target.name} is ${allowed.join(' and ')}, so it would not see green`,
          ),
        ];
  });
  const { blue, green } = driverOf(target).versionAlarmsOf(target);
  const lacking = [...Object.keys(wanted), VERSION_DIMENSION].filter(
    (dimension) => !dimensions.some((one) => one.name === dimension),
  );
  return [...blue, ...green].includes(name) && lacking.length > 0
    ? [
        ...wrong,
        blind(`should follow the versions of ${target.name}, but lacks ${lacking.join(', ')}`),
      ]
    : wrong;
};

/** Target groups without an alarm of their own, where others have one: each group is green in every second release. */
const unwatched = (target: Target, alarms: readonly AlarmReading[]): readonly Reason[] => {
  const watched = alarms.flatMap(({ dimensions }) =>
    dimensions.flatMap(({ name, value }) => (name === GROUP_DIMENSION ? [value] : [])),
  );
  return (driverOf(target).dimensionsOf(target)[GROUP_DIMENSION] ?? [])
    .filter((group) => watched.length > 0 && !watched.includes(group))
    .map((group) =>
      reason(
        'alarm-missing',
        `No alarm watches ${group} of ${target.name}, which is green in every second release; deploy the pair's stack again`,
        { target: target.name },
      ),
    );
};

/** Whether every alarm that should guard a pair is there, and watches its target and nothing else. */
export const checkAlarmsGuard = (
  { targets }: Pick<Registration, 'targets'>,
  alarms: readonly AlarmReading[],
): Verdict => {
  const reasons = Object.values(targets).flatMap((target) => {
    const names = alarmsOf(target);
    // What the team declares as its own guards whatever it watches; it only has to exist.
    const own = alarms.filter(
      ({ name }) => names.includes(name) && !target.ownAlarms.includes(name),
    );
    return [
      ...missingAlarms(names, alarms),
      ...own.flatMap((alarm) => astray(target, alarm)),
      ...unwatched(target, own),
    ];
  });
  return reasons.length > 0 ? fail(...reasons) : pass;
};
