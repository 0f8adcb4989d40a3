/** Twenty pairs of one account release at the same time, and four of them go bad: each release is that of its own pair alone. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { targetParameter } from '../../core/drivers/registration.ts';
import { chainOf } from '../../core/facts/chain.ts';
import { ledgerOf } from '../../core/facts/ledger.ts';
import { handlerFunction, NOTIFICATIONS_TOPIC, TABLE } from '../../core/names.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { aftermathOf } from '../../rehearsal/laws/aftermath.ts';
import { type Broken, brokenLaws } from '../../rehearsal/laws/laws.ts';
import { witnessOf } from '../../rehearsal/laws/witness.ts';
import { releaseId } from '../../rehearsal/scenario/acts/scene.ts';
import { withArtefact, zipOf } from '../../rehearsal/stage/artefacts.ts';
import { launchFleet } from '../../rehearsal/stage/fleet.ts';
import { readLive } from '../../rehearsal/stage/outcome.ts';
import { recordReader } from '../../rehearsal/stage/records.ts';
import { openStage, PAIR, REPOSITORY, type Stage } from '../../rehearsal/stage/stage.ts';
import { KIOSKS, synthesizeKiosks } from './fleet/kiosks.ts';
import { functions } from './functions.ts';

/** What each pair releases: the family of a service; a function has none. */
const PAIRS: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
  [PAIR]: { web: 'storefront-web', api: undefined },
  fleet: { 'web-1': 'fleet-web-1', 'api-1': undefined },
  'web-alone': { web: 'alone-web' },
  'api-alone': { api: undefined },
  shared: { shop: 'shared-shop' },
  scaled: { web: 'scaled-web' },
  ...KIOSKS,
};
const NAMES = Object.keys(PAIRS);

/** Pairs that go bad, each in its own way. Names of others begin like that of the first, and `kiosk`, which ends well, begins the names of all. */
const RED = 'kiosk-1';
const ABORTED = 'kiosk-2';
const UNPROVEN = 'kiosk-12';
const STOPPED = 'kiosk-11';
const BAD: Readonly<Record<string, string>> = {
  [RED]: 'RolledBack alarm-red',
  [ABORTED]: 'Aborted aborted',
  [UNPROVEN]: 'Rejected smoke-failed',
  [STOPPED]: 'RolledBack execution-ended',
};

/** Milliseconds between two runs of the schedule, and those before a run in which all releases are started. */
const RUN = 300_000;
const BEFORE_A_RUN = 10_000;

/** Real milliseconds for all of it, on a machine that does other things as well. */
const LONGEST = 900_000;

let stage: Stage;
let records: Readonly<Record<string, ReleaseRecord>>;
let broken: readonly Broken[];
const executions = new Map<string, string>();
const readers = new Map<string, Stage['record']>();
const recordOf = (pair: string) => readers.get(pair)!(releaseId(executions.get(pair)!));

/** Pairs whose records alarms have changed, and when the schedule ran, each time with the executions that it visited. */
const woken = new Set<string>();
const runs: { readonly at: number; readonly visited: Set<string> }[] = [];

const watchTriggers = ({ sandbox: { clock, watch } }: Stage) =>
  watch(({ principal, operation, input }) => {
    if (principal.kind !== 'role') return;
    const { Item, executionArn } = input as any;
    if (principal.session === handlerFunction('on-alarm') && operation === 'PutItem')
      woken.add(Item.pk.S);
    if (principal.session !== handlerFunction('on-schedule')) return;
    if (operation === 'Query') runs.push({ at: clock.now(), visited: new Set() });
    if (operation === 'DescribeExecution') runs.at(-1)?.visited.add(executionArn);
  });

/** Updates the functions of a pair that its release takes. */
const update = async (pair: string, ZipFile: Uint8Array): Promise<void> => {
  const { call } = stage.sandbox;
  for (const [target, family] of Object.entries(PAIRS[pair]!)) {
    if (family !== undefined) continue;
    const Name = targetParameter(pair, target);
    const { Parameter } = await call('ssm', 'GetParameter', { Name });
    const { function: FunctionName } = JSON.parse(Parameter.Value);
    await call('lambda', 'UpdateFunctionCode', { FunctionName, ZipFile });
  }
};

const start = async (pair: string): Promise<void> => {
  const targets = Object.entries(PAIRS[pair]!).map(([target, family]) => [
    target,
    family === undefined ? { version: 'latest' } : { image: `${REPOSITORY}:2.0.0` },
  ]);
  const by = { requestedBy: 'ada@example.com', reason: 'all at once' };
  executions.set(pair, await stage.start({ pair, targets: Object.fromEntries(targets), ...by }));
};

const closed = (pair: string): Promise<ReleaseRecord> =>
  stage.until(`the end of the release of ${pair}`, async () => {
    const record = await recordOf(pair);
    return record?.closed ? record : undefined;
  });

const passes = ({ clock }: Stage['sandbox'], milliseconds: number) =>
  clock.until(clock.sleep(milliseconds));

beforeAll(async () => {
  stage = await openStage({ setting: { kind: 'simulation', functions } });
  const { sandbox } = stage;
  for (const pair of ['fleet', 'shared', 'scaled']) await launchFleet(sandbox, pair, PAIR);
  const folder = mkdtempSync(join(tmpdir(), 'kiosks-'));
  synthesizeKiosks(folder);
  await sandbox.deploy(folder);
  await stage.push('2.0.0');
  const good = await withArtefact('api-function', '2.0.0', zipOf);
  const bad = await withArtefact('api-function', '2.1.0-unhealthy', zipOf);
  for (const pair of NAMES) {
    readers.set(pair, recordReader(stage, pair));
    await update(pair, pair === UNPROVEN ? bad : good);
  }
  watchTriggers(stage);
  await stage.until('a run of the schedule', async () => runs.at(-1));
  await passes(sandbox, RUN - BEFORE_A_RUN);
  const witness = witnessOf(stage);

  await Promise.all(NAMES.map(start));
  for (const pair of [RED, ABORTED, STOPPED])
    await stage.until(`the bake of ${pair}`, async () => (await recordOf(pair))?.times.held);
  await sandbox.call('cloudwatch', 'SetAlarmState', {
    AlarmName: `tandem-${RED}-api-green-errors`,
    StateValue: 'ALARM',
    StateReason: 'set by the test',
  });
  await stage.command({
    releaseId: releaseId(executions.get(ABORTED)!),
    command: 'abort',
    by: 'ada',
    reason: '',
  });
  await sandbox.call('states', 'StopExecution', { executionArn: executions.get(STOPPED)! });
  const ended = NAMES.map(async (pair) => [pair, await closed(pair)] as const);
  records = Object.fromEntries(await Promise.all(ended));
  await passes(sandbox, 12 * 60_000);
  const left = Object.entries(records).map(([name, record]) => ({
    name,
    end: record.end!,
    record,
  }));
  broken = brokenLaws(await aftermathOf(stage, left, await readLive(stage), witness));
}, LONGEST);
afterAll(() => stage.close());

/** Pairs that a text names, the longest name that fits at each place; the repository of all images is no pair. */
const namedIn = (text: string): readonly string[] => {
  const names = NAMES.toSorted((one, other) => other.length - one.length).join('|');
  const found = text.matchAll(new RegExp(`(?<![a-z0-9])(${names})(?![a-z0-9])`, 'g'));
  return [...found].map(([name]) => name);
};

describe('twenty pairs that release at the same time', () => {
  it('are twenty, and were all open when the schedule ran', () => {
    const started = Object.values(records).map(({ times }) => Date.parse(times.started));
    const first = Math.min(...Object.values(records).map(({ times }) => Date.parse(times.ended!)));

    expect(started).toHaveLength(20);
    expect(runs.filter(({ at }) => at > Math.max(...started) && at < first)).not.toEqual([]);
  });

  it('end as each of them should, and keep every law', () => {
    const ends = NAMES.map((pair) => {
      const { end, reasons } = records[pair]!;
      return [pair, [end, ...reasons.map(({ code }) => code)].join(' ')];
    });

    expect(Object.fromEntries(ends)).toEqual(
      Object.fromEntries(NAMES.map((pair) => [pair, BAD[pair] ?? 'Promoted'])),
    );
    expect(broken).toEqual([]);
  });

  it.each(NAMES)('leave %s on its own revision, with its turn free', async (pair) => {
    const revision = BAD[pair] ? '1' : '2';
    const wanted = Object.entries(PAIRS[pair]!).map(([target, family]) => [
      target,
      family === undefined ? revision : `${family}:${revision}`,
    ]);
    const Key = { pk: { S: pair }, sk: { S: 'turn' } };
    const { Item } = await stage.sandbox.call('dynamodb', 'GetItem', { TableName: TABLE, Key });
    const { owner, waiting } = unmarshall(Item).body;

    expect(await readLive({ ...stage, pair })).toMatchObject(Object.fromEntries(wanted));
    expect({ owner, waiting }).toEqual({});
  });

  it('name no other pair in a reason, a line of the ledger or a message', async () => {
    const { sandbox } = stage;
    const topic = `arn:aws:sns:${sandbox.region}:${sandbox.account}:${NOTIFICATIONS_TOPIC}`;
    const messages = sandbox.messages(topic).map(({ message }) => message);

    for (const [pair, record] of Object.entries(records)) {
      const { release, reasons } = record;
      const ledger = ledgerOf(chainOf(record.facts, await stage.facts(record)));
      const told = messages.filter((message) => message.includes(release));
      const said = [JSON.stringify(reasons), ...ledger.map(({ what }) => what), ...told];
      const named = said.map((text) => text.replaceAll(`${REPOSITORY}:`, '')).flatMap(namedIn);

      expect(told).not.toEqual([]);
      expect([...new Set(named)]).toEqual([pair]);
    }
  });

  it('are woken by their own alarms alone', () => {
    expect([...woken]).toEqual([RED]);
  });

  it('are visited by every run of the schedule while they are open', () => {
    const missed = runs.flatMap(({ at, visited }) =>
      NAMES.filter((pair) => {
        const { started, ended } = records[pair]!.times;
        const isOpen = Date.parse(started) < at && at < Date.parse(ended!);
        // The name of a recovery begins with that of its release.
        return isOpen && ![...visited].some((arn) => arn.startsWith(executions.get(pair)!));
      }).map((pair) => `${pair} at ${new Date(at).toISOString()}`),
    );

    expect(missed).toEqual([]);
  });

  it.each(['on-schedule', 'on-alarm'])('let every run of %s end in time', (name) => {
    const lines = stage.sandbox.logs(handlerFunction(name));
    const count = (word: string) => lines.filter((line) => line.startsWith(word)).length;

    expect(count('START')).toBeGreaterThan(2);
    expect(count('REPORT')).toBe(count('START'));
    expect(lines.filter((line) => /timed out|"level":"ERROR"/.test(line))).toEqual([]);
  });
});
