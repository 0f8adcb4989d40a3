/** `tandem replay [release]`: decides a release again from its facts, or shows it as it was at a moment. */

import { Command } from 'commander';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { styled, terminalOn } from '../../rehearsal/terminal/terminal.ts';
import { labelled } from '../../rehearsal/terminal/wrap.ts';
import { JSON_ONLY, NEWEST, NEWEST_OF } from '../option-texts.ts';
import { type AtTime, atTimeOf } from '../options.ts';

/** Exit code where something else follows from the facts than was decided. */
const DIFFERS = 10;

/** What a person wants to see of a release. */
interface ReplayOptions {
  readonly pair?: string;
  /** A moment, on the release's own clock or in UTC. */
  readonly at?: AtTime;
  readonly json?: boolean;
}

/** Prints how a release stood at a moment, and its ledger until then. */
const showThen = async (
  record: ReleaseRecord,
  lines: readonly string[],
  moment: number,
  json: boolean,
  print: (line?: string) => void,
): Promise<void> => {
  const { chainOf, until } = await import('../../core/facts/chain.ts');
  const { ledgerOf } = await import('../../core/facts/ledger.ts');
  const { readRecord } = await import('../../core/record/read-record.ts');
  const { documentOf } = await import('../../core/views/document.ts');
  const status = await import('../status.ts');
  const { width } = terminalOn(process.stdout);
  const { facts, folded } = until(chainOf(record.facts, lines), moment);
  if (!folded) throw new Error(`Release ${record.release} had not been started then`);
  const then = readRecord(folded);
  const ledger = ledgerOf(facts);
  const over = status.endedByText(then, moment);
  if (json) {
    if (over) process.stderr.write(`${over}\n`);
    print(JSON.stringify(documentOf(then, ledger), null, 2));
    return;
  }
  for (const line of status.titleLines(then)) print(line);
  print();
  if (over) for (const line of labelled('  ', over, width)) print(line);
  const shown = then.end
    ? status.endLines(then, then.end, width)
    : status.statusLines(then, moment, {}, width);
  for (const line of shown) print(line);
  print();
  for (const entry of ledger)
    for (const line of status.ledgerLines(then, entry, width)) print(line);
};

/** Decides everything again, and prints what differs. */
const decideAgain = async (
  record: ReleaseRecord,
  lines: readonly string[],
  bases: readonly string[],
  json: boolean,
  print: (line?: string) => void,
): Promise<void> => {
  const { chainOf } = await import('../../core/facts/chain.ts');
  const { changedByHand, replayed } = await import('../../core/protocol/replay.ts');
  const { clockText } = await import('../../core/text/durations.ts');
  const { toMilliseconds } = await import('../../core/text/time.ts');
  const { width } = terminalOn(process.stdout);
  const facts = chainOf(record.facts, lines);
  const decisions = replayed(facts, bases);
  const different = decisions.filter(({ same }) => !same);
  const byHand = changedByHand(record, facts);
  if (different.length > 0 || byHand.length > 0) process.exitCode = DIFFERS;
  if (json) {
    const { release, pair } = record;
    print(
      JSON.stringify({ release, pair, facts: facts.length, decisions, different, byHand }, null, 2),
    );
    return;
  }
  print(styled('bold', `${record.release} of ${record.pair}: ${facts.length} facts`));
  for (const { n, at, was, now, different: members } of different) {
    const clock = clockText(toMilliseconds(at) - toMilliseconds(record.times.started));
    const text =
      was === now
        ? `${was} again, but the record after it differs in ${members.join(', ')}`
        : `was ${was}, is ${now} now`;
    for (const line of labelled(`  ${styled('yellow', '✖')} ${clock}  fact ${n}  `, text, width))
      print(line);
  }
  if (byHand.length > 0) {
    const text = `the record was changed by hand: ${byHand.join(', ')}`;
    for (const line of labelled(`  ${styled('yellow', '✖')} `, text, width)) print(line);
  }
  const same = `${decisions.length - different.length} of ${decisions.length} decisions`;
  print(`  ${same} follow from the facts that were known then, with this version of Tandem.`);
  const reworded = decisions.filter((one) => one.same && one.reworded.length > 0).length;
  if (reworded > 0) print(`  In ${reworded} of them this version says the same in other words.`);
  const judged = decisions.filter((one) => one.judged).length;
  if (judged > 0)
    print(`  In ${judged} of them the judge was run again, by the figures that it had then.`);
};

/** Replays a release, or the newest one of a pair or of all. */
const replay = async (release: string | undefined, options: ReplayOptions): Promise<void> => {
  const { openNamedAccount } = await import('../named-account.ts');
  const { recordsOf } = await import('../../account/records.ts');
  const { toMilliseconds } = await import('../../core/text/time.ts');
  const records = recordsOf(await openNamedAccount());
  const record = await records.read(release ?? (await records.newest(options.pair)));
  const lines = await records.facts(record);
  const print = (line = '') => void process.stdout.write(`${line}\n`);
  if (lines.length === 0)
    throw new Error(
      `Release ${record.release} has no facts in the table: an older version of Tandem wrote it, or they were deleted`,
    );
  const { at, json = false } = options;
  if (at === undefined) return decideAgain(record, lines, await records.bases(record), json, print);
  return showThen(record, lines, at(toMilliseconds(record.times.started)), json, print);
};

/** `tandem replay [release]`. */
export const replayVerb = () =>
  new Command('replay')
    .description('decides a release again from its facts, or shows it as it was at a moment')
    .argument('[release]', NEWEST)
    .option('--pair <name>', NEWEST_OF)
    .option(
      '--at <time>',
      'shows it as it was then: a time of its own clock (08:12), or a moment in UTC (2026-11-23T09:08:12Z)',
      atTimeOf,
    )
    .option('--json', JSON_ONLY)
    .addHelpText(
      'after',
      `\nExit code: ${DIFFERS} where this version of Tandem would have decided otherwise.`,
    )
    .action(replay);
