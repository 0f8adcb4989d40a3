/** Why the risk of a release is what it is, in sentences. */

import { type Change, FACTS, type Fact } from '../release/change.ts';
import { toMilliseconds } from '../text/time.ts';
import type { Effect } from './effect.ts';
import type { Outcome } from './history.ts';
import { BELIEVED, type Belief, logistic, logOdds, meanOf } from './posterior.ts';

/** What the reasons are made of; `outcomes` come newest first. */
export interface About {
  readonly change: Change;
  readonly outcomes: readonly Outcome[];
  readonly beliefs: readonly Belief[];
  readonly effect: Effect;
  readonly now: string;
}

/** A sentence with the log odds that it moves. */
interface Weighed {
  readonly text: string;
  readonly weight: number;
}

const FACT_WORDS: Readonly<Record<Fact, string>> = {
  commits: 'commits',
  files: 'files',
  directories: 'directories',
  linesAdded: 'lines added',
  linesDeleted: 'lines deleted',
  experience: 'experience of the authors',
};

const numberText = (value: number): string => Math.round(value).toLocaleString('en-US');

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${numberText(count)} ${count === 1 ? one : many}`;

/** How many releases of a pair say what is usual for it. */
const ENOUGH = 3;

/** Lines of a change as far as they are known. */
const linesOf = ({ linesAdded, linesDeleted }: Change): number | undefined =>
  linesAdded === undefined && linesDeleted === undefined
    ? undefined
    : (linesAdded ?? 0) + (linesDeleted ?? 0);

/** What tells the size of a change best, of what is known of it. */
const MEASURES: readonly ((change: Change) => number | undefined)[] = [
  linesOf,
  ({ files }) => files,
  ({ directories }) => directories,
  ({ commits }) => commits,
];

const timesText = (ratio: number): string => {
  if (ratio >= 9.5) return `${numberText(ratio)} times the usual`;
  if (ratio > 1.5) return `${Number(ratio.toPrecision(2))} times the usual`;
  if (ratio >= 1 / 1.5) return 'about the usual';
  const percent = Math.round(100 * ratio);
  return percent < 1 ? 'less than 1 % of the usual' : `${percent} % of the usual`;
};

/** The size beside the pair's own median, in words; where few releases tell it, that is said instead. */
const besideUsual = (change: Change, outcomes: readonly Outcome[]): string => {
  const measure = MEASURES.find((one) => one(change) !== undefined)!;
  const own = outcomes.flatMap((one) => measure(one.change) ?? []).sort((a, b) => a - b);
  if (own.length < ENOUGH) return 'what is usual for the pair is not known';
  const middle = own[Math.floor(own.length / 2)]!;
  return timesText((measure(change)! + 1) / (middle + 1));
};

const sizeText = (change: Change, outcomes: readonly Outcome[]): string | undefined => {
  const { files, directories, commits } = change;
  const lines = linesOf(change);
  const [head, ...places] = [
    ...(lines === undefined ? [] : [counted(lines, 'line')]),
    ...(files === undefined ? [] : [counted(files, 'file')]),
    ...(directories === undefined ? [] : [counted(directories, 'directory', 'directories')]),
    ...(commits === undefined ? [] : [counted(commits, 'commit')]),
  ];
  if (head === undefined) return undefined;
  const where = places.length > 0 ? ` in ${places.join(', ')}` : '';
  return `${head}${where}, ${besideUsual(change, outcomes)}`;
};

const historyText = (outcomes: readonly Outcome[]): string => {
  const count = outcomes.length;
  const bad = outcomes.filter(({ takenBack }) => takenBack).length;
  if (count === 0)
    return `no release of the pair has shown anything: ${Math.round(100 * BELIEVED)} % is assumed`;
  if (count === 1)
    return `the only release of the pair before was ${bad === 1 ? '' : 'not '}rolled back`;
  const verb = bad > 1 ? 'were' : 'was';
  const latest = bad > 1 && bad < count && outcomes[0]!.takenBack ? ', the latest among them' : '';
  return `${bad === 0 ? 'none' : bad} of the last ${count} releases of the pair ${verb} rolled back${latest}`;
};

/** Log odds below which the experience is not worth a sentence. */
const LITTLE = 0.05;

const ONE_DAY = 86_400_000;
/** Days after which it is said how old the history is. */
const OLD = 90;

/** What makes the figure less sure: said last, since it moves nothing. */
const caveats = ({ change, outcomes, now }: About): readonly string[] => {
  const missing = FACTS.filter((fact) => change[fact] === undefined);
  const newest = outcomes[0]?.started;
  const days =
    newest === undefined ? 0 : Math.floor((toMilliseconds(now) - toMilliseconds(newest)) / ONE_DAY);
  return [
    ...(days > OLD
      ? [`the latest release was ${numberText(days)} days ago, so the history counts for less`]
      : []),
    ...(missing.length === FACTS.length ? ['nothing is known of the change itself'] : []),
    ...(missing.length > 0 && missing.length < FACTS.length
      ? [`not known of the change: ${missing.map((fact) => FACT_WORDS[fact]).join(', ')}`]
      : []),
  ];
};

/** The reasons, the weightiest first. */
export const reasonsOf = (about: About): string[] => {
  const { change, outcomes, beliefs, effect } = about;
  const scale = meanOf(beliefs, (belief) => belief.scale);
  const ordinary = meanOf(beliefs, ({ intercept }) => logistic(intercept));
  const size = sizeText(change, outcomes);
  const experience = scale * effect.experience;
  const weighed: Weighed[] = [
    { text: historyText(outcomes), weight: logOdds(ordinary) - logOdds(BELIEVED) },
    ...(size === undefined ? [] : [{ text: size, weight: scale * effect.size }]),
    ...(change.experience === undefined || Math.abs(experience) < LITTLE
      ? []
      : [
          {
            text: `its authors had made ${counted(change.experience, 'commit')} before, on average`,
            weight: experience,
          },
        ]),
  ];
  return [
    ...weighed.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).map(({ text }) => text),
    ...caveats(about),
  ];
};
