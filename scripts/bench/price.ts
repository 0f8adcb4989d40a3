/** What AWS charges for the calls of one promoted release: counted in a simulation, with users on both versions. */
import { HANDLERS, type HandlerName } from '../../infra/handlers.ts';
import { outcomeOf } from '../../rehearsal/stage/outcome.ts';
import { openStage, PAIR, REPOSITORY, type Stage } from '../../rehearsal/stage/stage.ts';
import { sendRequests } from './requests.ts';

/**
 * List prices in US dollars of us-east-1, without the free tier, of Step Functions (state transitions), Lambda (arm64),
 * DynamoDB (on demand, since November 2024) and CloudWatch, as AWS's pricing pages are known to name them. They were not
 * read on the day of a run: compare releases by them, and look up what an account pays.
 */
const PRICES = {
  transition: 0.025 / 1000,
  invocation: 0.2 / 1_000_000,
  gigabyteSecond: 0.0000133334,
  writeUnit: 0.625 / 1_000_000,
  readUnit: 0.125 / 1_000_000,
  cloudwatchCall: 0.01 / 1000,
  metric: 0.01 / 1000,
  gigabyteOfLogs: 0.5,
} as const;

/** Assumed, since no simulation tells it: seconds of an invocation, and gigabytes of its log. */
const SECONDS = 0.5;
const LOG = 1e-6;

/** Milliseconds for which users are there before the release, so that blue's latency is known. */
const BEFORE = 60 * 60_000;

/** Functions that run whether or not there is a release. */
const ALWAYS = ['on-schedule'];

export interface Counts {
  transitions: number;
  invocations: number;
  /** Seconds times gigabytes of memory, by the seconds that are assumed. */
  gigabyteSeconds: number;
  writeUnits: number;
  readUnits: number;
  /** Calls that read alarms or their history, and metrics that are read. */
  alarmCalls: number;
  metrics: number;
}

/** A line of the bill: what was counted, and its price in dollars. */
export interface Item {
  readonly what: string;
  readonly count: number;
  readonly dollars: number;
}

/** What these counts cost, item by item. */
export const priced = (counts: Counts): readonly Item[] => [
  {
    what: 'state transitions',
    count: counts.transitions,
    dollars: counts.transitions * PRICES.transition,
  },
  {
    what: 'invocations of functions',
    count: counts.invocations,
    dollars:
      counts.invocations * PRICES.invocation + counts.gigabyteSeconds * PRICES.gigabyteSecond,
  },
  {
    what: 'units written to the table',
    count: counts.writeUnits,
    dollars: counts.writeUnits * PRICES.writeUnit,
  },
  {
    what: 'units read from the table',
    count: counts.readUnits,
    dollars: counts.readUnits * PRICES.readUnit,
  },
  {
    what: 'calls that read alarms',
    count: counts.alarmCalls,
    dollars: counts.alarmCalls * PRICES.cloudwatchCall,
  },
  {
    what: 'metrics that green is judged by',
    count: counts.metrics,
    dollars: counts.metrics * PRICES.metric,
  },
  {
    what: 'logs, in KB',
    count: counts.invocations,
    dollars: counts.invocations * LOG * PRICES.gigabyteOfLogs,
  },
];

/** Units of an item of the table: for each kilobyte that is written, or for each four that are read. */
const units = (item: unknown, kilobytes: number): number =>
  Math.ceil(JSON.stringify(item ?? {}).length / (kilobytes * 1024));

const FUNCTION = /(?:tandem-|CodeDeployHook_tandem_)([\w-]+)$/;

/** The handler of the function that an Invoke names; undefined of any other function. */
const invoked = ({ FunctionName = '' }: { readonly FunctionName?: string }) => {
  const name = FUNCTION.exec(FunctionName)?.[1];
  return name && Object.hasOwn(HANDLERS, name) ? (name as HandlerName) : undefined;
};

const ROLE = /:role\/(?:.*\/)?tandem-([\w-]+?)-us-east-1$/;

/** Counts what is charged, from now on. */
const count = (stage: Stage): { readonly counts: Counts; stop(): void } => {
  const counts: Counts = {
    transitions: 0,
    invocations: 0,
    gigabyteSeconds: 0,
    writeUnits: 0,
    readUnits: 0,
    alarmCalls: 0,
    metrics: 0,
  };
  const written = new Map<string, unknown>();
  const stop = stage.sandbox.watch(({ service, operation, input, principal }, outcome) => {
    const called = `${service}.${operation}`;
    const given = input as Record<string, never>;
    if (called === 'lambda.Invoke') {
      const name = invoked(given);
      if (name === undefined || ALWAYS.includes(name)) return;
      counts.invocations += 1;
      counts.gigabyteSeconds += (SECONDS * HANDLERS[name].memory) / 1024;
      return;
    }
    const role = principal.kind === 'role' ? ROLE.exec(principal.arn)?.[1] : undefined;
    if (role === undefined || !Object.hasOwn(HANDLERS, role) || ALWAYS.includes(role)) return;
    const { Item, Key, MetricDataQueries } = given;
    const { Item: read, Items: found } = ('answer' in outcome ? (outcome.answer ?? {}) : {}) as {
      Item?: unknown;
      Items?: readonly unknown[];
    };
    const keyOf = ({ pk, sk }: { pk: unknown; sk: unknown }) => JSON.stringify([pk, sk]);
    if (called === 'dynamodb.PutItem') {
      written.set(keyOf(Item!), Item);
      counts.writeUnits += units(Item, 1);
    }
    if (called === 'dynamodb.UpdateItem') counts.writeUnits += units(written.get(keyOf(Key!)), 1);
    if (called === 'dynamodb.GetItem')
      counts.readUnits += units(read, 4) * (given.ConsistentRead ? 1 : 0.5);
    if (called === 'dynamodb.Query') counts.readUnits += units(found, 4) * 0.5;
    if (called.startsWith('cloudwatch.DescribeAlarm')) counts.alarmCalls += 1;
    if (called === 'cloudwatch.GetMetricData')
      counts.metrics += (MetricDataQueries as unknown as readonly unknown[]).length;
  });
  return { counts, stop };
};

/** Plays one good release with users, 5 minutes each of canary, bake and guard, and counts what AWS would charge for. */
export const measurePrice = async (): Promise<Counts> => {
  const stage = await openStage({ setting: { kind: 'simulation' } });
  const { clock } = stage.sandbox;
  const version = '2.0.0';
  const users = [stage.web, stage.api].map((url) => sendRequests(stage, url));
  try {
    await stage.settings((settings) => ({ ...settings, join: 'manual' }));
    await stage.push(version);
    await stage.update(version);
    await clock.until(clock.sleep(BEFORE));
    const { counts, stop } = count(stage);
    const arn = await stage.start({
      pair: PAIR,
      targets: { web: { image: `${REPOSITORY}:${version}` }, api: { version: 'latest' } },
      requestedBy: 'bench',
    });
    const ended = await stage.ended(arn);
    const { end, transitions } = await outcomeOf(stage, arn, ended, 0);
    stop();
    if (end !== 'Promoted') throw new Error(`the release ended ${end}, not Promoted`);
    return { ...counts, transitions };
  } finally {
    for (const { stop } of users) stop();
    await stage.close();
  }
};
