/** Knows how much one JSONata expression may do before it is given up: AWS does not say where its own bounds lie. */
import { createContext, Script } from 'node:vm';

/** Nodes of the syntax tree evaluated and items of ranges made: some seconds of work, more than a full payload needs. */
const MOST_STEPS = 250_000;

/** Milliseconds of processor time that one search of a regular expression gets: its backtracking cannot be counted in steps. */
const LONGEST_SEARCH = 500;

/** The part of it that a search must have had before it is given up: the end of a real time never comes exactly. */
const ENOUGH = LONGEST_SEARCH / 2;

/** JSONata's hooks around the evaluation of a node. */
const entry = Symbol.for('jsonata.__evaluate_entry');
const exit = Symbol.for('jsonata.__evaluate_exit');

const context: { search?: () => unknown } = {};
createContext(context);
const searching = new Script('search()');

/** Milliseconds of processor time that this thread has used. */
const used = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

const gaveUp = Symbol('gave up');

/** Searches for at most this many real milliseconds; `gaveUp` when that was not enough. */
const within = (search: () => unknown, timeout: number): unknown => {
  context.search = search;
  try {
    return searching.runInContext(context, { timeout });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return gaveUp;
    throw error;
  }
};

/**
 * A regular expression that gives up; JSONata makes one of each that an expression holds. A search can be ended by real
 * time only, of which a busy machine gives it a part: it is tried again for twice as long until it had its processor time.
 */
export class BoundedRegExp extends RegExp {
  override exec(text: string): RegExpExecArray | null {
    const { lastIndex } = this;
    for (let timeout = LONGEST_SEARCH; ; timeout *= 2) {
      const before = used();
      this.lastIndex = lastIndex;
      const found = within(() => super.exec(text), timeout);
      if (found !== gaveUp) return found as RegExpExecArray | null;
      if (used() - before >= ENOUGH)
        throw new Error(`the search for /${this.source}/ takes too long`);
    }
  }
}

interface Frame {
  lookup(name: string): unknown;
}

// No expression can name it: it has a blank.
const BUDGET = 'step budget';

const spend = (frame: Frame, count: number): void => {
  const budget = frame.lookup(BUDGET) as { left: number };
  budget.left -= count;
  if (budget.left < 0) throw new Error(`the evaluation takes more than ${MOST_STEPS} steps`);
};

const isRange = ({ value }: { value?: unknown }): boolean => value === '..';

/** What an expression is assigned, once, so that its evaluations count their steps. */
export const stepHooks: readonly (readonly [symbol, unknown])[] = [
  [entry, (_node: object, _input: unknown, frame: Frame) => spend(frame, 1)],
  [
    exit,
    (node: object, _input: unknown, frame: Frame, result: unknown) => {
      if (isRange(node) && Array.isArray(result)) spend(frame, result.length);
    },
  ],
];

/** What one evaluation is given to spend; it ends after the same number of steps in every run. */
export const stepBudget = (): Record<string, unknown> => ({ [BUDGET]: { left: MOST_STEPS } });
