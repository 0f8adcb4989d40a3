/** Every row of docs/real-accounts.md leads to what proves it. */
import { expect, it } from 'vitest';
import { pageAt } from './pages.ts';

const PROOF = /\]\(\.\.\/(samples\/scenarios\/[\w-]+\.json|test\/[\w/-]+\.test\.ts)\)/;

it('names a scenario or a test for each thing that real accounts do', () => {
  const rows = pageAt('docs/real-accounts.md')
    .text.split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (?:What happens|---)/.test(line));

  expect(rows.length).toBeGreaterThan(25);
  expect(rows.filter((row) => !PROOF.test(row.split(' | ').at(-1)!))).toEqual([]);
});
