import type { Word } from '../core/record/waiting.ts';

/** What people can say to a release, each with what it does: help, status and documentation say the same. */
export const COMMAND_TEXTS: Readonly<Record<Word, string>> = {
  approve: 'approves a release that asks: it goes on to its users',
  reject: 'rejects a release that asks: it ends before any user meets it',
  hold: 'lets a release wait: before its shift, or with all traffic on green',
  resume: 'lets a held release go on',
  promote: 'ends the bake early: the release decides now',
  abort: 'takes every target back to where it came from',
};
