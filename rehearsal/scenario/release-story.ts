/** One release of a scenario, told to a person: its ledger, and between its lines what the scenario itself did. */

import { cellTable, proofSummary } from '../../core/proof/proof-table.ts';
import { endTitle } from '../../core/record/judged-words.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { clockText } from '../../core/text/durations.ts';
import { brief } from '../../core/text/first-fault.ts';
import { oneLine } from '../../core/text/one-line.ts';
import { toMilliseconds } from '../../core/text/time.ts';
import { styled } from '../terminal/terminal.ts';
import type { Told } from './play.ts';
import type { Finished } from './run.ts';

/** Longest line of the ledger that is shown, in characters; the reasons say the rest. */
const LONGEST_LINE = 160;

/** A label in front of what is told. */
export const label = (text: string): string => styled('gray', text.padEnd(9));

const proofLines = ({ proof }: ReleaseRecord): readonly string[] =>
  proof
    ? [
        `   ${label('proved')} ${proofSummary(proof)}`,
        ...cellTable(proof).map((row) => `   ${label('')} ${styled('gray', row)}`),
      ]
    : [];

/** An end as people read it, with the code of its first reason. */
export const endText = ({ end, record, cause }: Finished): string => {
  const code = record?.reasons[0]?.code ?? /\(([a-z-]+)\)/.exec(cause)?.[1];
  const title = record?.end ? endTitle(record, record.end) : end;
  return `${end === 'Refused' ? 'Rejected' : title}${code ? ` (${code})` : ''}`;
};

/** Mark of a line that the scenario itself has brought about; lines of the ledger have none. */
const MARK = '»';

const line = (moment: string, text: string): string => `   ${label(moment)} ${text}`;

const momentText = (milliseconds: number): string =>
  milliseconds < 0 ? 'before' : clockText(milliseconds);

/** Lines of what a scenario did, by the time since a moment. */
export const stepLines = (steps: readonly Told[], since = 0): readonly string[] =>
  steps.map(({ at, text }) =>
    line(momentText(at - since), styled('cyan', `${MARK} ${oneLine(text, LONGEST_LINE)}`)),
  );

const startOf = ({ record, startedAt }: Finished): number =>
  record ? toMilliseconds(record.times.started) : startedAt;

/** What a scenario did, by release: the one that a step names, else the one that was started last by then. */
export const stepsOf = (
  releases: readonly Finished[],
  told: readonly Told[],
): ReadonlyMap<Finished, readonly Told[]> => {
  const byStart = releases.toSorted((one, other) => startOf(one) - startOf(other));
  return Map.groupBy(
    byStart.length === 0 ? [] : told,
    ({ at, release }) =>
      releases.find(({ name }) => name === release) ??
      byStart.findLast((one) => startOf(one) <= at) ??
      byStart[0]!,
  );
};

/** The ledger of a release, with what the scenario did in between, each at its moment. */
const ledgerLines = (release: Finished, steps: readonly Told[]): readonly string[] => {
  const started = startOf(release);
  const lines: string[] = [];
  let left = steps;
  for (const { at, what } of release.ledger) {
    const moment = toMilliseconds(at);
    const before = left.filter((step) => step.at <= moment);
    left = left.slice(before.length);
    lines.push(
      ...stepLines(before, started),
      line(momentText(moment - started), styled('gray', oneLine(brief(what), LONGEST_LINE))),
    );
  }
  return [...lines, ...stepLines(left, started)];
};

/** A release as people read it: its end, why, how it was proven, and what happened in it. */
export const releaseLines = (release: Finished, steps: readonly Told[]): readonly string[] => {
  const { name, cause, record } = release;
  const reasons = record?.reasons.map(({ text, code }) => `${brief(text)} (${code})`) ?? [cause];
  const run = record?.reasons.flatMap(({ run: lines = [] }) => lines) ?? [];
  return [
    line(name, styled('bold', endText(release))),
    ...reasons.filter(Boolean).map((text) => line('because', text)),
    ...run.map((text, index) => line(index === 0 ? 'run' : '', text)),
    ...(record ? proofLines(record) : []),
    ...ledgerLines(release, steps),
  ];
};
