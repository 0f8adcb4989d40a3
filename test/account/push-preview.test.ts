import { describe, expect, it } from 'vitest';
import { previewOf } from '../../account/push-preview.ts';
import { atMinute, registration } from '../core/fixture.ts';

describe('a preview of a push', () => {
  const preview = (tag: string, tags?: string[]) =>
    previewOf(registration(tags ? { tags } : {}), {
      repository: 'storefront/web',
      tag,
      image: undefined,
      versionTags: { api: '2.0.0' },
      now: atMinute(0),
    });

  it('names the targets that the push would release, and what it would leave out', () => {
    expect(preview('2.0.0')).toMatchObject({ exists: false, releases: ['web', 'api'] });
    expect(preview('2.1.0', ['[0-9]*'])).toMatchObject({
      releases: ['web'],
      because: expect.stringContaining('api is left out'),
    });
  });

  it('says why the push would be ignored', () => {
    expect(preview('pr-42')).toMatchObject({
      releases: [],
      because: expect.stringContaining('pr-42 is the tandem:version of no function'),
    });
  });
});
