/** Simulated functions share the modules of `core/`: one that kept something would keep it for all of them. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Something at the top of a module that can be filled or set later. */
const KEPT =
  /^(export )?(let|var) |^(export )?const [^=]+ = (new (Map|Set|WeakMap|WeakSet)(<[^>]*>)?\(\)|\[\]|\{\});/m;

it('no module of the core keeps anything', () => {
  const keeping = globSync('core/**/*.ts', { cwd: root }).filter((file) =>
    KEPT.test(readFileSync(join(root, file), 'utf8')),
  );

  expect(keeping).toEqual([]);
});
