/** `npm run bench:judge`: how the judge decides on releases of known outcome, and the detector on metrics, beside what others do. It judges nothing itself. */
import { join } from 'node:path';
import { bundledJudge, type Judge } from '../../../backtest/bundled-judge.ts';
import { type Decided, decisionsOn } from '../../../backtest/decisions.ts';
import { type Past, readReleases } from '../../../backtest/file.ts';
import { replay } from '../../../backtest/replay.ts';
import { DEFAULT_PARAMETERS } from '../../../core/analysis/default-parameters.ts';
import { median, print, say } from '../print.ts';
import { betaQuantile } from '../statistics/beta.ts';
import { printCall } from './call.ts';
import { healthySource } from './healthy.ts';
import { kayentaStops } from './kayenta.ts';
import { isAboveMargin } from './margin.ts';
import { countsOnly, inMinutes, secondsOnly } from './minutes.ts';
import { crossValidateDetector, printNab } from './nab.ts';
import { randomFrom } from './random.ts';
import { REFERENCE } from './reference.ts';
import { crossValidateStarts } from './starts.ts';

const DATA = join(import.meta.dirname, '../../../test/data');
const HEALTHY = 1000;
const SEED = 20261126;

const kindOf = ({ scenario = '' }: Past): string => scenario;

const groupsOf = <T>(all: readonly T[], nameOf: (one: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(nameOf(one), [...(groups.get(nameOf(one)) ?? []), one]);
  return groups;
};

const stopped = (decided: readonly Decided[]) =>
  decided.filter(({ second }) => second !== null) as (Decided & { second: number })[];

/** Failed requests of green until the decision. */
const failedUntil = ({ past, second }: Decided): number =>
  past.trace.ec
    .slice(0, second === null ? undefined : Math.ceil(second / past.lengths.counts))
    .reduce((sum, count) => sum + count, 0);

const figures = (decided: readonly Decided[]) => {
  const hits = stopped(decided);
  return hits.length === 0
    ? ['–', '–', '–']
    : [
        `${median(hits.map(({ second }) => second))} s`,
        String(median(hits.map(({ canaryRequests }) => canaryRequests))),
        String(median(hits.map(failedUntil))),
      ];
};

const decidedOn = async (pasts: readonly Past[], judge: Judge): Promise<Decided[]> => {
  const all: Decided[] = [];
  for await (const decided of decisionsOn(pasts, judge)) all.push(decided);
  return all;
};

/** The label of a kind; where only latency is worse, and by less than counts, that is said. */
const labelOf = (kind: string, all: readonly Decided[]): string => {
  const label = all[0]!.past.label ?? '';
  const isLatency = label === 'bad' && kind.startsWith('lat');
  return isLatency && isAboveMargin(all.map(({ past }) => past)) === false ? BELOW : label;
};

/** What is said of latency that is worse by less than the policy counts. */
const BELOW = 'below the margin: not counted as worse';

const printTraces = async (title: string, pasts: readonly Past[], judge: Judge): Promise<void> => {
  const all = await decidedOn(pasts, judge);
  const decided = groupsOf(all, ({ past }) => kindOf(past));
  const rows = [...decided].map(([kind, all]) => [
    kind,
    labelOf(kind, all),
    `${stopped(all).length} of ${all.length}`,
    ...figures(all),
    `${all.filter(({ past }) => kayentaStops(past)).length} of ${all.length}`,
    ...(REFERENCE[kind] ?? ['', '', '', '']),
  ]);
  print(
    title,
    [
      ...['', 'is', 'stopped', 'median', 'requests', 'failed', 'Kayenta at the end'],
      ...['seed', 'Flagger', 'Kayenta', 'E60'],
    ],
    rows,
  );
};

const printHealthy = (good: ReadonlyMap<string, readonly Past[]>): void => {
  const random = randomFrom(SEED);
  const perKind = Math.ceil(HEALTHY / good.size);
  const rows = [...good].map(([kind, pasts]) => {
    const next = healthySource(
      { traces: pasts.map(({ trace }) => trace), isCold: kind.includes('cold') },
      random,
    );
    const { lengths } = pasts[0]!;
    let stops = 0;
    for (let i = 0; i < perKind; i += 1)
      if (replay(next(), lengths, DEFAULT_PARAMETERS).second !== null) stops += 1;
    return { kind, stops };
  });
  const all = perKind * rows.length;
  const stops = rows.reduce((sum, row) => sum + row.stops, 0);
  const upper = betaQuantile(stops + 1, all - stops, 0.95);
  print(
    `Healthy traces drawn from those of the file (seed ${SEED}): ${stops} of ${all} stopped, at most ${(upper * 100).toFixed(2)} % (95 %). The bound that is proven while odds stay within the margin: ${DEFAULT_PARAMETERS.falseAborts * 100} %; a cold start is not within it.`,
    ['', 'drawn', 'stopped'],
    rows.map(({ kind, stops }) => [kind, String(perKind), String(stops)]),
  );
};

const printHistories = async (pasts: readonly Past[], judge: Judge): Promise<void> => {
  const all = await decidedOn(pasts, judge);
  const groups = groupsOf(all, ({ past }) => String(past.service));
  const row = (name: string, all: readonly Decided[]) => {
    const of = (label: string) => all.filter(({ past }) => past.label === label);
    const [bad, good] = [of('bad'), of('good')];
    return [
      name,
      `${stopped(bad).length} of ${bad.length}`,
      `${stopped(good).length} of ${good.length}`,
      ...figures(bad),
    ];
  };
  print(
    'Releases of services whose past is known, with what was learned of their starts',
    ['service', 'bad stopped', 'good stopped', 'median', 'requests', 'failed'],
    [...[...groups].map(([name, all]) => row(name, all)), row('all', all)],
  );
};

const HISTORY = join(DATA, 'release_history_dev.jsonl.gz');

/** Prints all tables, or how settings were chosen. */
export const main = async (args: readonly string[]): Promise<void> => {
  if (args.includes('--cross-validate')) {
    crossValidateStarts(await readReleases(HISTORY));
    await crossValidateDetector();
    return;
  }
  const traces = await readReleases(join(DATA, 'canary_traces_dev.jsonl.gz'));
  const judge = await bundledJudge();
  await printTraces('Every second, latency every five seconds', traces, judge);
  await printTraces('Every minute, as CloudWatch has it', traces.map(inMinutes), judge);
  await printTraces('Every minute, nothing of latency', traces.map(countsOnly), judge);
  await printTraces('Every second, nothing of latency', traces.map(secondsOnly), judge);
  say();
  printHealthy(
    groupsOf(
      traces.filter(({ label }) => label === 'good'),
      kindOf,
    ),
  );
  await printHistories(await readReleases(HISTORY), judge);
  await printCall(judge);
  await printNab();
};

if (import.meta.main) await main(process.argv.slice(2));
