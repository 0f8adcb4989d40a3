/** A run of the simulation in words. */
import { type Count, ENOUGH, neverHit, neverReached } from './coverage.ts';
import type { Failure } from './play-seed.ts';
import type { Simulated } from './simulate.ts';

/** Names that are listed one by one; of more only the number is said. */
const LISTED = 12;

const label = (text: string): string => text.padEnd(9);

const some = (names: readonly string[]): readonly string[] =>
  names.length <= LISTED
    ? names
    : [...names.slice(0, LISTED), `and ${names.length - LISTED} more (--json lists them)`];

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const sum = (counted: ReadonlyMap<string, Count>, member: keyof Count): number =>
  [...counted.values()].reduce((total, one) => total + one[member], 0);

/** A seed that broke a law, and how to play it again. */
export const failureLines = ({ seed, breaches, file }: Failure): readonly string[] => [
  `${label('BROKEN')} seed ${seed}`,
  ...breaches.map(({ law, text }) => `${label('')} ${law}: ${text}`),
  typeof file === 'string'
    ? `${label('')} npx tandem rehearse ${file}`
    : `${label('')} its scenario could not be written: ${file.unwritten}. npx tandem simulate --seed ${seed} --count 1 plays it again`,
];

/** What the run showed, for people. */
export const simulationLines = ({
  seed,
  schedules,
  seconds,
  coverage,
  failures,
  gaps,
}: Simulated): readonly string[] => {
  const { faults, acts, reached, releases } = coverage;
  const missed = neverHit(faults);
  const unreached = neverReached(coverage);
  const isEnough = schedules >= ENOUGH;
  // A small run plans few of all kinds: only what it planned says anything.
  const inVain = missed.filter((name) => faults.get(name)!.planned > 0);
  return [
    `${label('played')} seeds ${seed} to ${seed + schedules - 1}: ${plural(releases, 'release')} in ${Math.round(seconds)} s`,
    `${label('laws')} ${failures.length === 0 ? 'none was broken' : `${plural(failures.length, 'seed')} broke one`}`,
    `${label('faults')} ${faults.size - missed.length} of ${faults.size} kinds were hit: ${sum(faults, 'happened')} of ${sum(faults, 'planned')} that were planned`,
    ...some(isEnough ? gaps : inVain.map((name) => `planned, and not hit: ${name}`)).map(
      (text) => `${label('')} ${text}`,
    ),
    ...(isEnough
      ? []
      : [`${label('')} (a run of ${ENOUGH} seeds or more fails if a kind was never hit)`]),
    `${label('acts')} ${acts.size - neverHit(acts).length} of ${acts.size} kinds were taken`,
    `${label('reached')} ${reached.size} ends, reasons, facts and actions; ${unreached.length} ends and facts not reached`,
    ...(isEnough ? some(unreached).map((name) => `${label('')} not reached: ${name}`) : []),
  ];
};

/** What the run showed, for programs. */
export const simulationDocument = ({ coverage, ...run }: Simulated) => ({
  ...run,
  releases: coverage.releases,
  faults: Object.fromEntries(coverage.faults),
  acts: Object.fromEntries(coverage.acts),
  reached: Object.fromEntries([...coverage.reached].sort()),
  notReached: neverReached(coverage),
  unknownCalls: [...coverage.unknown].sort(),
});

/** How far a run is. */
export const progressText = (done: number, count: number, seconds: number): string =>
  `${done} of ${count} seeds, ${(done / seconds).toFixed(2)} a second, ${count - done} left`;
