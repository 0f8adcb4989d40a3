import type { Word } from '../record/waiting.ts';

/** What each command to a release does: help, status and console give the same text. */
export const COMMAND_TEXTS: Readonly<Record<Word, string>> = {
  approve: 'approves a release: it shifts its traffic to green',
  reject: 'rejects a release: it ends before users meet green',
  hold: 'holds a release before its shift, or with all traffic on green',
  resume: 'lets a held release continue',
  promote: 'ends the bake early: the release decides now',
  abort: 'rolls every target back to the revision it came from',
};

/** A command to a release, ready to be pasted. */
export const commandLine = (word: Word, release: string): string => `npx tandem ${word} ${release}`;
