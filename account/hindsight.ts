/** Judges the past releases of an account again: by the policy of today, and by a changed one. */
import { type Compared, comparedOf } from '../core/history/hindsight.ts';
import { inOrder, isReplayable, type KeptRelease, replayed } from '../core/history/replay.ts';
import type { ReleaseRecord } from '../core/record/record.ts';
import type { JudgeSettings } from '../core/release/judge-settings.ts';
import type { Account } from './account.ts';
import { figuresReader, settingsReader } from './kept-figures.ts';
import { recordsOf } from './records.ts';

/** How a pair judges today, and how it would. */
interface Policies {
  readonly today: JudgeSettings;
  readonly changed: JudgeSettings | undefined;
}

/** What both policies make of past releases. */
export interface Hindsight {
  /** The policies of each pair, by its name. */
  readonly policies: ReadonlyMap<string, Policies>;
  /** The newest first. */
  readonly releases: readonly Compared[];
  /** Whether there are older ones. */
  readonly more: boolean;
  /** Keys of items that another version of Tandem wrote. */
  readonly unreadable: readonly string[];
}

/** Every release with what both policies make of it, the newest first. */
const compared = (
  pasts: readonly KeptRelease[],
  all: readonly ReleaseRecord[],
  policiesOf: (pair: string) => Policies,
): readonly Compared[] =>
  inOrder(pasts)
    .map(({ profiles, ...past }) => {
      const { today, changed } = policiesOf(past.record.pair);
      const by = (policy: JudgeSettings) => replayed(past, policy, profiles);
      return comparedOf(past.record, all, by(today), changed && by(changed));
    })
    .reverse();

/** Judges the newest releases of a pair, or of all pairs, again; `change` makes the changed policy out of that of today. */
export const hindsightOf = async (
  account: Account,
  pair: string | undefined,
  most: number | undefined,
  change?: (today: JudgeSettings) => JudgeSettings,
): Promise<Hindsight> => {
  const { releases, unreadable, more } = await recordsOf(account).list(pair, most);
  const figuresOf = figuresReader(account);
  const found = await Promise.all(
    releases
      .filter(isReplayable)
      .map(async (record) => ({ record, figures: await figuresOf(record) })),
  );
  const pasts = found.flatMap(({ record, figures }): KeptRelease[] =>
    figures === undefined || figures === 'unreadable' ? [] : [{ record, figures }],
  );
  const strange = found.flatMap(({ record, figures }) =>
    figures === 'unreadable' ? [`evidence#${record.release}`] : [],
  );

  const settingsOf = settingsReader(account);
  const policies = new Map<string, Policies>();
  for (const { record } of pasts) {
    if (policies.has(record.pair)) continue;
    // A pair that is gone judged as its newest release did.
    const today = (await settingsOf(record.pair)) ?? record.policy.judgement;
    policies.set(record.pair, { today, changed: change?.(today) });
  }
  return {
    policies,
    releases: compared(pasts, releases, (name) => policies.get(name)!),
    more,
    unreadable: [...unreadable, ...strange],
  };
};
