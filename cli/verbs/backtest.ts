/** `tandem backtest [pair]`: what another policy would have done with the releases of the past. */

import { openAccount } from '../../account/account.ts';
import { evidenceReader, judgementReader } from '../../account/evidence.ts';
import { recordsOf } from '../../account/records.ts';
import { type Compared, comparedOf, hindsight } from '../../core/history/hindsight.ts';
import { inOrder, isReplayable, type Past, replayed } from '../../core/history/replay.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import type { JudgementPolicy } from '../../core/release/judge-settings.ts';
import { backtestLines } from '../backtest-words.ts';
import { type ChangeOptions, changedJudgement, changesOf } from '../changed-judgement.ts';

/** What a person wants to see of the past. */
export interface BacktestOptions extends ChangeOptions {
  readonly all?: boolean;
  /** At most so many, the newest. */
  readonly limit: number;
  readonly json?: boolean;
}

/** How a pair judges today, and how it would. */
interface Policies {
  readonly today: JudgementPolicy;
  readonly changed: JudgementPolicy | undefined;
}

/** Every release with what both policies make of it, the newest first. */
const compared = (
  pasts: readonly Past[],
  all: readonly ReleaseRecord[],
  policiesOf: (pair: string) => Policies,
): readonly Compared[] =>
  inOrder(pasts)
    .map(({ profiles, ...past }) => {
      const { today, changed } = policiesOf(past.record.pair);
      const by = (policy: JudgementPolicy) => replayed(past, policy, profiles);
      return comparedOf(past.record, all, by(today), changed && by(changed));
    })
    .reverse();

/** Prints what the judge says of past releases by the policy of today, and by a changed one. */
export const backtest = async (
  pair: string | undefined,
  options: BacktestOptions,
): Promise<void> => {
  const changes = await changesOf(options);
  const account = await openAccount();
  const complain = (text: string) => process.stderr.write(`${text}\n`);
  const { releases, unreadable, more } = await recordsOf(account).list(
    pair,
    options.all ? undefined : options.limit,
  );
  const evidenceOf = evidenceReader(account);
  const found = await Promise.all(
    releases
      .filter(isReplayable)
      .map(async (record) => ({ record, evidence: await evidenceOf(record) })),
  );
  const pasts = found.flatMap(({ record, evidence }): Past[] =>
    evidence === undefined || evidence === 'unreadable' ? [] : [{ record, evidence }],
  );
  const strange = found.flatMap(({ record, evidence }) =>
    evidence === 'unreadable' ? [`evidence#${record.release}`] : [],
  );
  for (const key of [...unreadable, ...strange])
    complain(`${key} is left out: another version of Tandem wrote it.`);

  const judgementOf = judgementReader(account);
  const policies = new Map<string, Policies>();
  for (const { record } of pasts) {
    if (policies.has(record.pair)) continue;
    // A pair that is gone judged as its newest release did.
    const today = (await judgementOf(record.pair)) ?? record.policy.judgement;
    policies.set(record.pair, { today, changed: changes && changedJudgement(today, changes) });
  }
  const all = compared(pasts, releases, (name) => policies.get(name)!);

  if (options.json) {
    const document = {
      policies: Object.fromEntries(policies),
      releases: all,
      summary: hindsight(all),
    };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    return;
  }
  if (all.length === 0) {
    const whose = pair ? ` of ${pair}` : '';
    process.stdout.write(`No release${whose} has figures yet in ${account.place}.\n`);
    return;
  }
  for (const line of backtestLines(all)) process.stdout.write(`${line}\n`);
  if (more) complain('Older ones are left out; --limit or --all judges them too.');
};
