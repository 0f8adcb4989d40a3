/** The order of commands for a restored table is what a scenario plays, word for word. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pageAt } from './pages.ts';

const PLAYED = '../../samples/scenarios/table-restored-by-the-order-of-commands.json';

it('plays the commands of docs/operations.md that restore the table, in their order', () => {
  const { text } = pageAt('docs/operations.md');
  const section = text.slice(text.indexOf('## Restore the table'));
  const written = [...section.matchAll(/(-->\n\n)?^```sh\n([\s\S]*?)\n```/gm)]
    .filter(([, elsewhere]) => elsewhere === undefined)
    .flatMap(([, , block = '']) => block.split('\n'));
  const { steps } = JSON.parse(readFileSync(join(import.meta.dirname, PLAYED), 'utf8'));

  expect(written.length).toBeGreaterThan(5);
  expect(steps.flatMap(({ shell = [] }) => shell)).toEqual(written);
});
