/** Mutants: each switches the fix of one attack off, and names the tests and scenarios that must then be red. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

const Text = z.string().check(z.minLength(1));

const MutantSchema = z.strictObject({
  /** Number of the attack, as `docs/attacks.md` has it. */
  attack: z.string().check(z.regex(/^F?\d+$/)),
  /** What the fix guarantees, in one sentence. */
  law: Text,
  /** File in which the fix is, from the root of the repository. */
  file: Text,
  /** Text that occurs exactly once in the file. */
  find: Text,
  /** What stands there when the fix is switched off. */
  replace: z.string(),
  /** Tests and scenarios that must then be red, each of them. */
  red: z
    .array(z.string().check(z.regex(/^(test\/.+\.test\.ts|samples\/scenarios\/.+\.json)$/)))
    .check(z.minLength(1)),
  /** First random number of the model's releases (MODEL_SEED), or the seed of the simulation (SIMULATION_SEED). */
  seed: z.optional(z.int()),
  /** How many releases the model walks (MODEL_RUNS), or seeds the simulation plays (SIMULATION_COUNT). */
  runs: z.optional(z.int()),
});
export type Mutant = z.infer<typeof MutantSchema>;

/** Every mutant in the JSON files of a folder. Throws an error that names the file which does not follow the schema. */
export const readMutants = (folder: string): readonly Mutant[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => {
      const read = z
        .array(MutantSchema)
        .safeParse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
      if (read.success) return read.data;
      throw new Error(`${join(folder, file)} holds no mutants: ${z.prettifyError(read.error)}`);
    });

/** A text with the mutant in it. Throws an error when what it replaces does not occur exactly once. */
export const mutated = ({ attack, file, find, replace }: Mutant, text: string): string => {
  const [before, after, ...more] = text.split(find);
  if (before !== undefined && after !== undefined && more.length === 0)
    return `${before}${replace}${after}`;
  throw new Error(
    `A mutant of attack ${attack} does not fit: its "find" must occur exactly once in ${file}, and occurs ${text.split(find).length - 1} times. Change it to what the fix looks like now: ${JSON.stringify(find)}`,
  );
};
