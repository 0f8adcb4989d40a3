/** Plays releases of known outcome to the risk in their order: each is predicted by what came before it, then learned from. */

import type { Change } from '../../core/release/change.ts';
import { effectOf } from '../../core/risk/effect.ts';
import { type Outcome, seenOf } from '../../core/risk/history.ts';
import { beliefsAfter, predict } from '../../core/risk/posterior.ts';
import { toMoment } from '../../core/text/time.ts';
import { print } from '../bench/print.ts';
import type { Labelled } from './apachejit.ts';
import {
  areaUnderCurve,
  areaWithinProjects,
  brier,
  calibrationError,
  captured,
  deciles,
  logLoss,
  type Predicted,
} from './score.ts';

/** As many past releases as the handler reads. */
const READ = 30;

/** What is said of each release that comes at `from` or later, by what was known before it. */
const played = (
  releases: readonly Labelled[],
  from: number,
  known: (change: Change) => Change = (change) => change,
): readonly Predicted[] => {
  const predicted: Predicted[] = [];
  for (const project of new Set(releases.map((one) => one.project))) {
    const outcomes: Outcome[] = [];
    for (const { change, at, bad } of releases.filter((one) => one.project === project)) {
      const now = toMoment(at * 1000);
      const { usual, seen } = seenOf(outcomes.slice(0, READ), now);
      const effect = effectOf(known(change), usual);
      if (at >= from)
        predicted.push({
          project,
          bad,
          probability: predict(beliefsAfter(seen), effect).probability,
        });
      outcomes.unshift({ started: now, change: known(change), takenBack: bad });
    }
  }
  return predicted;
};

/** What of the facts is known, by kind of pair. */
const KINDS: readonly (readonly [string, (change: Change) => Change])[] = [
  ['all facts', (change) => change],
  [
    'files and lines',
    ({ files, linesAdded, linesDeleted }) => ({ files, linesAdded, linesDeleted }),
  ],
  ['commits only', ({ commits }) => ({ commits })],
  ['no facts: the own history only', () => ({})],
];

/** Prints what the whole score is worth on rounds of releases. */
export const printPlayed = (
  rounds: readonly (readonly Labelled[])[],
  from: number,
  frozen: readonly Predicted[],
): void => {
  const all: readonly (readonly [string, readonly Predicted[]])[] = [
    ...KINDS.map(
      ([name, known]) =>
        [name, rounds.flatMap((releases) => played(releases, from, known))] as const,
    ),
    ['all facts, one regression that learns of no project', frozen],
  ];
  print(
    'Releases, each predicted by its project’s own 30 before it',
    [
      'known',
      'releases',
      'AUC',
      'within projects',
      'Brier',
      'log loss',
      'calibration error',
      'captured at 5 / 10 / 50 %',
    ],
    all.map(([name, predicted]) => [
      name,
      String(predicted.length),
      areaUnderCurve(predicted).toFixed(3),
      areaWithinProjects(predicted).toFixed(3),
      brier(predicted).toFixed(4),
      logLoss(predicted).toFixed(4),
      `${(100 * calibrationError(predicted)).toFixed(1)} %`,
      [0.05, 0.1, 0.5].map((share) => (100 * captured(predicted, share)).toFixed(1)).join(' / '),
    ]),
  );
  print(
    'Tenths of the releases by what was said of them (all facts)',
    ['tenth', 'said', 'came'],
    deciles(all[0]![1]).map(({ said, came }, index) => [
      String(index + 1),
      ...[said, came].map((value) => `${(100 * value).toFixed(1)} %`),
    ]),
  );
};
