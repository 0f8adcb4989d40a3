import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ReleaseInput } from '../../core/release/input.ts';
import { staleDocuments, writeDocuments } from '../../scripts/docs.ts';

const root = join(import.meta.dirname, '../..');

const written = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'docs-'));
  writeDocuments(folder);
  return folder;
};

it('finds every document as the code makes it; run `node scripts/docs.ts` when this fails', () => {
  expect(staleDocuments(root)).toEqual([]);
});

it('names a document that was changed by hand or is missing', () => {
  const folder = written();
  expect(staleDocuments(folder)).toEqual([]);

  appendFileSync(join(folder, 'statemachines/README.md'), 'A line that no code says.\n');
  rmSync(join(folder, 'docs/release.schema.json'));

  expect(staleDocuments(folder)).toEqual(['docs/release.schema.json', 'statemachines/README.md']);
});

describe('the published schema of a release', () => {
  const schema = z.fromJSONSchema(
    JSON.parse(readFileSync(join(root, 'docs/release.schema.json'), 'utf8')),
  );
  const samples = readdirSync(join(root, 'samples/releases')).map((file) => [
    file,
    JSON.parse(readFileSync(join(root, 'samples/releases', file), 'utf8')),
  ]);

  it.each(samples)('accepts the sample %s, as the machine does', (_file, sample) => {
    expect(schema.safeParse(sample).error).toBeUndefined();
    expect(ReleaseInput.safeParse(sample).success).toBe(true);
  });

  it.each([
    ['a misspelt member', { pear: 'storefront' }],
    ['a curve of no known kind', { curve: { type: 'sine', percent: 10, minutes: 5 } }],
    ['a bake of more than 40 minutes', { policy: { bakeMinutes: 41 } }],
    ['both an image and a version', { targets: { web: { image: 'a:1', version: '1' } } }],
  ])('refuses %s, as the machine does', (_what, change) => {
    const input = { ...samples[0]![1], ...change };

    expect(schema.safeParse(input).success).toBe(false);
    expect(ReleaseInput.safeParse(input).success).toBe(false);
  });
});

/** Paths of members that a schema does not explain. */
const unexplained = (node: unknown, path = ''): string[] => {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'properties' in node ? Object.entries(node.properties as object) : [];
  const bare = own.filter(([, member]) => !member.description).map(([name]) => `${path}.${name}`);
  const below = Object.entries(node).flatMap(([key, value]) =>
    unexplained(value, `${path}/${key}`),
  );
  return [...bare, ...below];
};

describe('each published schema', () => {
  const published = readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.schema.json'));

  it.each(published)('explains every member: %s', (file) => {
    const text = readFileSync(join(root, 'docs', file), 'utf8');

    expect(unexplained(JSON.parse(text))).toEqual([]);
  });

  it('is found: those of an environment and of a scenario are among them', () => {
    expect(published).toEqual(
      expect.arrayContaining(['environment.schema.json', 'scenario.schema.json']),
    );
  });
});

describe('the page about the machines', () => {
  const page = readFileSync(join(root, 'statemachines/README.md'), 'utf8');

  it('draws every transition that it does not tell in a sentence', () => {
    for (const line of [
      'ValidateRelease --> Rejected: fails',
      'Act --> Listen: action = wait',
      'Act --> UnknownAction: otherwise',
      'TakeTurn --> TakeTurn: time is over',
      'NeedsAttention --> [*]',
    ]) {
      expect(page).toContain(`  ${line}\n`);
    }
    expect(page).toMatch(
      /Not drawn: TakeTurn, .* and AnswerTargets go on at \*\*DecideToGoBack\*\*/,
    );
  });

  it('links only to files that exist', () => {
    const links = [...page.matchAll(/\]\((\.\.\/[^)]+)\)/g)].map(([, link]) => link!);

    expect(links.length).toBeGreaterThan(10);
    for (const link of links) {
      expect(() => readFileSync(join(root, 'statemachines', link))).not.toThrow();
    }
  });
});
