/** Tells a release to people out of its record: how it stands, what it waits for, and how it ended. */

import type { Recordless } from '../account/records.ts';
import type { LedgerLine } from '../core/facts/ledger.ts';
import { summaryOf, targetTexts } from '../core/people/summary.ts';
import { proofTable } from '../core/proof/proof-table.ts';
import { greenAddress } from '../core/record/green-address.ts';
import { notJudgedText } from '../core/record/judged-words.ts';
import type { Approval, ReleaseRecord, TargetRecord } from '../core/record/record.ts';
import { ENDS, type End, SUCCEEDING } from '../core/release/end.ts';
import { movedText, originText } from '../core/release/revision-words.ts';
import { settingText } from '../core/release/settings.ts';
import { underRedText } from '../core/release/under-red-words.ts';
import { riskFigure } from '../core/risk/words.ts';
import { clockText, timeText } from '../core/text/durations.ts';
import { brief } from '../core/text/first-fault.ts';
import { toMilliseconds } from '../core/text/time.ts';
import { type AlarmStates, alarmsText } from '../core/views/alarm-states.ts';
import { type Awaited, elapsedOf, judgedTexts, viewOf } from '../core/views/release-view.ts';
import { laneLines } from '../rehearsal/terminal/lanes.ts';
import { phaseMap } from '../rehearsal/terminal/phase-map.ts';
import { styled } from '../rehearsal/terminal/terminal.ts';
import { labelled } from '../rehearsal/terminal/wrap.ts';

/** Characters of a line where the size of the terminal is not known. */
const WIDE = 100;

/** Columns before the phases. */
const INDENT = 2;

const label = (text: string): string => styled('gray', text.padEnd(10));

/** A label and what it says, folded between words. */
const entry = (name: string, text: string, width: number): readonly string[] =>
  labelled(`  ${label(name)} `, text, width);

/** When a wait ends by itself, and how: `13:15:20 UTC (03:10 left)`; empty where nothing but its cause ends it. */
export const untilText = ({ until, otherwise }: Awaited, now: number): string => {
  if (until === undefined) return '';
  const left = until > now ? `${clockText(until - now)} left` : 'any moment';
  return `${timeText(until)} (${left})${otherwise ? `, then the release ${otherwise}` : ''}`;
};

/** Lines to be pasted, below each other behind one label. */
const runLines = (run: readonly string[]): readonly string[] =>
  run.map((line, index) => `  ${label(index === 0 ? 'run' : '')} ${line}`);

const waitLines = (wait: Awaited, now: number, width: number): readonly string[] => {
  const until = untilText(wait, now);
  return [
    ...entry('waits for', wait.text, width),
    ...(until ? entry('until', until, width) : []),
    ...runLines(wait.commands),
  ];
};

/** What the judge says, without what the evidence above says as well. */
const judgedLines = (texts: readonly string[], width: number, evidence = ''): readonly string[] =>
  texts
    .filter((said) => !evidence.includes(said.slice(said.indexOf(': ') + 2)))
    .flatMap((said) => entry('judge', brief(said), width));

/** How a release that continues stands: its phase, its lanes, its alarms, and what it waits for. */
export const statusLines = (
  record: ReleaseRecord,
  now: number,
  alarms: AlarmStates = {},
  width = WIDE,
): readonly string[] => {
  const { way, phase, elapsed, lanes, judged, held, wait, meaning } = viewOf(record, now);
  const text = alarmsText(alarms);
  return [
    `  ${phaseMap(way, width - INDENT)}`,
    `  ${styled('bold', phase)}  ${clockText(elapsed)}`,
    ...laneLines(lanes),
    ...(text ? entry('alarms', text, width) : []),
    ...judgedLines(judged, width),
    ...(held ? entry('hold', 'is set', width) : []),
    ...(wait ? waitLines(wait, now, width) : entry('now', meaning, width)),
  ];
};

/** Settings that a release changes in a target, one a line. */
const changeLines = ({ changes = [] }: Pick<TargetRecord, 'changes'>): readonly string[] =>
  changes.map((change) => `  ${label('')} ${settingText(change)}`);

/** Where people can look at green of a target: a command is one line, to be pasted. */
const lookLines = (target: TargetRecord, width: number): readonly string[] => {
  const { link, command, note } = greenAddress(target) ?? {};
  const address = link ?? command;
  return address === undefined || note === undefined
    ? []
    : [`  ${label('check')} ${address}`, ...entry('', note, width)];
};

/** A target that people approve or reject: where it goes, its digest, its changed settings, and where to look at it. */
const shownLines = (
  { name, to, digest }: Approval['shown'][number],
  target: TargetRecord | undefined,
  width: number,
): readonly string[] => [
  `  ${label(name)} ${target?.from && target.to ? movedText(target.from, target.to) : to}`,
  ...(digest ? [`  ${label('')} ${digest}`] : []),
  ...(target ? [...changeLines(target), ...lookLines(target, width)] : []),
];

/** What people approve or reject: each target, and the proof cell by cell. */
export const askedLines = (
  { approval, proof, targets }: ReleaseRecord,
  width = WIDE,
): readonly string[] =>
  approval?.state === 'pending'
    ? [
        ...approval.shown.flatMap((one) => shownLines(one, targets[one.name], width)),
        ...(proof ? proofTable(proof).map((line) => `  ${line}`) : []),
      ]
    : [];

/** How a release ended: why, what moved, and where its users are. */
export const endLines = (record: ReleaseRecord, end: End, width = WIDE): readonly string[] => {
  const { targets, reasons, title } = summaryOf(record);
  const evidence = notJudgedText(record, end);
  const colour = SUCCEEDING.includes(end) ? 'green' : 'yellow';
  return [
    `  ${styled(['bold', colour], title)}  ${clockText(elapsedOf(record, 0))}  ${styled('gray', ENDS[end])}`,
    ...(evidence ? entry('evidence', evidence, width) : []),
    ...reasons.flatMap(({ text, code, run = [] }) => [
      ...entry('because', `${brief(text)} (${code})`, width),
      ...runLines(run),
    ]),
    ...judgedLines(judgedTexts(record), width, evidence),
    ...targets.flatMap((target) => {
      const { name } = target;
      const { from, to, live } = targetTexts(target);
      const moved = from && to && from !== to ? `${from} → ${to}, ` : '';
      const text = live === undefined ? 'stays as it was' : `${moved}users are on ${live}`;
      return [...entry(name, text, width), ...changeLines(record.targets[name] ?? {})];
    }),
  ];
};

/** An entry of the ledger with the release's own clock, folded between words. */
export const ledgerLines = (
  { times }: ReleaseRecord,
  { at, what }: LedgerLine,
  width = WIDE,
): readonly string[] => {
  const clock = clockText(toMilliseconds(at) - toMilliseconds(times.started));
  return labelled(`  ${styled('gray', clock)}  `, brief(what), width);
};

/** Date and time of day of a moment: `2026-11-23 09:08:12 UTC`. */
const dateText = (moment: string): string =>
  `${moment.slice(0, 10)} ${timeText(toMilliseconds(moment))}`;

/** That a release had ended by a moment (milliseconds since 1970), and when; undefined where it had not. */
export const endedByText = ({ times }: ReleaseRecord, moment: number): string | undefined => {
  const { started, ended } = times;
  if (ended === undefined || toMilliseconds(ended) > moment) return undefined;
  const clock = clockText(toMilliseconds(ended) - toMilliseconds(started));
  return `The release had ended by then, at ${clock} (${dateText(ended)}): this is its end.`;
};

/** Which release it is, who asked for it, when, and its risk; its ledger begins with why. */
export const titleLines = (record: ReleaseRecord): readonly string[] => {
  const { release, pair, requestedBy, authors, change, times, risk, underRed } = record;
  const origin = originText(change?.commit, authors);
  return [
    `${styled('bold', release)} of ${pair}`,
    `  requested by ${requestedBy} at ${dateText(times.started)}`,
    ...(origin ? [`  ${origin}`] : []),
    ...(underRed ? [`  ${styled('yellow', underRedText(underRed))}`] : []),
    ...(risk ? [`  risk of a rollback: ${riskFigure(risk)}`] : []),
  ];
};

/** The end of a release that has no record: refused at once, or failed before it could write one. */
export const refusedEnd = ({ error }: Pick<Recordless, 'error'>): End =>
  error !== undefined && error in ENDS ? (error as End) : 'NeedsAttention';

/** What is known of a release that has no record. */
export const refusedLines = (
  { status, error, cause }: Recordless,
  width = WIDE,
): readonly string[] =>
  status === 'RUNNING'
    ? ['  The release has just been started; its record comes with its first step.']
    : [
        `  ${styled(['bold', 'yellow'], error ?? status)}`,
        ...entry('because', cause ?? 'its execution names no cause', width),
      ];
