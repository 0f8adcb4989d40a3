/** What a release brings, in numbers that git knows. */
import * as z from 'zod/mini';
import '../text/schema.ts';

/** A commit by its hash, in full or abbreviated. */
const Commit = z
  .string()
  .check(
    z.regex(/^[0-9a-f]{7,64}$/, 'must be the hash of a commit: 7 to 64 lower-case hex digits'),
  );

/** Largest number that a fact may have. */
const MOST = 1_000_000_000;

const Count = z.optional(z.int().check(z.minimum(0), z.maximum(MOST)));

/** Facts of the change between what runs and what is released. What is not known is left out: it is not taken for zero. */
export const Change = z.strictObject({
  commit: z
    .optional(Commit)
    .check(
      z.describe(
        'Commit that the new versions are built from: people read it beside them, and the risk does not count it.',
      ),
    ),
  commits: Count.check(z.describe('Commits that it brings.')),
  files: Count.check(z.describe('Files that it changes.')),
  directories: Count.check(z.describe('Directories that have a changed file.')),
  linesAdded: Count.check(z.describe('Lines that it adds.')),
  linesDeleted: Count.check(z.describe('Lines that it deletes.')),
  experience: z
    .optional(z.number().check(z.minimum(0), z.maximum(MOST)))
    .check(
      z.describe(
        'Commits that the authors had made before, as a mean over the commits of the release.',
      ),
    ),
});
export type Change = z.infer<typeof Change>;

/** Facts that grow with a release: each of them tells something of the others. */
export const SIZES = ['commits', 'files', 'directories', 'linesAdded', 'linesDeleted'] as const;
export type Size = (typeof SIZES)[number];

/** Every fact. */
export const FACTS = [...SIZES, 'experience'] as const;
export type Fact = (typeof FACTS)[number];

/** The facts of a change that are known, as logarithms: one line more counts for less where there are many (Kamei et al. 2013). */
export const logsOf = (change: Change): Partial<Record<Fact, number>> =>
  Object.fromEntries(
    FACTS.flatMap((fact) => {
      const value = change[fact];
      return value === undefined ? [] : [[fact, Math.log1p(value)]];
    }),
  );
