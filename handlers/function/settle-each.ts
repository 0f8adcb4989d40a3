import { logger } from './log.ts';

/** How many are worked on at the same time: they wait for AWS, and share its rates. */
const AT_ONCE = 8;

/** Does the same for each item, some of them at once; what fails is kept for the end, so that it stops nothing else. */
export const eachOnItsOwn = async <Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<readonly unknown[]> => {
  const failures: unknown[] = [];
  const left = items.values();
  const workOff = async () => {
    for (const item of left)
      await work(item).catch((error: unknown) => {
        logger.error('one of many failed', error as Error);
        failures.push(error);
      });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, workOff));
  return failures;
};
