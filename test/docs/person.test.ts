/** What docs/operations.md lets a person do is what the person of the scenarios may do. */
import { expect, it } from 'vitest';
import { ACTIONS } from '../../rehearsal/scenario/person/person.ts';
import { pageAt, rowsOf } from './pages.ts';

it.each(['commands', 'table'] as const)('names every action that a person needs: %s', (what) => {
  const rows = rowsOf(pageAt('docs/operations.md').text);
  const head = { commands: 'run the commands of `NeedsAttention`', table: 'restore the table' };
  const [, text = ''] = rows.find(([first]) => first === head[what]) ?? [];

  expect(ACTIONS[what].filter((action) => !text.includes(`\`${action}\``))).toEqual([]);
});
