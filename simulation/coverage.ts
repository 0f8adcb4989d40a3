/** Counts what schedules planned, what of it really happened, and where their releases came. */
import { FACTS } from '../core/facts/kinds.ts';
import { ENDS } from '../core/release/end.ts';
import { ACTS } from './acts.ts';
import { CALLS } from './calls.ts';
import { FAULTS } from './faults.ts';
import type { Outcome } from './run.ts';
import { kindOf, type Schedule } from './schedule.ts';

/** How often something was planned, and how often it happened. */
export interface Count {
  planned: number;
  happened: number;
}

/** What a run has shown so far. */
export interface Coverage {
  readonly faults: ReadonlyMap<string, Count>;
  readonly acts: ReadonlyMap<string, Count>;
  /** How many schedules came to each end, reason, fact and step. */
  readonly reached: ReadonlyMap<string, number>;
  /** Calls that were made and that the table of faults does not have. */
  readonly unknown: ReadonlySet<string>;
  releases: number;
}

/** Schedules from which on every fault must have been hit: each is the first fault of five of them. */
export const ENOUGH = 5 * FAULTS.length;

const known: ReadonlySet<string> = new Set(
  Object.entries(CALLS).flatMap(([handler, ways]) =>
    Object.values(ways)
      .flat()
      .map((call) => `${handler}: ${call}`),
  ),
);

const counts = (names: readonly string[]) =>
  new Map<string, Count>(names.map((name) => [name, { planned: 0, happened: 0 }]));

/** Begins to count. */
export const coverageOf = () => {
  const faults = counts(FAULTS.map(({ name }) => name));
  const acts = counts(ACTS.map(({ name }) => name));
  const reached = new Map<string, number>();
  const unknown = new Set<string>();
  const coverage: Coverage = { faults, acts, reached, unknown, releases: 0 };

  const countOf = (name: string): Count => {
    const kind = kindOf(name);
    const found = faults.get(kind) ?? acts.get(kind) ?? { planned: 0, happened: 0 };
    // What happens between calls, and what comes after a release, is counted among the acts.
    if (!faults.has(kind)) acts.set(kind, found);
    return found;
  };

  return {
    coverage,
    add: ({ planned }: Pick<Schedule, 'planned'>, outcome: Outcome): void => {
      for (const name of planned) countOf(name).planned += 1;
      for (const name of outcome.happened) countOf(name).happened += 1;
      for (const one of outcome.reached) reached.set(one, (reached.get(one) ?? 0) + 1);
      for (const call of outcome.calls) if (!known.has(call)) unknown.add(call);
      coverage.releases += outcome.releases;
    },
  };
};

/** Names of what was planned or could have been, and never happened. */
export const neverHit = (counted: ReadonlyMap<string, Count>): readonly string[] =>
  [...counted].filter(([, { happened }]) => happened === 0).map(([name]) => name);

/** Ends and facts that no release came to. */
export const neverReached = ({ reached }: Coverage): readonly string[] =>
  [
    ...Object.keys(ENDS).map((end) => `end ${end}`),
    ...Object.keys(FACTS).map((kind) => `fact ${kind}`),
  ].filter((name) => !reached.has(name));
