/** `npm run mutants`: switches each fix of `docs/attacks.md` off in a copy of the repository, and wants its tests red. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Copy, copyTree } from './mutants/copy.ts';
import { type Mutant, mutated, readMutants } from './mutants/mutant.ts';
import type { Outcome } from './mutants/outcome.ts';
import { isScenario, play, type Run } from './mutants/play.ts';

const root = dirname(import.meta.dirname);

/** What chooses the mutants that the simulation finds, each by its seed. */
const BY_SIMULATION = '--simulate';

const SIMULATION = 'test/scenarios/simulation.test.ts';

/** Tests, or scenarios, that are shown to be green at once: people see that it goes on. */
const AT_ONCE = 8;

const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

const attacksOf = (mutants: readonly Mutant[]): readonly string[] =>
  distinct(mutants.map(({ attack }) => attack));

const say = (text: string): void => console.log(text);

const timeSince = (begun: number): string => `${Math.round((performance.now() - begun) / 1000)} s`;

const toldOf = ({ file, became, why }: Outcome): string =>
  `         ${became}: ${file}${why && `: ${why}`}`;

/**
 * The mutants of some attacks, or all of them. Throws an error that names an attack without mutants, or a mutant that
 * does not fit its file.
 */
const chosen = (words: readonly string[]): readonly Mutant[] => {
  const attacks = words.filter((word) => word !== BY_SIMULATION);
  const mutants = readMutants(join(root, 'test', 'mutants')).filter(
    ({ red }) => !words.includes(BY_SIMULATION) || red.includes(SIMULATION),
  );
  const unknown = attacks.filter((attack) => !attacksOf(mutants).includes(attack));
  if (unknown.length > 0)
    throw new Error(
      `There is no mutant of attack ${unknown.join(', ')}. Attacks with mutants: ${attacksOf(mutants).join(', ')}`,
    );
  const wanted = mutants.filter(({ attack }) => attacks.length === 0 || attacks.includes(attack));
  for (const mutant of wanted) mutated(mutant, readFileSync(join(root, mutant.file), 'utf8'));
  return wanted;
};

const inParts = (files: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(files.length / AT_ONCE) }, (_, index) =>
    files.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );

/** Shows that all that the mutants name is green without them: what is red anyway shows nothing. */
const areGreen = async ({ folder }: Copy, mutants: readonly Mutant[]): Promise<boolean> => {
  const walkOf = ({ seed, runs }: Run) => JSON.stringify({ seed, runs });
  let green = true;
  for (const walk of distinct(mutants.map(walkOf))) {
    const files = distinct(mutants.filter((one) => walkOf(one) === walk).flatMap(({ red }) => red));
    const kinds = [files.filter((file) => !isScenario(file)), files.filter(isScenario)];
    for (const part of kinds.flatMap(inParts)) {
      const begun = performance.now();
      const wrong = (await play(folder, part, JSON.parse(walk))).filter(
        ({ became }) => became !== 'green',
      );
      say(
        `green    ${part.length - wrong.length} of ${part.length} without a mutant ${timeSince(begun)}`,
      );
      for (const one of wrong) say(toldOf(one));
      green &&= wrong.length === 0;
    }
  }
  return green;
};

/** Tries one mutant, and gives whether everything that it names was red. */
const isKilled = async (copy: Copy, mutant: Mutant, place: string): Promise<boolean> => {
  const begun = performance.now();
  const { attack, file, law, red } = mutant;
  const outcomes = await copy.with(mutant, () => play(copy.folder, red, mutant));
  const killed = outcomes.every(({ became }) => became === 'red');
  say(
    `${killed ? 'killed  ' : 'SURVIVED'} ${place} ${attack}: ${file}: ${law} ${timeSince(begun)}`,
  );
  for (const one of outcomes) say(toldOf(one));
  return killed;
};

/** Tries mutants, one after the other; gives how many were killed. */
const tryAll = async (copy: Copy, mutants: readonly Mutant[]): Promise<number> => {
  let killed = 0;
  for (const [index, mutant] of mutants.entries())
    if (await isKilled(copy, mutant, `${index + 1}/${mutants.length}`)) killed += 1;
  return killed;
};

const run = async (words: readonly string[]): Promise<boolean> => {
  const begun = performance.now();
  const mutants = chosen(words);
  const copy = copyTree(root);
  process.once('exit', copy.remove);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const sum = `mutants of ${attacksOf(mutants).length} attacks`;
  say(
    `${mutants.length} ${sum}. First their tests and scenarios without any, which must be green.`,
  );
  if (!(await areGreen(copy, mutants))) return false;
  const killed = await tryAll(copy, mutants);
  say(`killed   ${killed} of ${mutants.length} ${sum} ${timeSince(begun)}`);
  return killed === mutants.length;
};

/** `npm run mutants [-- --simulate] [<attack> …]`; the exit code is 1 when a mutant survived, or cannot be tried. */
export const main = async (words: readonly string[]): Promise<void> => {
  try {
    if (!(await run(words))) process.exitCode = 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
};

if (import.meta.main) await main(process.argv.slice(2));
