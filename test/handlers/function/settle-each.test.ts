import '../environment.ts';

import { expect, it } from 'vitest';
import { eachOnItsOwn } from '../../../handlers/function/settle-each.ts';

const items = Array.from({ length: 30 }, (_, index) => index);

it('does all of them, whatever fails, and tells the failures', async () => {
  const done: number[] = [];

  const failures = await eachOnItsOwn(items, async (item) => {
    if (item % 10 === 3) throw new Error(`no ${item}`);
    done.push(item);
  });

  expect(done.sort((a, b) => a - b)).toEqual(items.filter((item) => item % 10 !== 3));
  expect(failures).toEqual([3, 13, 23].map((item) => new Error(`no ${item}`)));
});

it('works on eight at a time', async () => {
  let working = 0;
  let most = 0;

  await eachOnItsOwn(items, async () => {
    working += 1;
    most = Math.max(most, working);
    await new Promise((resolve) => setImmediate(resolve));
    working -= 1;
  });

  expect(most).toBe(8);
});
