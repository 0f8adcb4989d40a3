import { describe, expect, it } from 'vitest';
import { adoptionOf, isBefore } from '../../../core/pushes/adoption.ts';
import { atMinute, momentAfter, registration, web } from '../fixture.ts';

const written = (version: number, minute: number, at = minute) => ({
  version,
  settingsAt: atMinute(minute),
  at: atMinute(at),
});

const adopted = adoptionOf(undefined, registration(), written(1, 0));

describe('adoptionOf', () => {
  it('begins when the parameters of the pair were written, however late it is read first', () => {
    expect(adopted.since).toBe(atMinute(0));
  });

  it('gives back what is remembered while nothing changes', () => {
    expect(adoptionOf(adopted, registration(), written(1, 0, 30))).toBe(adopted);
  });

  it.each([
    ['join', { join: 'image-last' as const }],
    ['tags', { tags: ['v*'] }],
    ['repository', { targets: { web: web({ repository: 'storefront/other' }) } }],
  ])('begins again with another %s', (_, change) => {
    expect(adoptionOf(adopted, registration(change), written(2, 30)).since).toBe(atMinute(30));
    expect(adoptionOf(adopted, registration(change), written(1, 0, 30)).since).toBe(atMinute(30));
  });

  it('goes on when only the policy changes', () => {
    const after = adoptionOf(adopted, registration(), written(2, 30));
    expect(after).toMatchObject({ since: atMinute(0), version: 2 });
  });

  it('begins again when the pair was deleted and adopted anew', () => {
    expect(adoptionOf(adopted, registration(), written(1, 30)).since).toBe(atMinute(30));
  });
});

describe('isBefore', () => {
  it('knows that events tell whole seconds', () => {
    const late = { ...written(1, 0), at: atMinute(0) + 700 };
    expect(isBefore(momentAfter(0), late)).toBe(false);
    expect(isBefore(momentAfter(-1), late)).toBe(true);
  });
});
