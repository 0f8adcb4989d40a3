import { driverOf } from '../../core/drivers/drivers.ts';
import { type Course, USUAL_HOURS } from '../../core/judge/anomalies.ts';
import { SILENT } from '../../core/judge/counting.ts';
import { type Measure, PERIOD, type Side, wholeOf } from '../../core/judge/measures.ts';
import type { Points } from '../../core/judge/slow-thresholds.ts';
import type { TargetRecord } from '../../core/record/record.ts';
import { minutes } from '../../core/text/time.ts';
import { readMeasures } from './metrics.ts';

const measuresOf = ({ requests, errors, latency }: Side): readonly Measure[] =>
  [
    { ...requests, statistic: 'Sum' },
    { ...latency, statistic: 'Sum' },
    { ...latency, statistic: 'SampleCount' },
    ...errors.map((metric) => ({ ...metric, statistic: 'Sum' })),
  ].map((measure) => ({ ...measure, seconds: PERIOD }));

/** Sums of several courses, minute by minute. */
const sumOf = (all: readonly Points[]): Points => {
  const sums = new Map<number, number>();
  for (const points of all)
    for (const [time, value] of points) sums.set(time, (sums.get(time) ?? 0) + value);
  return sums;
};

/** Parts of a whole, minute by minute, where there was any. */
const ratioOf = (parts: Points, wholes: Points, factor = 1): Points =>
  new Map(
    [...wholes].flatMap(([time, whole]) =>
      whole > 0 ? [[time, (factor * (parts.get(time) ?? 0)) / whole] as const] : [],
    ),
  );

/** Reads how a target as a whole went until a moment, in milliseconds since 1970: requests, errors and latency. */
export const readCourses = async (target: TargetRecord, to: number): Promise<readonly Course[]> => {
  const parts = wholeOf(target);
  const queries = parts.map(measuresOf);
  // Before, a part of a minute may be missing, which would look like fewer requests than ever.
  const end = Math.floor((to - SILENT) / minutes(1)) * minutes(1);
  const read = await readMeasures(queries.flat(), {
    from: end - minutes(60 * USUAL_HOURS),
    to: end,
  });
  const each = queries[0]!.length;
  const of = (index: number) => sumOf(parts.map((_, part) => read[part * each + index]!));
  const requests = of(0);
  const failed = sumOf(Array.from({ length: each - 3 }, (_, index) => of(3 + index)));
  return [
    { what: 'requests', points: requests },
    { what: 'errors', points: ratioOf(failed, requests) },
    {
      what: 'latency',
      points: ratioOf(of(1), of(2), driverOf(target.registration).metrics.latencyUnit),
    },
  ];
};
