/** Makes a failing schedule smaller, as long as it breaks the same law. */
import type { Scenario } from '../rehearsal/scenario/scenario.ts';

/** Plays of a schedule at most, while it is made smaller. */
const MOST_PLAYS = 16;

/** The verbs without which nothing is released. */
const isNeeded = (step: object): boolean => 'release' in step;

/**
 * Leaves out one step after the other, the last one first: faults, acts and waits. `breaks` says whether what is left
 * still breaks the law.
 */
export const shrunk = async (
  scenario: Scenario,
  breaks: (smaller: Scenario) => Promise<boolean>,
): Promise<Scenario> => {
  let found = scenario;
  let plays = 0;
  for (let index = scenario.steps.length - 1; index >= 0 && plays < MOST_PLAYS; index -= 1) {
    if (isNeeded(found.steps[index]!)) continue;
    const smaller = { ...found, steps: found.steps.toSpliced(index, 1) };
    plays += 1;
    if (await breaks(smaller)) found = smaller;
  }
  return found;
};
