/** Every attack has a mutant that fits the code as it is; `npm run mutants` shows that each one turns its tests red. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { attackIn, attacksPage } from '../../scripts/docs/attacks-page.ts';
import { type Mutant, mutated, readMutants } from '../../scripts/mutants/mutant.ts';
import { pageAt } from './pages.ts';

const root = join(import.meta.dirname, '../..');
const mutants = readMutants(join(root, 'test', 'mutants'));
const rows = pageAt('docs/attacks.md')
  .text.split('\n')
  .flatMap((line) => (attackIn(line) ? [{ line, ...attackIn(line)! }] : []));
const attacks = rows.map(({ attack }) => attack);

describe('docs/attacks.md', () => {
  it('has a mutant for every attack, and a row for the attack of every mutant', () => {
    const tried = mutants.map(({ attack }) => attack);

    expect(attacks.length).toBeGreaterThan(20);
    expect(attacks.filter((attack) => !tried.includes(attack))).toEqual([]);
    expect(tried.filter((attack) => !attacks.includes(attack))).toEqual([]);
  });

  it('names everything that a mutant turns red in the row of its attack', () => {
    const unnamed = mutants.flatMap(({ attack, red }) => {
      const row = rows.find((one) => one.attack === attack);
      return red.filter((file) => !row?.line.includes(`](../${file})`));
    });

    expect(unnamed).toEqual([]);
  });
});

describe.each(mutants.map((mutant) => [`${mutant.attack}: ${mutant.law}`, mutant] as const))(
  'the mutant of %s',
  (_, mutant) => {
    it('fits its file, and changes it', () => {
      const text = readFileSync(join(root, mutant.file), 'utf8');

      expect(mutated(mutant, text)).not.toBe(text);
    });

    it('names tests and scenarios that exist', () => {
      expect(mutant.red.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    });
  },
);

it.each(
  mutants
    .filter(({ file }) => file.endsWith('.asl.json'))
    .map((mutant) => [mutant.attack, mutant.law, mutant] as const),
)('the mutant of %s leaves a machine that AWS would take: %s', (_attack, _law, mutant) => {
  const text = mutated(mutant, readFileSync(join(root, mutant.file), 'utf8'));
  const { isValid, errorsText } = validate(JSON.parse(text.replaceAll(`\${Partition}`, 'aws')));

  expect(isValid, errorsText('\n')).toBe(true);
});

const example: Mutant = {
  attack: '7',
  law: 'A guard ends with a look.',
  file: 'core/a.ts',
  find: 'now < end',
  replace: 'false',
  red: ['test/core/a.test.ts'],
};

describe('a mutant', () => {
  it('is refused where what it replaces is missing, or there twice', () => {
    expect(mutated(example, 'if (now < end) wait();')).toBe('if (false) wait();');
    expect(() => mutated(example, 'if (now <= end) wait();')).toThrow(/core\/a\.ts.* 0 times/);
    expect(() => mutated(example, 'now < end || now < end')).toThrow(/occurs 2 times/);
  });
});

describe('the column of mutants', () => {
  const head = '| Attack | Law | Shown by | Mutant |\n|---|---|---|---|';
  const row = '| 7. Red late | A law | [x](../samples/scenarios/x.json)';
  const other = { ...example, red: ['samples/scenarios/x.json'] };

  it('names the file of each, and what is red beside what the row shows', () => {
    expect(attacksPage(`${head}\n${row} |\n\nText.`, [example, other, other])).toBe(
      `${head}\n${row} | [core/a.ts](../core/a.ts) (red: [test/core/a.test.ts](../test/core/a.test.ts)), [core/a.ts](../core/a.ts) × 2 |\n\nText.`,
    );
  });

  it('is written anew each time', () => {
    expect(attacksPage(`${row} | what a person wrote |`, [other])).toBe(
      `${row} | [core/a.ts](../core/a.ts) |`,
    );
  });
});
