/** Reads commits of ApacheJIT, and makes releases of them. */
import { readFileSync } from 'node:fs';
import type { Change, Fact } from '../../core/release/change.ts';

/** A commit, or a release of several: what it changed, and whether it brought a defect. */
export interface Labelled {
  readonly project: string;
  /** Seconds since 1970. */
  readonly at: number;
  readonly bad: boolean;
  readonly change: Required<Omit<Change, 'commit'>>;
  /** Share of the commits that mend a defect, as the data set says. */
  readonly fixes: number;
  /** Every column of a commit that holds a number. */
  readonly columns: Readonly<Record<string, number>>;
}

/** The commits in a file of the data set, the oldest first. */
export const commitsIn = (path: string): readonly Labelled[] => {
  const [head = '', ...lines] = readFileSync(path, 'utf8').trim().split('\n');
  const names = head.trim().split(',');
  return lines
    .map((line) => {
      const cells = Object.fromEntries(
        line.split(',').map((cell, index) => [names[index], cell.trim()]),
      );
      const number = (name: string) => Number(cells[name]) || 0;
      return {
        project: cells.project!,
        at: number('author_date'),
        bad: cells.buggy === 'True',
        fixes: cells.fix === 'True' ? 1 : 0,
        change: {
          commits: 1,
          files: number('nf'),
          directories: number('nd'),
          linesAdded: number('la'),
          linesDeleted: number('ld'),
          experience: number('aexp'),
        },
        columns: Object.fromEntries(
          names.filter((name) => !Number.isNaN(Number(cells[name]))).map((n) => [n, number(n)]),
        ),
      };
    })
    .sort((a, b) => a.at - b.at);
};

const together = (commits: readonly Labelled[]): Labelled => {
  const sum = (fact: Fact) => commits.reduce((total, { change }) => total + change[fact]!, 0);
  return {
    ...commits.at(-1)!,
    bad: commits.some(({ bad }) => bad),
    fixes: commits.reduce((total, one) => total + one.fixes, 0) / commits.length,
    change: {
      commits: commits.length,
      files: sum('files'),
      directories: sum('directories'),
      linesAdded: sum('linesAdded'),
      linesDeleted: sum('linesDeleted'),
      experience: sum('experience') / commits.length,
    },
  };
};

/** Releases of 1 to `most` commits in a row of one project, few more often than many; oldest first. */
export const releasesOf = (
  commits: readonly Labelled[],
  most: number,
  random: () => number,
): readonly Labelled[] => {
  const releases: Labelled[] = [];
  for (const project of new Set(commits.map((one) => one.project))) {
    const own = commits.filter((one) => one.project === project);
    for (let start = 0; start < own.length; ) {
      const size = Math.round(Math.exp(random() * Math.log(most)));
      if (start + size > own.length) break;
      releases.push(together(own.slice(start, start + size)));
      start += size;
    }
  }
  return releases.sort((a, b) => a.at - b.at);
};
