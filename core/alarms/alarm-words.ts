import type { TargetRecord } from '../record/record.ts';
import { type Reason, type ReasonCode, reason } from '../release/reason.ts';
import { seenText } from '../release/revision-words.ts';
import { toMilliseconds } from '../text/time.ts';
import type { AlarmReading } from './alarms.ts';

/** What must be known of a target so that an alarm is told with the version that it watches. */
export type Watched = Pick<TargetRecord, 'name' | 'registration' | 'from' | 'to' | 'groups'>;

/**
 * The revision that an alarm watches, by its dimensions: the version of a function, or the target group of a service
 * (`targetgroup/<name>/<id>`, the end of the group's ARN). Undefined when it watches both, or it cannot be known.
 */
const revisionOf = ({ dimensions }: AlarmReading, { groups = {} }: Watched): string | undefined => {
  for (const { name, value } of dimensions) {
    if (name === 'ExecutedVersion') return value;
    if (name !== 'TargetGroup') continue;
    const arn = Object.keys(groups).find((one) => one.endsWith(`:${value}`));
    if (arn) return groups[arn];
  }
  return undefined;
};

/** Whom an alarm watches, in words: `web 2.0.0 (storefront-web:4), the new version`. */
const watchedBy = (alarm: AlarmReading, target: Watched): string => {
  const revision = revisionOf(alarm, target);
  if (revision === undefined) return target.name;
  const called = `${target.name} ${seenText(target, revision)}`;
  if (revision === target.to?.name) return `${called}, the new version`;
  return revision === target.from?.name ? `${called}, the old version` : called;
};

/** `1 minute`, `90 seconds` */
const durationText = (seconds: number): string => {
  const [count, unit] = seconds % 60 === 0 ? [seconds / 60, 'minute'] : [seconds, 'second'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};

/** At most one digit after the point. */
const rounded = (figure: number): number => Math.round(figure * 10) / 10;

/** `2026-11-25 07:42:10 UTC` */
const timeText = (moment: string): string => `${moment.slice(0, 19).replace('T', ' ')} UTC`;

/** `is red since 2026-11-25 07:42:10 UTC`, `was red for 20 seconds from 2026-11-25 07:42:10 UTC on` */
const whenRed = ({ since, until }: AlarmReading): string => {
  if (until === undefined) return `is red since ${timeText(since)}`;
  const lasted = Math.round((toMilliseconds(until) - toMilliseconds(since)) / 1000);
  return `was red for ${durationText(lasted)} from ${timeText(since)} on`;
};

/** CloudWatch's sentence without its last half, which only says how the state is reckoned. */
const inShort = (stateReason: string): string => stateReason.replace(/ \(minimum [^)]*\)\.?$/, '');

/**
 * Why a red alarm speaks against a release, in plain words: `web 2.0.0 (storefront-web:4), the new version: 25 % of answers were
 * server errors in 1 minute, threshold 5. Alarm … is red since …`. CloudWatch's own sentence is its quote.
 */
export const redAlarm = (
  code: ReasonCode,
  alarm: AlarmReading,
  targets: readonly Watched[],
): Reason => {
  const { name, stateReason, compared } = alarm;
  const target = targets.find(({ registration }) =>
    [...registration.alarms, ...registration.ownAlarms].includes(name),
  );
  const about = target && watchedBy(alarm, target);
  const quote = inShort(stateReason);
  const since = whenRed(alarm);
  if (compared?.figure === undefined) {
    const watching = about ? `, which watches ${about},` : '';
    return reason(code, `Alarm ${name}${watching} ${since}: ${quote}`, { target: target?.name });
  }
  const { metric, figure, threshold, seconds } = compared;
  const saw = `${rounded(figure)} ${metric} in ${durationText(seconds)}, threshold ${threshold}`;
  return reason(code, `${about ? `${about}: ` : ''}${saw}. Alarm ${name} ${since}`, {
    target: target?.name,
    figures: { figure, threshold },
    quote,
  });
};
