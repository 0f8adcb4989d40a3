/** Draws lanes of a release in columns, each with a bar of how much of its traffic is on green. */
import type { Lane } from '../../core/views/lanes.ts';
import { styled } from './terminal.ts';

/** Cells of a lane's bar. */
const BAR = 12;

/** Lines of lanes: name, bar, share, versions in a column of at least `widest` characters, status. */
export const laneLines = (lanes: readonly Lane[], widest = 0): readonly string[] => {
  const nameWidth = Math.max(0, ...lanes.map(({ name }) => name.length));
  const versionsWidth = Math.max(widest, ...lanes.map(({ versions }) => versions.length));
  return lanes.map(({ name, share, versions, status }) => {
    const green = Math.round((share / 100) * BAR);
    const bar = `${styled('green', '█'.repeat(green))}${styled('blue', '░'.repeat(BAR - green))}`;
    return [
      `  ${name.padEnd(nameWidth)}`,
      `${bar} ${`${Math.round(share)} %`.padStart(5)}`,
      versions.padEnd(versionsWidth),
      status,
    ].join('  ');
  });
};
