/** Draws the targets of a release: a lane for each, with how much of its traffic is on green. */
import type { ReleaseRecord, TargetRecord } from '../core/record/record.ts';
import { wantedText } from '../core/release/input.ts';
import { movedShort, shortText } from '../core/release/revision-words.ts';
import { styled } from '../rehearsal/terminal/terminal.ts';

/** Cells of a lane's bar. */
const BAR = 12;

/** What is wanted, an image without its registry and with as much of its digest as people compare. */
const shortImage = (image: string): string =>
  image.replace(/(^|\s)[^/\s]+\.[^/\s]+\//, '$1').replace(/(@sha256:[0-9a-f]{12}).*/, '$1…');

/** Versions of a target, from blue to green: `1.0.0 → 2.0.0`; what is wanted before they are known. */
export const versionsText = ({ from, to, unchanged, wanted, version }: TargetRecord): string => {
  if (unchanged && from) return `${shortText(from)} stays`;
  if (from && to) return movedShort(from, to);
  return version ? shortText({ name: version, version }) : shortImage(wantedText(wanted));
};

/** Lines of all lanes, in columns. */
export const lanesOf = ({ targets }: Pick<ReleaseRecord, 'targets'>): readonly string[] => {
  const all = Object.values(targets);
  const names = Math.max(0, ...all.map(({ name }) => name.length));
  const versions = Math.max(0, ...all.map((target) => versionsText(target).length));
  return all.map((target) => {
    const { share, status } = target.lane;
    const green = Math.round((share / 100) * BAR);
    const bar = `${styled('green', '█'.repeat(green))}${styled('blue', '░'.repeat(BAR - green))}`;
    return [
      `  ${target.name.padEnd(names)}`,
      `${bar} ${`${Math.round(share)} %`.padStart(5)}`,
      versionsText(target).padEnd(versions),
      target.unchanged ? 'left alone' : status,
    ].join('  ');
  });
};
