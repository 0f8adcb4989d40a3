/** Draws a release as it stands: its phases, what it waits for, and a lane for each target. */

import type { ReleaseRecord, TargetRecord } from '../../core/record/record.ts';
import { waitOf } from '../../core/record/waiting.ts';
import { PHASES } from '../../core/release/phase.ts';
import { movedShort, shortText } from '../../core/release/revision-words.ts';
import { clockText } from '../../core/text/durations.ts';
import { toMilliseconds } from '../../core/text/time.ts';
import { type Sighting, unseen } from './live-targets.ts';
import { phaseMap } from './phase-map.ts';
import { styled } from './terminal.ts';

/** Cells of a lane's bar. */
const BAR = 12;

/** Widest revisions of a lane: `storefront-web:1 → storefront-web:2`. */
const REVISIONS = 35;

/** Width of a terminal that nobody has measured, and columns before the phases. */
const WIDE = 100;
const INDENT = 2;

const MARKS = { good: '✔', bad: '✖', open: '·' } as const;
const COLOURS = { good: 'green', bad: 'red', open: 'gray' } as const;

/** One target: how much of its traffic is on green, from what to what, how it does, and how its deployment stands. */
const lane = (target: TargetRecord, { share, health, text }: Sighting): string => {
  const { name, from, to, unchanged, lane: seen } = target;
  const green = Math.round((share / 100) * BAR);
  const bar = `${styled('green', '█'.repeat(green))}${styled('blue', '░'.repeat(BAR - green))}`;
  const percent = `${Math.round(share)} %`.padStart(5);
  const moved = from && to ? movedShort(from, to) : '';
  const revisions = (unchanged ? `${from ? shortText(from) : ''} stays` : moved).padEnd(REVISIONS);
  const mark = styled(COLOURS[health], `${MARKS[health]} ${text}`);
  const status = seen.status.replace('going back', 'back');
  return `  ${name.padEnd(4)} ${bar} ${percent}  ${revisions}  ${mark}, ${status}`;
};

/** What a release does now: what it waits for, until when on its own clock, or what its phase means. */
const nowText = (record: ReleaseRecord): string => {
  const wait = waitOf(record);
  if (!wait) return PHASES[record.phase];
  const end = wait.until ?? wait.deadline;
  const progress = wait.progress ? `: ${wait.progress}` : '';
  const until =
    end === undefined ? '' : `, until ${clockText(end - toMilliseconds(record.times.started))}`;
  return `waits for ${wait.for}${progress}${until}`;
};

/** The lines that are redrawn while a release goes on. */
export const drawn = (
  record: ReleaseRecord,
  now: number,
  seen: Readonly<Record<string, Sighting>>,
  width = WIDE,
): readonly string[] => {
  const elapsed = clockText(now - toMilliseconds(record.times.started));
  return [
    '',
    `  ${phaseMap(record, width - INDENT)}`,
    ...Object.values(record.targets).map((target) =>
      lane(target, seen[target.name] ?? unseen(target)),
    ),
    ...(record.judged?.says ?? []).map((said) => `  ${styled('gray', said)}`),
    `  ${styled('bold', elapsed)}  ${nowText(record)}`,
  ];
};
