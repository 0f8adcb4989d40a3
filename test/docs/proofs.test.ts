/** Every row of a table that claims something leads to what proves it. */
import { expect, it } from 'vitest';
import { pageAt } from './pages.ts';

const PROOF = /\]\(\.\.\/(samples\/scenarios\/[\w-]+\.json|test\/[\w/-]+\.test\.ts)\)/;

/** The third column of both pages. */
const PROOF_COLUMN = 2;

it.each([
  ['docs/real-accounts.md', 'What happens', 25],
  ['docs/attacks.md', 'Attack', 15],
])('%s names a scenario or a test for each thing', (page, head, least) => {
  const rows = pageAt(page)
    .text.split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
    .filter((line) => !line.startsWith(`| ${head} |`));

  expect(rows.length).toBeGreaterThan(least);
  expect(rows.filter((row) => !PROOF.test(row.split(' | ')[PROOF_COLUMN]!))).toEqual([]);
});
