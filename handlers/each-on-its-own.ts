import { logger } from './step.ts';

/** Does one thing after the other; what fails is kept for the end, so that it stops nothing else. */
export const eachOnItsOwn = async <Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<readonly unknown[]> => {
  const failures: unknown[] = [];
  for (const item of items) {
    await work(item).catch((error: unknown) => {
      logger.error('one of many failed', error as Error);
      failures.push(error);
    });
  }
  return failures;
};
