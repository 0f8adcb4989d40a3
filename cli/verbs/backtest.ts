/** `tandem backtest [pair]`: what another policy would have done with the releases of the past. */

import { Command } from 'commander';
import type { JudgeSettings } from '../../core/release/judge-settings.ts';
import type { ChangeOptions } from '../changed-judgement.ts';
import { JSON_ONLY } from '../option-texts.ts';
import { collected, limitOf } from '../options.ts';

/** What a person wants to see of the past. */
export interface BacktestOptions extends ChangeOptions {
  readonly all?: boolean;
  /** At most so many, the newest. */
  readonly limit: number;
  readonly json?: boolean;
}

/** Prints what the judge says of past releases by the policy of today, and by a changed one. @internal */
export const backtest = async (
  pair: string | undefined,
  options: BacktestOptions,
): Promise<void> => {
  const { changedJudgement, changesOf } = await import('../changed-judgement.ts');
  const changes = await changesOf(options);
  const { openNamedAccount } = await import('../named-account.ts');
  const { hindsightOf } = await import('../../account/hindsight.ts');
  const { backtestLines } = await import('../backtest-words.ts');
  const { hindsight } = await import('../../core/history/hindsight.ts');
  const account = await openNamedAccount();
  const complain = (text: string) => process.stderr.write(`${text}\n`);
  const most = options.all ? undefined : options.limit;
  const change = changes && ((today: JudgeSettings) => changedJudgement(today, changes));
  const { releases, policies, unreadable, more } = await hindsightOf(account, pair, most, change);
  for (const key of unreadable) complain(`${key} is left out: another version of Tandem wrote it.`);

  if (options.json) {
    const document = {
      policies: Object.fromEntries(policies),
      releases,
      summary: hindsight(releases),
    };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    return;
  }
  if (releases.length === 0) {
    const whose = pair ? ` of ${pair}` : '';
    process.stdout.write(`No release${whose} has figures yet in ${account.place}.\n`);
    return;
  }
  for (const line of backtestLines(releases)) process.stdout.write(`${line}\n`);
  if (more) complain('Older ones are left out; --limit or --all judges them too.');
};

/** `tandem backtest [pair]`. */
export const backtestVerb = () =>
  new Command('backtest')
    .description('judges past releases again, by the policy of today and by a changed one')
    .argument('[pair]', 'name of the pair (default: all)')
    .option('--policy <file>', 'JSON with the members of judgement that change')
    .option('--set <member=value>', 'changes one of them, e.g. margin=1.5 (repeatable)', collected)
    .option('--limit <count>', 'at most this many, the newest', limitOf, 50)
    .option('--all', 'all of them, not only the newest')
    .option('--json', JSON_ONLY)
    .action(backtest);
