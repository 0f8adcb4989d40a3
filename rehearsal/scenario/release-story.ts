/** One release of a scenario, told to a person: its ledger, and between its lines what the scenario itself did. */
import { stripVTControlCharacters } from 'node:util';
import { cellTable, proofSummary } from '../../core/proof/proof-table.ts';
import { endTitle } from '../../core/record/judged-words.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { clockText } from '../../core/text/durations.ts';
import { brief } from '../../core/text/first-fault.ts';
import { oneLine } from '../../core/text/one-line.ts';
import { toMilliseconds } from '../../core/text/time.ts';
import { styled } from '../terminal/terminal.ts';
import { cut, labelled } from '../terminal/wrap.ts';
import type { Told } from './play.ts';
import type { Finished } from './run.ts';

/** Longest line of the ledger that is shown, in characters; the reasons say the rest. */
const LONGEST_LINE = 160;

/** A label in front of what is told. */
const label = (text: string): string => styled('gray', text.padEnd(9));

type Style = Parameters<typeof styled>[0];

/** A label and a text behind it, folded between words where the text is longer than the room; a style is that of the text. */
export const entry = (
  name: string,
  text: string,
  room = Number.POSITIVE_INFINITY,
  style?: Style,
): readonly string[] => {
  const head = `   ${label(name)} `;
  if (style === undefined) return labelled(head, text, room);
  const indent = ' '.repeat(stripVTControlCharacters(head).length);
  return labelled(indent, text, room).map(
    (line, index) => `${index === 0 ? head : indent}${styled(style, line.slice(indent.length))}`,
  );
};

/** A command, or a row of a table: it is one line, however long. */
const line = (name: string, text: string): string => `   ${label(name)} ${text}`;

const proofLines = ({ proof }: ReleaseRecord, room: number): readonly string[] =>
  proof
    ? [
        ...entry('proved', proofSummary(proof), room),
        ...cellTable(proof).map((row) => cut(line('', styled('gray', row)), room)),
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

const momentText = (milliseconds: number): string =>
  milliseconds < 0 ? 'before' : clockText(milliseconds);

/** Lines of what a scenario did, by the time since a moment. */
export const stepLines = (steps: readonly Told[], since = 0, room?: number): readonly string[] =>
  steps.flatMap(({ at, text }) =>
    entry(momentText(at - since), `${MARK} ${oneLine(text, LONGEST_LINE)}`, room, 'cyan'),
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
const ledgerLines = (
  release: Finished,
  steps: readonly Told[],
  room: number,
): readonly string[] => {
  const started = startOf(release);
  const lines: string[] = [];
  let left = steps;
  for (const { at, what } of release.ledger) {
    const moment = toMilliseconds(at);
    const before = left.filter((step) => step.at <= moment);
    left = left.slice(before.length);
    lines.push(
      ...stepLines(before, started, room),
      ...entry(momentText(moment - started), oneLine(brief(what), LONGEST_LINE), room, 'gray'),
    );
  }
  return [...lines, ...stepLines(left, started, room)];
};

/** A release as people read it: its end, why, how it was proven, and what happened in it. A command to be pasted is one line. */
export const releaseLines = (
  release: Finished,
  steps: readonly Told[],
  room = Number.POSITIVE_INFINITY,
): readonly string[] => {
  const { name, cause, record } = release;
  const reasons = record?.reasons.map(({ text, code }) => `${brief(text)} (${code})`) ?? [cause];
  const run = record?.reasons.flatMap(({ run: lines = [] }) => lines) ?? [];
  return [
    ...entry(name, endText(release), room, 'bold'),
    ...reasons.filter(Boolean).flatMap((text) => entry('because', text, room)),
    ...run.map((text, index) => line(index === 0 ? 'run' : '', text)),
    ...(record ? proofLines(record, room) : []),
    ...ledgerLines(release, steps, room),
  ];
};
