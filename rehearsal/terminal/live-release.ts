/** Draws a release as it stands this moment: its phases, a lane for each target, and what it waits for. */
import type { ReleaseRecord } from '../../core/record/record.ts';
import { clockText } from '../../core/text/durations.ts';
import type { Lane } from '../../core/views/lanes.ts';
import { type ReleaseView, viewOf } from '../../core/views/release-view.ts';
import { laneLines } from './lanes.ts';
import type { Sighting } from './live-targets.ts';
import { phaseMap } from './phase-map.ts';
import { styled } from './terminal.ts';

/** Characters of the versions of the sample pair, `storefront-web:1 → storefront-web:2`: what is redrawn does not jump. */
const VERSIONS = 35;

/** Width of a terminal whose size is not known, and columns before the phases. */
const WIDE = 100;
const INDENT = 2;

const MARKS = { good: '✔', bad: '✖', open: '·' } as const;
const COLOURS = { good: 'green', bad: 'red', open: 'gray' } as const;

/** A lane with what its target shows this moment; where nobody has read that yet, with what the release has seen. */
const seenLane = (
  lane: Lane,
  { share, health, text }: Sighting = { share: lane.share, health: 'open', text: 'not read yet' },
): Lane => {
  const mark = styled(COLOURS[health], `${MARKS[health]} ${text}`);
  return { ...lane, share, status: `${mark}, ${lane.status.replace('rolling back', 'back')}` };
};

/** What a release does now: what it waits for, until when on its own clock, or what its phase means. */
const nowText = ({ wait, meaning, started }: ReleaseView): string => {
  if (!wait) return meaning;
  const until = wait.until === undefined ? '' : `, until ${clockText(wait.until - started)}`;
  return `waits for ${wait.text}${until}`;
};

/** The lines that are redrawn while a release continues. */
export const drawn = (
  record: ReleaseRecord,
  now: number,
  seen: Readonly<Record<string, Sighting>>,
  width = WIDE,
): readonly string[] => {
  const view = viewOf(record, now);
  const lanes = view.lanes.map((lane) => seenLane(lane, seen[lane.name]));
  return [
    '',
    `  ${phaseMap(view.way, width - INDENT)}`,
    ...laneLines(lanes, VERSIONS),
    ...view.judged.map((said) => `  ${styled('gray', said)}`),
    `  ${styled('bold', clockText(view.elapsed))}  ${nowText(view)}`,
  ];
};
