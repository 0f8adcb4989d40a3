/** Draws the targets of a release: a lane for each, with how much of its traffic is on green. */
import type { ReleaseRecord, TargetRecord } from '../core/record.ts';
import { wantedText } from '../core/release.ts';
import { styled } from '../rehearsal/terminal.ts';

/** Cells of a lane's bar. */
const BAR = 12;

/** What is wanted, an image without its registry and with as much of its digest as people compare. */
const shortImage = (image: string): string =>
  image.replace(/(^|\s)[^/\s]+\.[^/\s]+\//, '$1').replace(/(@sha256:[0-9a-f]{12}).*/, '$1…');

/** Revisions of a target, from blue to green: `web:1 → web:2`; what is wanted before they are known. */
export const revisionsOf = ({ from, to, unchanged, wanted }: TargetRecord): string => {
  if (unchanged) return `${from?.name} stays`;
  if (from && to) return `${from.name} → ${to.name}`;
  return shortImage(wantedText(wanted));
};

/** Lines of all lanes, in columns. */
export const lanesOf = ({ targets }: Pick<ReleaseRecord, 'targets'>): readonly string[] => {
  const all = Object.values(targets);
  const names = Math.max(0, ...all.map(({ name }) => name.length));
  const revisions = Math.max(0, ...all.map((target) => revisionsOf(target).length));
  return all.map((target) => {
    const { share, status } = target.lane;
    const green = Math.round((share / 100) * BAR);
    const bar = `${styled('green', '█'.repeat(green))}${styled('blue', '░'.repeat(BAR - green))}`;
    return [
      `  ${target.name.padEnd(names)}`,
      `${bar} ${`${Math.round(share)} %`.padStart(5)}`,
      revisionsOf(target).padEnd(revisions),
      target.unchanged ? 'left alone' : status,
    ].join('  ');
  });
};
