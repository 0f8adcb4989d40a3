/** Everything that a pair's dashboard asks for exists, after releases that ended well and badly. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inWords } from '../../core/release/reason.ts';
import { releaseId } from '../../rehearsal/scenario/acts/scene.ts';
import { playOn } from '../../rehearsal/scenario/play.ts';
import { openStage, type Stage } from '../../rehearsal/stage/stage.ts';
import { functions } from './functions.ts';
import { type Asked, askedBy, type MetricQuery, type Named } from './widgets.ts';

const DAYS = [
  { traffic: true },
  // Server errors of the target group that is green, and later of the one that has become blue's.
  { release: { web: '2.1.0-errors', api: '2.0.0' }, as: 'errors-of-green' },
  { ended: 'errors-of-green' },
  { minutes: 5 },
  { release: { web: '2.0.0', api: '2.0.0' }, as: 'good' },
  { ended: 'good' },
  { minutes: 2 },
  {
    start: { targets: { web: { image: 'storefront-web:2.1.0-errors' } }, again: 'a test' },
    as: 'errors-of-blue',
  },
  { ended: 'errors-of-blue' },
  { traffic: false },
  { minutes: 5 },
  // Recovery decides about this one.
  { release: { web: '2.2.0' }, as: 'stopped' },
  { until: { release: 'stopped', phase: 'Holding' } },
  { stopExecution: 'stopped' },
  { until: { release: 'stopped', decision: 'rollback' } },
  { minutes: 20 },
];

let stage: Stage;
let asked: Asked;
let begun: number;
let stop: () => Promise<unknown>;
let idOf: (name: string) => string;

beforeAll(async () => {
  stage = await openStage({ setting: { kind: 'simulation', functions } });
  const { call, clock, region } = stage.sandbox;
  begun = clock.now();
  const { play, state } = playOn(stage);
  stop = () => state.stop();
  idOf = (name) => releaseId(state.executions.get(name) ?? '');
  await play(DAYS);
  const { DashboardBody } = await call('cloudwatch', 'GetDashboard', {
    DashboardName: `tandem-storefront-${region}`,
  });
  asked = askedBy(DashboardBody);
});

afterAll(async () => {
  await stop?.();
  await stage?.close();
});

/** Number of data that queries have had since the beginning; of several, of the first. */
const dataOf = async (queries: readonly object[]): Promise<number> => {
  const { call, clock } = stage.sandbox;
  const { MetricDataResults } = await call('cloudwatch', 'GetMetricData', {
    MetricDataQueries: queries,
    StartTime: new Date(begun),
    EndTime: new Date(clock.now() + 60_000),
  });
  return MetricDataResults[0].Values.filter(Number.isFinite).length;
};

/** What was asked for by those of which there is nothing. */
const without = async <One>(
  all: readonly Named<One>[],
  count: (asked: One) => Promise<number>,
): Promise<readonly Named<One>[]> => {
  expect(all.length).toBeGreaterThan(0);
  const missing: Named<One>[] = [];
  for (const one of all) if ((await count(one.asked)) === 0) missing.push(one);
  return missing;
};

it('every alarm of the dashboard exists, and every alarm of the pair is on it', async () => {
  const { CompositeAlarms, MetricAlarms } = await stage.sandbox.call(
    'cloudwatch',
    'DescribeAlarms',
    { AlarmNamePrefix: 'tandem-storefront', AlarmTypes: ['CompositeAlarm', 'MetricAlarm'] },
  );
  const arns = [...CompositeAlarms, ...MetricAlarms].map(({ AlarmArn }) => AlarmArn);

  expect(asked.alarms.map((one) => one.asked).sort()).toEqual(arns.sort());
});

it('every metric has data', async () => {
  expect(await without(asked.metrics, (metric) => dataOf([metric]))).toEqual([]);
});

it('every metric math has values', async () => {
  const count = ({ text, using }: { text: string; using: readonly MetricQuery[] }) =>
    dataOf([
      { Id: 'value', Expression: text },
      ...using.map((metric) => ({ ...metric, ReturnData: false })),
    ]);

  expect(await without(asked.expressions, count)).toEqual([]);
});

it('every search finds metrics that have data', async () => {
  const { call } = stage.sandbox;

  const missing = await without(asked.searches, async (search) => {
    const { namespace, metricName, dimensions, values, statistic, period } = search;
    const { Metrics } = await call('cloudwatch', 'ListMetrics', {
      Namespace: namespace,
      MetricName: metricName,
      Dimensions: Object.entries(values).map(([Name, Value]) => ({ Name, Value })),
    });
    const names = [...dimensions].sort().join();
    const found = Metrics.filter(
      (one: any) =>
        one.Dimensions.map(({ Name }: any) => Name)
          .sort()
          .join() === names,
    );
    const counts: number[] = await Promise.all(
      found.map((Metric: any) =>
        dataOf([{ Id: 'm', MetricStat: { Metric, Stat: statistic, Period: period } }]),
      ),
    );
    return counts.length > 0 ? Math.min(...counts) : 0;
  });

  expect(missing).toEqual([]);
});

it('every decision to roll back is in the log once, with the reasons of its record', async () => {
  const { logs } = stage.sandbox;
  const wentBack = ['errors-of-green', 'errors-of-blue', 'stopped'].map(idOf);

  const told = ['observe', 'decide', 'validate-release'].flatMap((step) =>
    logs(`tandem-${step}`)
      .filter((line) => line.includes('"message":"decided"'))
      .map((line) => JSON.parse(line))
      .filter(({ decision }) => decision === 'rollback')
      .map(({ release, because }) => ({ release, because })),
  );

  const records = await Promise.all(wentBack.map((release) => stage.record(release)));
  expect(told).toEqual(
    records.map((record) => ({ release: record?.release, because: inWords(record!.reasons) })),
  );
});

it('every log query reads groups that exist, lines that are written, and fields that they have', async () => {
  const { call, logs } = stage.sandbox;
  const { logGroups } = await call('logs', 'DescribeLogGroups', {});
  const known = logGroups.map(({ logGroupName }: any) => logGroupName);
  expect(asked.queries).toHaveLength(2);

  for (const { title, asked: query } of asked.queries) {
    const linesBy = query.groups.map((group) =>
      logs(group.replace('/aws/lambda/', ''))
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line))
        .filter(({ pair, message }) => pair === query.pair && query.messages.includes(message)),
    );
    const lines = linesBy.flat();

    expect({
      title,
      unknown: query.groups.filter((group) => !known.includes(group)),
      silent: query.groups.filter((_, index) => linesBy[index]!.length === 0),
      unsaid: query.messages.filter((one) => !lines.some(({ message }) => message === one)),
      absent: query.fields.filter((field) => !lines.some((line) => line[field])),
    }).toEqual({ title, unknown: [], silent: [], unsaid: [], absent: [] });
  }
});
