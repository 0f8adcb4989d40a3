import type { UsedPermission } from 'tandem-sandbox';
import { chainOf, type Link } from '../../core/facts/chain.ts';
import { type LedgerLine, ledgerOf } from '../../core/facts/ledger.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { aftermathOf } from '../laws/aftermath.ts';
import { type Broken, brokenLaws } from '../laws/laws.ts';
import { witnessOf } from '../laws/witness.ts';
import { readLive } from '../stage/outcome.ts';
import { type Ended, openStage, type Stage, type StageOptions } from '../stage/stage.ts';
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
  /** Its facts until its end, and its ledger, which people read. */
  readonly facts: readonly Link[];
  readonly ledger: readonly LedgerLine[];
}

/** What a scenario showed, and everything that was not as it should be. */
export interface ScenarioResult {
  readonly releases: readonly Finished[];
  readonly live: Readonly<Record<string, string>>;
  /** What the scenario itself did, in its order. */
  readonly told: readonly Told[];
  /** Laws that were broken. */
  readonly broken: readonly Broken[];
  /** Names of the faults that hit a call, and of the attempts of which all steps were taken. */
  readonly happened: readonly string[];
  /** Empty when all is as expected; else a sentence for each thing that is not, broken laws among them. */
  readonly problems: readonly string[];
  /** What each role really used. */
  readonly used: readonly UsedPermission[];
}

/** Service minutes in which everything must have settled once the last release has ended. */
const SETTLING_MINUTES = 12;

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
  const facts = settled ? chainOf(settled.facts, await stage.facts(settled)) : [];
  return {
    name,
    end: settled?.end ?? (ended.error === 'Rejected' ? 'Refused' : endWithoutRecord(ended)),
    cause: ended.cause ?? '',
    startedAt: ended.startedAt,
    record: settled,
    facts,
    ledger: ledgerOf(facts),
  };
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

/** Plays a scenario on a stage of its own, which `open` opens, and says what came of it. */
export const runScenario = async (
  scenario: Scenario,
  options: StageOptions = { setting: { kind: 'simulation' } },
  open: typeof openStage = openStage,
): Promise<ScenarioResult> => {
  const stage = await open({ ...options, pair: scenario.pair });
  const { play, state } = playOn(stage);
  try {
    await configure(stage, scenario);
    const witness = witnessOf(stage);
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
    const broken = brokenLaws(await aftermathOf(stage, releases, live, witness));
    return {
      releases,
      live,
      broken,
      happened: [
        ...[...state.faults].flatMap(([name, hits]) => (hits() > 0 ? [name] : [])),
        ...state.taken,
      ],
      told: state.told,
      used: stage.sandbox.used(),
      problems: [
        ...unexpected(scenario, releases, live),
        ...broken.map(({ text }) => text),
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
