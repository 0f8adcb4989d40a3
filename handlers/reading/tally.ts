import { driverOf } from '../../core/drivers/drivers.ts';
import { type Counted, isEarly, tallied } from '../../core/judge/counting.ts';
import type { Span } from '../../core/judge/judging-window.ts';
import type { TargetFigures } from '../../core/judge/kept-figures.ts';
import {
  beforeOf,
  failedByBalancer,
  type Measure,
  PERIOD,
  readableOver,
  type Side,
  sidesOf,
} from '../../core/judge/measures.ts';
import {
  type Mark,
  MINUTES_BEFORE,
  marksOf,
  type Points,
  pairedMarks,
  QUANTILES,
  type Slower,
  worseThan,
} from '../../core/judge/slow-thresholds.ts';
import type { TargetRecord } from '../../core/record/record.ts';
import { minutes, seconds, toMoment } from '../../core/text/time.ts';
import { judgingOf } from '../drivers/judging.ts';
import { readMeasures } from './metrics.ts';

type Metric = Side['requests'];

const counted = (metric: Metric, statistic: string, seconds: number = PERIOD): Measure => ({
  ...metric,
  statistic,
  seconds,
});

/** A number as a statistic takes it: digits and a point, never an exponent. */
const plain = (value: number): string => value.toFixed(9).replace(/\.?0+$/, '');

/** A latency as it is kept: to six digits. */
const kept = (milliseconds: number): number => Number(milliseconds.toPrecision(6));

/** Marks in milliseconds, from blue's latency before the release; the first metric that has enough counts. */
const readMarks = async (
  target: TargetRecord,
  blue: Side,
  { from, slower }: { readonly from: number; readonly slower: Slower },
): Promise<readonly Mark[]> => {
  const unit = driverOf(target.registration).metrics.latencyUnit;
  const metrics = beforeOf(target, blue);
  const read = await readMeasures(
    metrics.flatMap((metric) =>
      ['SampleCount', ...QUANTILES].map((statistic) => counted(metric, statistic)),
    ),
    { from: from - minutes(MINUTES_BEFORE), to: from },
  );
  const each = 1 + QUANTILES.length;
  for (const index of metrics.keys()) {
    const [samples, ...quantiles] = read.slice(index * each, (index + 1) * each);
    const marks = marksOf(samples!, quantiles);
    if (marks.length > 0)
      return marks.map((mark) => ({
        blue: kept(mark * unit),
        green: kept(worseThan(mark * unit, slower)),
      }));
  }
  return [];
};

/** What is asked of one side; `countedOf` takes the answers in the same order. */
const measuresOf = (side: Side, marks: readonly number[]): readonly Measure[] => [
  counted(side.requests, 'Sum'),
  ...[...side.errors, ...side.answered].map((metric) => counted(metric, 'Sum')),
  ...(marks.length > 0 ? [counted(side.latency, 'SampleCount')] : []),
  ...marks.map((mark) => counted(side.latency, `TC(${plain(mark)}:)`)),
  ...side.custom.flatMap(({ of, dimensions }) => {
    const { namespace, metric, seconds, above } = of;
    const named = (name: string) => ({ namespace, metric: name, dimensions });
    if (above !== undefined)
      return [
        counted(named(metric), `TC(${plain(above)}:)`, seconds),
        counted(named(metric), 'SampleCount', seconds),
      ];
    return [
      counted(named(metric), 'Sum', seconds),
      ...(of.of === undefined ? [] : [counted(named(of.of), 'Sum', seconds)]),
    ];
  }),
];

const NOTHING: Points = new Map();

/** Whether other services get requests by the target's balancer: what it fails may then be theirs. */
const sharesBalancer = ({ registration }: TargetRecord): Promise<boolean> =>
  judgingOf(registration).sharesBalancer(registration);

const countedOf = (side: Side, marks: readonly number[], answers: readonly Points[]): Counted => {
  const left = [...answers];
  const take = (many: number): Points[] => left.splice(0, many);
  const one = (): Points => take(1)[0] ?? NOTHING;
  return {
    requests: one(),
    errors: take(side.errors.length),
    answered: take(side.answered.length),
    answers: marks.length > 0 ? one() : NOTHING,
    slow: take(marks.length),
    custom: side.custom.map(({ of }) => ({
      events: one(),
      ...(of.of === undefined && of.above === undefined ? {} : { of: one() }),
    })),
  };
};

/**
 * Reads everything that is known of a target since its users may meet green; undefined while it is not known which
 * side is which, or before there is anything. Marks that were fixed before stay, all else is read anew.
 */
export const readTally = async (
  named: TargetRecord,
  time: Span,
  { known, slower }: { readonly known: TargetFigures | undefined; readonly slower: Slower },
): Promise<TargetFigures | undefined> => {
  const target = readableOver(named, time.to - time.from);
  const sides = sidesOf(target);
  // Before a whole period is over there is nothing to read, and CloudWatch refuses a time without length.
  if (!sides || time.to - time.from < seconds(PERIOD)) return known;
  const { green, blue } = sides;
  const marks = known
    ? pairedMarks(known)
    : await readMarks(target, blue, { from: time.from, slower });
  const unit = driverOf(target.registration).metrics.latencyUnit;
  const blueMarks = marks.map((mark) => mark.blue);
  const greenMarks = marks.map((mark) => mark.green);
  const [greenFrom, blueFrom] = [greenMarks, blueMarks].map((all) =>
    all.map((one) => one / unit),
  ) as [number[], number[]];
  const [ofGreen, ofBlue] = [measuresOf(green, greenFrom), measuresOf(blue, blueFrom)];
  const shared = await sharesBalancer(target);
  const balancer = failedByBalancer(target);
  const read = await readMeasures(
    [...ofGreen, ...ofBlue, ...(balancer ? [counted(balancer, 'Sum')] : [])],
    time,
  );
  const found = tallied(
    {
      green: countedOf(green, greenFrom, read.slice(0, ofGreen.length)),
      blue: countedOf(blue, blueFrom, read.slice(ofGreen.length, ofGreen.length + ofBlue.length)),
      balancer: balancer ? read.at(-1)! : NOTHING,
      shared,
    },
    target.registration.metrics,
    time.to,
  );
  return {
    from: target.from!.name,
    to: target.to!.name,
    marks: blueMarks,
    greenMarks,
    ...(found ? { first: toMoment(found.first), tally: found.tally } : {}),
    ...(!found && isEarly(time) ? { early: true } : {}),
  };
};
