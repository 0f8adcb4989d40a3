/**
 * `npm run risk:fit -- <apachejit_test_small.csv>`: fits the weights of core/risk/weights.ts on the first six tenths of
 * ApacheJIT by date, and measures on the last four what they, and the whole score, are worth. The data set is at
 * https://github.com/hosseinkshvrz/apachejit (Keshavarz and Nagappan, MSR 2022); it is not ours to distribute.
 */
import { FACTS, type Fact, logsOf, SIZES } from '../../core/release/change.ts';
import { logistic } from '../../core/risk/posterior.ts';
import { CENTRES, LOADINGS, SPREADS, WEIGHTS } from '../../core/risk/weights.ts';
import { randomFrom } from '../bench/judge/random.ts';
import { print, say } from '../bench/print.ts';
import { commitsIn, type Labelled, releasesOf } from './apachejit.ts';
import { loadingsOf } from './factor.ts';
import { fitLogistic } from './logistic.ts';
import { printPlayed } from './played.ts';
import { areaUnderCurve, brier, captured, type Predicted } from './score.ts';

/** Share of the commits, by date, that the weights are fitted on. */
const FITTED = 0.6;
/** Most commits of a release, and how many times the commits are made into releases anew. */
const COMMITS = 10;
const ROUNDS = 8;
const SEED = 20261126;

type Features = (commit: Labelled) => readonly number[];

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const figuresOf = (name: string, predicted: readonly Predicted[]): string[] => [
  name,
  areaUnderCurve(predicted).toFixed(3),
  brier(predicted).toFixed(4),
  [0.05, 0.1, 0.5].map((share) => (100 * captured(predicted, share)).toFixed(1)).join(' / '),
];

/** What a plain regression on some features predicts of the last commits. */
const plain = (
  fitted: readonly Labelled[],
  tested: readonly Labelled[],
  featuresOf: Features,
): readonly Predicted[] => {
  const rows = fitted.map(featuresOf);
  const columns = rows[0]!.map((_, index) => ({ values: rows.map((row) => row[index]!) }));
  const { slopes, intercepts } = fitLogistic(
    columns,
    fitted.map(({ bad }) => bad),
  );
  return tested.map((one) => ({
    project: one.project,
    bad: one.bad,
    probability: logistic(
      featuresOf(one).reduce((sum, value, index) => sum + value * slopes[index]!, intercepts[0]!),
    ),
  }));
};

const log = (value = 0) => Math.log1p(value);

/** The thirteen features of the data set, as in the published comparisons. */
const THIRTEEN: Features = ({ columns: c, fixes }) => [
  ...['la', 'ld', 'nf', 'nd', 'ns', 'age', 'nuc', 'aexp', 'arexp', 'asexp'].map((n) => log(c[n])),
  ...[c.ent ?? 0, c.ndev ?? 0, fixes],
];

const OURS: Features = ({ change }) => {
  const { commits: _, ...logs } = logsOf(change);
  return Object.values(logs);
};

/** The weights, by releases of several commits, with an intercept for each project: a pair has its own as well. */
const weightsFrom = (releases: readonly Labelled[]) => {
  const projects = [...new Set(releases.map(({ project }) => project))];
  const logs = releases.map(({ change }) => logsOf(change) as Record<Fact, number>);
  const column = (fact: Fact) => logs.map((one) => one[fact]);
  const { slopes } = fitLogistic(
    FACTS.map((fact) => ({ values: column(fact), sign: fact === 'experience' ? -1 : 1 })),
    releases.map(({ bad }) => bad),
    releases.map(({ project }) => projects.indexOf(project)),
  );
  const within = (fact: Fact) => {
    const values = column(fact);
    const means = projects.map((name) =>
      mean(values.filter((_, row) => releases[row]!.project === name)),
    );
    return values.map((value, row) => value - means[projects.indexOf(releases[row]!.project)]!);
  };
  const loadings = loadingsOf(SIZES.map(within));
  return {
    WEIGHTS: Object.fromEntries(FACTS.map((fact, index) => [fact, slopes[index]!])),
    CENTRES: Object.fromEntries(FACTS.map((fact) => [fact, mean(column(fact))])),
    SPREADS: Object.fromEntries(
      FACTS.map((fact) => [fact, Math.sqrt(mean(within(fact).map((value) => value ** 2)))]),
    ),
    LOADINGS: Object.fromEntries(SIZES.map((size, index) => [size, loadings[index]!])),
  };
};

const printConstants = (fitted: ReturnType<typeof weightsFrom>): void => {
  const kept: Record<string, Readonly<Record<string, number>>> = {
    ...{ WEIGHTS, CENTRES, SPREADS, LOADINGS },
  };
  print(
    'Constants: fitted now (kept in core/risk/weights.ts)',
    ['', ...FACTS],
    Object.entries(fitted).map(([name, values]) => [
      name,
      ...FACTS.map((fact) =>
        values[fact] === undefined ? '' : `${values[fact].toFixed(3)} (${kept[name]?.[fact]})`,
      ),
    ]),
  );
};

/** Prints the figures, and the constants. */
export const main = ([path] = process.argv.slice(2)): void => {
  if (path === undefined)
    throw new Error('Name the file: npm run risk:fit -- apachejit_test_small.csv');
  const commits = commitsIn(path);
  const cut = Math.floor(commits.length * FITTED);
  const [before, after] = [commits.slice(0, cut), commits.slice(cut)];
  const share = (all: readonly Labelled[]) =>
    (100 * mean(all.map(({ bad }) => (bad ? 1 : 0)))).toFixed(1);
  say(
    `${commits.length} commits; bad are ${share(before)} % of the first ${before.length}, ${share(after)} % of the last ${after.length}`,
  );
  print(
    'Single commits: fitted on the first, measured on the last',
    ['features', 'AUC', 'Brier', 'captured at 5 / 10 / 50 %'],
    [
      figuresOf('thirteen of the data set', plain(before, after, THIRTEEN)),
      figuresOf(
        'the same without `fix`',
        plain(before, after, (one) => THIRTEEN(one).slice(0, -1)),
      ),
      figuresOf('files, directories, lines, experience', plain(before, after, OURS)),
      figuresOf(
        'lines added',
        plain(before, after, ({ change }) => [log(change.linesAdded)]),
      ),
    ],
  );
  const random = randomFrom(SEED);
  const rounds = (all: readonly Labelled[]) =>
    Array.from({ length: ROUNDS }, () => releasesOf(all, COMMITS, random));
  const fitted = rounds(before);
  printConstants(weightsFrom(fitted.flat()));
  const played = rounds(commits);
  const from = after[0]!.at;
  const tested = played.flat().filter(({ at }) => at >= from);
  printPlayed(
    played,
    from,
    plain(fitted.flat(), tested, ({ change }) => Object.values(logsOf(change))),
  );
};

if (import.meta.main) main();
