import { notFinalBecause } from '../deployments/final.ts';
import { abortReason } from '../protocol/command.ts';
import { movingTargets, type ReleaseRecord } from '../record/record.ts';
import { unrestored } from '../record/scaling.ts';
import type { End } from '../release/end.ts';
import { metUsers } from '../release/fate.ts';
import { inWords, type Reason, reason } from '../release/reason.ts';
import { runTexts } from '../way-back/manual-commands.ts';
import { isBack } from '../way-back/way-back.ts';

/**
 * The end of a release, from its record alone. Before any traffic moved it is Rejected, after it RolledBack;
 * a person's order makes it Aborted; what could not be brought back needs a person.
 */
export const endOf = (record: ReleaseRecord): End => {
  if (record.end) return record.end;
  const moving = movingTargets(record);
  const code = record.reasons[0]?.code;
  if (code === 'superseded') return 'Superseded';
  if (record.decision === 'promote') return 'Promoted';
  if (record.decision === 'none') {
    if (code === 'aborted') return 'Aborted';
    return moving.length === 0 && code === undefined ? 'Unchanged' : 'Rejected';
  }
  const launched = moving.some(({ launching }) => launching);
  if (launched && !(record.takenBack === 'back' || moving.every(isBack))) return 'NeedsAttention';
  if (code === 'aborted') return 'Aborted';
  return metUsers(record) ? 'RolledBack' : 'Rejected';
};

/**
 * Why a release may not end yet, whatever it was told; undefined where it may. A promoted one has its guard behind it
 * and was read right; the rollback of one that is rolled back is over; one that has decided nothing has touched
 * nothing.
 */
export const endsTooEarly = (record: ReleaseRecord): string | undefined => {
  if (record.end) return undefined;
  const moving = movingTargets(record);
  if (record.decision === 'none' && moving.some(({ launching }) => launching))
    return 'its deployments are launched, and nothing is decided';
  if (record.decision === 'promote') return notFinalBecause(record);
  const launched = moving.some(({ launching }) => launching);
  return launched && record.takenBack === undefined ? 'its rollback is not over' : undefined;
};

/** The record of a release that ends now; of one that has ended nothing changes. */
export const ended = (record: ReleaseRecord, now: string): ReleaseRecord => {
  if (record.end) return record;
  const { abort } = record.commands;
  // Nothing has decided about it yet, so nothing has given the person's order as its reason.
  const isOpen = record.decision === 'none' && record.reasons.length === 0;
  const reasons = isOpen && abort ? [abortReason(abort)] : record.reasons;
  const end = endOf({ ...record, reasons });
  const nothing = reason('nothing-to-do', 'Every target serves the wanted revision already');
  return {
    ...record,
    end,
    reasons: end === 'Unchanged' ? [nothing] : [...reasons, ...unrestored(record)],
    phase: 'Ended',
    times: { ...record.times, ended: now },
  };
};

const SENTENCES: Record<End, string> = {
  Promoted: 'Every target serves its new revision to everybody.',
  Unchanged: 'Every target already served the wanted revision; nothing was changed.',
  Superseded: 'A newer release of the pair took its place; nothing was changed.',
  Rejected: 'No user met the new version.',
  RolledBack: 'Every target serves its old revision again.',
  Aborted: 'Every target serves its old revision.',
  NeedsAttention: 'A target is not where it should be, and Tandem changes nothing more.',
};

/** Longest words of a cause in characters: people read one screen. */
const LONGEST_WORDS = 4000;

/** Longest cause of an execution in characters, with the commands (Step Functions' limit is 32,768). */
const LONGEST_CAUSE = 30_000;

/** The end in plain words: what happened and why, and below it what a person runs now. No command is ever cut. */
export const causeOf = (end: End, reasons: readonly Reason[]): string => {
  const words = `${SENTENCES[end]} ${inWords(reasons)}`.trim().slice(0, LONGEST_WORDS);
  return [words, ...runTexts(reasons, LONGEST_CAUSE - words.length)].join('\n\n');
};
