/** Tells people what policies make of past releases: a table, and what it comes to. */

import { type Compared, type Count, hindsight } from '../core/history/hindsight.ts';
import type { Replayed } from '../core/history/replay.ts';
import { clockText } from '../core/text/durations.ts';
import { inColumns } from './columns.ts';

const OUTCOMES: Readonly<Record<Replayed['outcome'], string>> = {
  stopped: 'stopped',
  told: 'only reported',
  unsure: 'too few requests',
  passed: 'passed',
  unjudged: 'not judged',
};

const count = (number: number): string => Math.round(number).toLocaleString('en-US');

const outcomeText = ({ outcome, second }: Replayed): string =>
  second === undefined ? OUTCOMES[outcome] : `${OUTCOMES[outcome]} at ${clockText(1000 * second)}`;

const cellsOf = (replayed: Replayed): readonly string[] => [
  outcomeText(replayed),
  count(replayed.green),
];

const tableLines = (all: readonly Compared[]): readonly string[] => {
  const isChanged = all.some(({ changed }) => changed);
  const arePairs = new Set(all.map(({ pair }) => pair)).size > 1;
  const head = [
    'RELEASE',
    ...(arePairs ? ['PAIR'] : []),
    ...['END', 'TODAY', 'GREEN HAD'],
    ...(isChanged ? ['CHANGED', 'GREEN HAD'] : []),
  ];
  const rows = all.map(({ release, pair, end = 'under way', fate, today, changed }) => [
    release,
    ...(arePairs ? [pair] : []),
    fate === 'undone' ? `${end}, undone` : end,
    ...cellsOf(today),
    ...(changed ? cellsOf(changed) : []),
  ]);
  return inColumns([head, ...rows]);
};

const soonerText = (seconds: number | undefined, than: string): readonly string[] => {
  if (seconds === undefined) return [];
  if (seconds === 0) return [`as soon as ${than}`];
  return [`${count(Math.abs(seconds))} s ${seconds > 0 ? 'sooner' : 'later'} than ${than}`];
};

/** The table, and under it what the change would have come to. */
export const backtestLines = (all: readonly Compared[]): readonly string[] => {
  const isChanged = all.some(({ changed }) => changed);
  const { takenBack, undone, stayed, exposed, ...sooner } = hindsight(all);
  const stops = (
    { releases, today, changed }: Count,
    what: string,
    none: string,
    how = '',
  ): string => {
    if (releases === 0) return none;
    return isChanged
      ? `Of ${releases} ${what} it would have stopped ${changed}${how}, today's policy ${today}.`
      : `Of ${releases} ${what} today's policy would have stopped ${today}${how}.`;
  };
  const gains = [
    ...soonerText(isChanged ? sooner.soonerThanToday : undefined, "today's policy"),
    ...soonerText(sooner.soonerThanSign, 'the first bad sign that there was'),
  ];
  return [
    ...tableLines(all),
    '',
    stops(takenBack, 'that were rolled back anyway', 'None of them was rolled back.'),
    ...(undone.releases > 0 ? [stops(undone, 'that were promoted and undone since', '')] : []),
    stops(
      stayed,
      'that were promoted and have stayed',
      'None of them was promoted and has stayed.',
      ' wrongly',
    ),
    ...(gains.length > 0 ? [`In the median it stops what was bad ${gains.join(', ')}.`] : []),
    ...(takenBack.releases + undone.releases > 0
      ? [
          isChanged
            ? `Of what was bad green had ${count(exposed.changed)} requests by then, by today's policy ${count(exposed.today)}.`
            : `Of what was bad green had ${count(exposed.today)} requests by then.`,
        ]
      : []),
  ];
};
