import type { Word } from '../record/waiting.ts';

/** What each command to a release does: help, status and console give the same text. */
export const COMMAND_TEXTS: Readonly<Record<Word, string>> = {
  approve: 'approves a release that asks: it goes on to its users',
  reject: 'rejects a release that asks: it ends before any user meets it',
  hold: 'lets a release wait: before its shift, or with all traffic on green',
  resume: 'lets a held release go on',
  promote: 'ends the bake early: the release decides now',
  abort: 'takes every target back to where it came from',
};

/** A command to a release, ready to be pasted. */
export const commandLine = (word: Word, release: string): string => `npx tandem ${word} ${release}`;
