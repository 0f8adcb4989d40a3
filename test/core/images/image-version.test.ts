import { describe, expect, it } from 'vitest';
import { imageVersion } from '../../../core/images/image-version.ts';

const SHA = '4f2a9c1d00c0ffee4f2a9c1d00c0ffee4f2a9c1d';

describe('the version of an image', () => {
  it('is the tag that was asked for, whatever other tags the image has', () => {
    expect(imageVersion(['2.0.0', 'stable'], 'stable', ['2.0.0'])).toBe('stable');
  });

  it.each([
    ['a tag that is the version of a function', ['9.9.9', 'build-7'], ['build-7'], 'build-7'],
    [
      'a full version number before a longer tag',
      [SHA, '2.0.0', '2.0', '2', 'latest'],
      [],
      '2.0.0',
    ],
    ['the more exact of two version numbers', ['2.0.0', '2.0.0-build.4'], [], '2.0.0-build.4'],
    [
      'a hash before the name of a branch',
      ['feature-with-a-long-name', SHA.slice(0, 7)],
      [],
      SHA.slice(0, 7),
    ],
    ['the first in order where nothing else tells', ['main', 'next'], [], 'main'],
  ])('that was named by its digest is %s', (_, tags, known, version) => {
    expect(imageVersion(tags, undefined, known)).toBe(version);
    expect(imageVersion(tags.toReversed(), undefined, known)).toBe(version);
    expect(imageVersion(tags, 'latest', known)).toBe(version);
  });

  it.each([
    ['it has no tag', []],
    ['its only tag is latest', ['latest']],
    ['its only tag is that of a signature', [`sha256-${'a'.repeat(64)}.sig`]],
  ])('is unknown when %s', (_, tags) => {
    expect(imageVersion(tags, undefined, [])).toBeUndefined();
  });
});
