import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { UsedPermission } from 'tandem-sandbox';
import { chainOf } from '../../core/facts/chain.ts';
import { type LedgerLine, ledgerOf } from '../../core/facts/ledger.ts';
import { TABLE } from '../../core/names.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { readLive } from '../stage/outcome.ts';
import { type Ended, openStage, type Stage, type StageOptions } from '../stage/stage.ts';
import { watchEdits } from './facts-broken.ts';
import { protocolBroken, watchDeeds, watchTold } from './invariants.ts';
import { playOn, type Told } from './play.ts';
import { register } from './registrations.ts';
import type { Scenario } from './scenario.ts';

/** What became of one release of a scenario. */
export interface Finished {
  readonly name: string;
  readonly end: string;
  readonly cause: string;
  /** Start of its execution in service milliseconds since 1970. */
  readonly startedAt: number;
  readonly record: ReleaseRecord | undefined;
  /** Its ledger until its end. */
  readonly ledger: readonly LedgerLine[];
}

/** What a scenario showed, and everything that was not as it should be. */
export interface ScenarioResult {
  readonly releases: readonly Finished[];
  readonly live: Readonly<Record<string, string>>;
  /** What the scenario itself did, in its order. */
  readonly told: readonly Told[];
  /** Empty when all is as expected; else a sentence for each thing that is not. */
  readonly problems: readonly string[];
  /** What each role really used. */
  readonly used: readonly UsedPermission[];
}

/** Service minutes in which everything must have settled once the last release has ended. */
const SETTLING_MINUTES = 12;

const SUCCEEDING = ['Promoted', 'Unchanged', 'Superseded'];
const DOCUMENTED = [...SUCCEEDING, 'Rejected', 'RolledBack', 'Aborted', 'NeedsAttention'];

/** The end of a release that has no record: it was refused, or the table was restored to a moment before it. */
const endWithoutRecord = ({ error, status, output = '{}' }: Ended): string =>
  error ?? JSON.parse(output).end ?? status;

const finish = async (stage: Stage, name: string, arn: string): Promise<Finished> => {
  const ended: Ended = await stage.ended(arn);
  const release = arn.slice(arn.lastIndexOf(':') + 1);
  // An execution may be stopped or fail; the release then ends by its recovery, some minutes later.
  const record = await stage.record(release);
  const settled = record
    ? await stage.until(
        `the end of release ${name}`,
        async () => {
          const now = await stage.record(release);
          return now?.end ? now : undefined;
        },
        180,
      )
    : undefined;
  return {
    name,
    end: settled?.end ?? (ended.error === 'Rejected' ? 'Refused' : endWithoutRecord(ended)),
    cause: ended.cause ?? '',
    startedAt: ended.startedAt,
    record: settled,
    ledger: settled ? ledgerOf(chainOf(settled.facts, await stage.facts(settled))) : [],
  };
};

/** Releases of a pair that had deployments at the same time: the turn was not theirs alone. */
const movedTogether = (releases: readonly Finished[]): readonly string[] => {
  const moves = releases.flatMap(({ name, record }) => {
    const launched = Object.values(record?.targets ?? {}).flatMap((one) => one.launched ?? []);
    const ended = record?.times.ended;
    return launched.length > 0 && ended ? [{ name, from: launched.sort()[0]!, to: ended }] : [];
  });
  return moves.flatMap((one) =>
    moves
      .filter((other) => one.name < other.name && one.from < other.to && other.from < one.to)
      .map((other) => `releases ${one.name} and ${other.name} moved the pair at the same time`),
  );
};

/** Laws that hold after every scenario, whatever happened in it. */
const lawsBroken = async (
  stage: Stage,
  releases: readonly Finished[],
  live: Readonly<Record<string, string>>,
): Promise<readonly string[]> => {
  const problems: string[] = [];
  for (const { name, end, record } of releases) {
    if (end !== 'Refused' && !DOCUMENTED.includes(end)) {
      problems.push(`release ${name} ended ${end}, which is no documented end`);
    }
    if (record && end !== 'Promoted' && record.reasons.length === 0) {
      problems.push(`release ${name} ended ${end} without a reason`);
    }
  }
  problems.push(...movedTogether(releases));
  const last = releases.findLast(({ record }) =>
    Object.values(record?.targets ?? {}).some(({ forward }) => forward !== undefined),
  );
  const promoted = releases.findLast(({ end }) => end === 'Promoted');
  if (last?.record && last.end !== 'NeedsAttention') {
    const through = last.end === 'Promoted' ? last : promoted;
    for (const { name, from, to, forward } of Object.values(last.record.targets)) {
      const wanted = last.end === 'Promoted' ? to : from;
      // What was never deployed to is as others left it.
      if (forward === undefined || !wanted || live[name] === wanted.name) continue;
      if (through && live[name] === through.record?.targets[name]?.to?.name) continue;
      problems.push(
        `${name} serves ${live[name]}, but after ${last.end} it should serve ${wanted.name}`,
      );
    }
  }
  const { Item } = await stage.sandbox.call('dynamodb', 'GetItem', {
    TableName: TABLE,
    Key: { pk: { S: stage.pair }, sk: { S: 'turn' } },
  });
  const { owner, waiting } = Item ? unmarshall(Item).body : {};
  if (owner) problems.push(`the turn of the pair is still held by ${owner.release}`);
  if (waiting) problems.push(`${waiting.release} still waits for its turn`);
  for (const { record } of releases) {
    const closed = record === undefined || (await stage.record(record.release))?.closed;
    if (!closed) problems.push(`${record.release} is still listed as open`);
  }
  return problems;
};

const unexpected = (
  { expect }: Scenario,
  releases: readonly Finished[],
  live: Readonly<Record<string, string>>,
): readonly string[] => {
  const problems: string[] = [];
  for (const { release, end, reasons, says, badSign } of expect.releases) {
    const found = releases.find(({ name }) => name === release);
    if (!found) {
      problems.push(`no release ${release} was started`);
      continue;
    }
    const codes = found.record?.reasons.map(({ code }) => code) ?? [];
    const told =
      found.record?.reasons.flatMap(({ text, run = [] }) => [text, ...run]).join(' ') ?? '';
    if (found.end !== end) {
      problems.push(
        `release ${release} ended ${found.end} instead of ${end}: ${told || found.cause}`,
      );
    }
    for (const code of reasons) {
      const named = codes.includes(code) || found.cause.includes(`(${code})`);
      if (!named)
        problems.push(
          `release ${release} does not give ${code} as a reason: ${codes.join(', ')} ${found.cause}`,
        );
    }
    const ledger = found.ledger.map(({ what }) => what).join(' ');
    if (says && !`${told} ${found.cause} ${ledger}`.includes(says)) {
      problems.push(`release ${release} does not say "${says}": ${told} ${found.cause} ${ledger}`);
    }
    const sign = found.record?.times.firstBadSign;
    if (badSign !== undefined && badSign !== (sign !== undefined))
      problems.push(`release ${release} recorded ${sign ?? 'nothing'} as its first bad sign`);
  }
  for (const [target, place] of Object.entries(expect.live ?? {})) {
    if (live[target] !== place)
      problems.push(`${target} serves ${live[target]} instead of ${place}`);
  }
  for (const [end, count] of Object.entries(expect.counts ?? {})) {
    const found = releases.filter((one) => one.end === end).length;
    if (found !== count) problems.push(`${found} releases ended ${end} instead of ${count}`);
  }
  if (expect.started !== undefined && releases.length !== expect.started) {
    problems.push(`${releases.length} releases were started instead of ${expect.started}`);
  }
  return problems;
};

/** Gives the pair the settings that the scenario wants. */
const configure = async (stage: Stage, { settings }: Scenario): Promise<void> => {
  const { join, tags, policy, targets = {} } = settings;
  await stage.settings((found) => ({
    ...found,
    ...(tags === undefined ? {} : { tags: tags ?? undefined }),
    ...(join ? { join } : {}),
    policy: { ...found.policy, ...policy },
  }));
  for (const [target, members] of Object.entries(targets)) {
    await register(stage, target, members);
  }
};

/** Whether an execution carries on a release that another one has begun. */
const carriesOn = async ({ sandbox: { call } }: Stage, executionArn: string): Promise<boolean> => {
  const { input } = await call('states', 'DescribeExecution', { executionArn });
  return JSON.parse(input)?.recover !== undefined;
};

/** Plays a scenario on a stage of its own and says what came of it. */
export const runScenario = async (
  scenario: Scenario,
  options: StageOptions = { setting: { kind: 'simulation' } },
): Promise<ScenarioResult> => {
  const stage = await openStage({ ...options, pair: scenario.pair });
  const { play, state } = playOn(stage);
  try {
    await configure(stage, scenario);
    const deeds = watchDeeds(stage);
    const told = watchTold(stage);
    const edited = watchEdits(stage);
    await play(scenario.steps);
    const known = new Set(state.executions.values());
    for (const { arn, name } of await stage.executions()) {
      if (!known.has(arn) && !(await carriesOn(stage, arn))) state.executions.set(name, arn);
    }
    const releases: Finished[] = [];
    for (const [name, arn] of state.executions) releases.push(await finish(stage, name, arn));
    const found = await state.stop();
    await stage.sandbox.clock.until(stage.sandbox.clock.sleep(SETTLING_MINUTES * 60_000));
    const live = await readLive(stage);
    const unhit = [...state.faults]
      .filter(([, hits]) => hits() === 0)
      .map(([name]) => `the fault "${name}" was never hit: the scenario proves nothing`);
    return {
      releases,
      live,
      told: state.told,
      used: stage.sandbox.used(),
      problems: [
        ...unexpected(scenario, releases, live),
        ...(await lawsBroken(stage, releases, live)),
        ...(await protocolBroken(
          stage,
          releases.flatMap(({ record }) => record ?? []),
          deeds,
          told,
          edited,
        )),
        ...state.failures,
        ...unhit,
        ...found,
      ],
    };
  } finally {
    await state.stop();
    await stage.close();
  }
};
