import { describe, expect, it } from 'vitest';
import {
  movedShort,
  movedText,
  namedOf,
  revisionText,
  revisionWithCommit,
  seenText,
  shortText,
  versionsOf,
} from '../../../core/release/revision-words.ts';

const SHA = '4f2a9c1d00c0ffee4f2a9c1d00c0ffee4f2a9c1d';

describe('a revision in words', () => {
  it.each([
    ['a task definition with its version', { name: 'web:4', version: '2.0.0' }, '2.0.0 (web:4)'],
    ['a function version with its version', { name: '3', version: '2.0.0' }, '2.0.0 (version 3)'],
    ['a task definition alone', { name: 'web:4' }, 'web:4'],
    ['a function version alone', { name: '3' }, 'version 3'],
    ['what a release does not know', undefined, 'an unknown revision'],
  ])('is %s', (_, revision, text) => {
    expect(revisionText(revision)).toBe(text);
  });

  it.each([
    [
      'beside the version',
      { name: 'web:4', version: '2.0.0', commit: SHA },
      '2.0.0 (web:4, commit 4f2a9c1)',
    ],
    ['without a version', { name: '3', commit: SHA }, 'version 3 (commit 4f2a9c1)'],
    [
      'not when the version is the commit',
      { name: '3', version: SHA, commit: SHA },
      `${SHA} (version 3)`,
    ],
    ['not when it is unknown', { name: '3', version: '2.0.0' }, '2.0.0 (version 3)'],
  ])('names the commit: %s', (_, revision, text) => {
    expect(revisionWithCommit(revision)).toBe(text);
  });

  it.each([
    ['the version alone', { name: 'web:4', version: '2.0.0' }, '2.0.0'],
    ['seven characters of a hash', { name: 'web:4', version: SHA }, '4f2a9c1'],
    [
      'the beginning of a long tag',
      { name: 'web:4', version: 'feature-checkout-with-vouchers' },
      'feature-checkout-with-v…',
    ],
    ['the revision without a version', { name: '3' }, 'version 3'],
  ])('is short in a column: %s', (_, revision, text) => {
    expect(shortText(revision)).toBe(text);
  });
});

describe('the way from blue to green', () => {
  const from = { name: 'web:3', version: '1.0.0' };
  const to = { name: 'web:4', version: '2.0.0', commit: SHA };

  it('has both revisions and the commit of green in full', () => {
    expect(movedText(from, to)).toBe('1.0.0 (web:3) → 2.0.0 (web:4, commit 4f2a9c1)');
  });

  it.each([
    ['the versions', from, to, '1.0.0 → 2.0.0'],
    [
      'the revision where a version is unknown',
      { name: '1' },
      { name: '2', version: '2.0.0' },
      'version 1 → 2.0.0',
    ],
    ['the revisions where none is known', { name: '1' }, { name: '2' }, 'version 1 → version 2'],
    [
      'both revisions where the versions are the same',
      { name: 'web:3', version: 'main' },
      { name: 'web:4', version: 'main' },
      'main (web:3) → main (web:4)',
    ],
    [
      'both in full where long versions begin the same',
      { name: 'web:3', version: 'feature-checkout-with-vouchers-1' },
      { name: 'web:4', version: 'feature-checkout-with-vouchers-2' },
      'feature-checkout-with-vouchers-1 (web:3) → feature-checkout-with-vouchers-2 (web:4)',
    ],
  ])('in a column shows %s', (_, before, after, text) => {
    expect(movedShort(before, after)).toBe(text);
  });
});

describe('what was seen of a target', () => {
  const target = {
    from: { name: 'web:3', ref: 'arn:3', version: '1.0.0' },
    to: { name: 'web:4', ref: 'arn:4' },
  };

  it.each([
    ['web:3', '1.0.0 (web:3)'],
    ['web:4', 'web:4'],
    ['web:9', 'web:9'],
    ['mixed', 'mixed'],
  ])('%s is %s', (name, text) => {
    expect(seenText(target, name)).toBe(text);
    expect(namedOf(target, name).name).toBe(name);
  });

  it('has for programs only the versions that are known', () => {
    expect(versionsOf(target)).toEqual({ fromVersion: '1.0.0' });
    expect(versionsOf({})).toEqual({});
  });
});
