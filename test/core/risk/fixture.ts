/** Small pasts and changes, for tests that say only what matters to them. */
import fc from 'fast-check';
import { SIZES } from '../../../core/release/change.ts';
import type { PastRelease } from '../../../core/release/fate.ts';
import { toMoment } from '../../../core/text/time.ts';
import { atMinute } from '../fixture.ts';

export const ONE_DAY = 24 * 60;

/** The moment so many days before the release of every test starts. */
export const daysAgo = (days: number): string => toMoment(atMinute(-days * ONE_DAY));

/** The target of a release of the past, from the revision that it found to the one that it brought; users met it. */
export const brought = (from: string, to: string): PastRelease['targets'] => ({
  web: { unchanged: false, shifted: true, from: { ref: from }, to: { ref: to } },
});

/** A release of the past, one day older than the next; promoted unless said otherwise. */
export const past = (days: number, change: Partial<PastRelease> = {}): PastRelease => ({
  intent: 'release',
  end: 'Promoted',
  times: { started: daysAgo(days) },
  targets: brought(`before ${days} days`, `${days} days ago`),
  ...change,
});

/** Releases of the last days, the newest first: `+` was promoted, `-` rolled back. */
export const pasts = (marks: string, change?: PastRelease['change']): readonly PastRelease[] =>
  [...marks].map((mark, index) =>
    past(index + 1, { end: mark === '-' ? 'RolledBack' : 'Promoted', change }),
  );

export const course = {
  curve: { type: 'canary', percent: 10, minutes: 5 },
  bakeMinutes: 5,
} as const;

/** A change as it is usual for a small team. */
export const usual = {
  commits: 4,
  files: 8,
  directories: 3,
  linesAdded: 180,
  linesDeleted: 60,
  experience: 200,
};

const count = fc.oneof(fc.nat(500), fc.constantFrom(0, 1, 1_000_000_000));

/** Any facts, some of them not known. */
export const anyChange = fc.record(
  {
    ...(Object.fromEntries(SIZES.map((size) => [size, count])) as Record<
      (typeof SIZES)[number],
      typeof count
    >),
    experience: count,
  },
  { requiredKeys: [] },
);

/** Any past of up to 30 releases. */
export const anyPast = fc
  .array(fc.record({ bad: fc.boolean(), change: anyChange }), { maxLength: 30 })
  .map((all) =>
    all.map(({ bad, change }, index) =>
      past(index + 1, { end: bad ? 'RolledBack' : 'Promoted', change }),
    ),
  );
