/** Knows the variables of one scope: a branch reads those around it and assigns only its own. */
import { dataLimitExceeded } from './failure.ts';
import { bytesOf, LARGEST_PAYLOAD } from './payload.ts';

/** Bytes of all variables of an execution (Step Functions quota: 10 MiB). */
const LARGEST_TOTAL = 10 * 1024 * 1024;

export type Values = Readonly<Record<string, unknown>>;

/** The variables in scope. */
export interface Variables {
  readonly values: () => Values;
  /** Assigns all at once and gives their texts; throws States.DataLimitExceeded in the name of `state`. */
  assign(values: Values, state: string): Readonly<Record<string, string>>;
  /** A scope inside this one. */
  inner(): Variables;
}

interface Sized {
  readonly values: Values;
  readonly sizes: Readonly<Record<string, number>>;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** Opens a scope that starts with the values around it. */
export const variables = (around: Sized = { values: {}, sizes: {} }): Variables => {
  let { values, sizes } = around;
  return {
    values: () => values,
    inner: () => variables({ values, sizes }),
    assign: (assigned, state) => {
      const texts = Object.fromEntries(
        Object.entries(assigned).map(([name, value]) => [name, JSON.stringify(value)]),
      );
      const added = Object.fromEntries(
        Object.entries(texts).map(([name, text]) => [name, bytesOf(text)]),
      );
      if (sum(Object.values(added)) > LARGEST_PAYLOAD) throw dataLimitExceeded(state);
      const all = { ...sizes, ...added };
      if (sum(Object.values(all)) > LARGEST_TOTAL) throw dataLimitExceeded(state);
      values = { ...values, ...assigned };
      sizes = all;
      return texts;
    },
  };
};
