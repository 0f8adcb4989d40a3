/** How `npm run mutants` copies the working tree, and reads what became of tests and scenarios. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyTree } from '../../scripts/mutants/copy.ts';
import { readMutants } from '../../scripts/mutants/mutant.ts';
import { type Report, scenarioOutcomes, testOutcomes } from '../../scripts/mutants/outcome.ts';

const passed = (title: string) => ({ ancestorTitles: [title], status: 'passed' });
const skipped = (title: string) => ({ ancestorTitles: [title], status: 'skipped' });
const failed = (title: string) => ({
  ancestorTitles: [title],
  status: 'failed',
  failureMessages: ['\nAssertionError: expected 1 to be 2\n    at x.ts:1'],
});

const report = (...testResults: Report['testResults']): Report => ({ testResults });

const became = (assertionResults: Report['testResults'][number]['assertionResults'], rest = {}) =>
  testOutcomes(report({ name: '/copy/test/a.test.ts', assertionResults, ...rest }), '/copy', [
    'test/a.test.ts',
  ])[0];

describe('a test file', () => {
  it('is red when one of its tests failed, and shows why', () => {
    expect(became([passed('a'), failed('a')])).toEqual({
      file: 'test/a.test.ts',
      became: 'red',
      why: 'AssertionError: expected 1 to be 2',
    });
  });

  it('is green when its tests passed', () => {
    expect(became([passed('a'), skipped('a')])?.became).toBe('green');
  });

  it.each([
    ['could not be loaded', () => became([], { message: 'SyntaxError: odd' }), 'SyntaxError: odd'],
    ['ran nothing', () => became([skipped('a')]), 'None of its tests ran'],
    ['was not found', () => testOutcomes(report(), '/copy', ['b'])[0], 'None of its tests ran'],
  ])('is broken, and so not red, when it %s', (_, read, why) => {
    expect(read()).toMatchObject({ became: 'broken', why });
  });
});

it('a scenario is what it became in any of the files that play scenarios', () => {
  const shards = report(
    { name: '1', assertionResults: [skipped('late'), passed('early')] },
    { name: '2', assertionResults: [passed('late'), failed('late')] },
  );

  const files = ['early', 'late', 'never'].map((name) => `samples/scenarios/${name}.json`);
  expect(scenarioOutcomes(shards, files).map((one) => one.became)).toEqual([
    'green',
    'red',
    'broken',
  ]);
});

it('a file of mutants that does not follow the schema is named, with what is wrong', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  writeFileSync(join(folder, 'odd.json'), JSON.stringify([{ attack: 'seven' }]));

  expect(() => readMutants(folder)).toThrow(/odd\.json holds no mutants[\s\S]*law/);
});

it('a copy of the working tree links the names of its workspaces to its own folders', async () => {
  const root = mkdtempSync(join(tmpdir(), 'workspaces-'));
  for (const folder of ['packages/ours', 'node_modules/theirs'])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, '.gitignore'), 'node_modules/\n');
  writeFileSync(join(root, 'packages/ours/index.js'), 'right();');
  writeFileSync(join(root, 'node_modules/theirs/index.js'), 'theirs();');
  symlinkSync('../packages/ours', join(root, 'node_modules/ours'));
  execFileSync('git', ['init', '--quiet'], { cwd: root });

  const copy = copyTree(root);
  const read = (path: string) => readFileSync(join(copy.folder, path), 'utf8');
  const mutant = {
    attack: '1',
    law: 'It is right.',
    file: 'packages/ours/index.js',
    find: 'right',
    replace: 'wrong',
    red: ['test/a.test.ts'],
  };
  try {
    expect(await copy.with(mutant, async () => read('node_modules/ours/index.js'))).toBe(
      'wrong();',
    );
    expect(read('node_modules/theirs/index.js')).toBe('theirs();');
    expect(readFileSync(join(root, 'packages/ours/index.js'), 'utf8')).toBe('right();');
  } finally {
    copy.remove();
  }
});
