/** A refusal fits a screen, wherever it is made: it begins with what is wrong and where, and says how much more is. */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { inputOf } from '../../cli/release-input.ts';
import { checkWanted, readInput } from '../../core/checks/input.ts';
import { parseRegistration } from '../../core/drivers/registration.ts';
import { readCommand } from '../../core/protocol/command.ts';
import { inWords } from '../../core/release/reason.ts';
import { parsed } from '../../core/text/parsed.ts';
import { parseEnvironment } from '../../infra/environment.ts';
import { checked } from '../../infra/pair/registration.ts';
import { readScenario } from '../../rehearsal/scenario/scenario-file.ts';
import { sandboxPolicy } from '../../rehearsal/session/sandbox-policy.ts';
import { registration as registered } from '../core/fixture.ts';

const registration = registered();

const LINES = 25;
const BYTES = 4096;
const MANY = 3000;

const many = <T>(make: (index: number) => readonly [string, T]): Record<string, T> =>
  Object.fromEntries(Array.from({ length: MANY }, (_, index) => make(index)));

const strange = many((index) => [`strange${index}`, index]);
const targets = many((index) => [`t${index}`, { version: '1' }]);
const wrongTargets = Object.fromEntries(
  Object.entries(targets)
    .slice(0, 1000)
    .map(([name]) => [name, { more: 1 }]),
);

const thrown = async (work: () => unknown): Promise<string> => {
  try {
    await work();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
};

const file = (content: unknown): string => {
  const path = join(tmpdir(), 'odd.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
};

const numbers = z.array(z.number());
const texts = Array.from({ length: MANY }, () => 'é'.repeat(50));

const brokenReasons = (input: unknown): string => {
  const read = readInput(input);
  if (read.kind !== 'broken') throw new Error('nothing was refused');
  return inWords(read.reasons);
};

/** What is refused: by whom, the refusal, and what it begins with. */
const refusals: readonly (readonly [string, () => string | Promise<string>, RegExp])[] = [
  [
    'the input of a release, by its first step',
    () =>
      brokenReasons({
        pair: 'p',
        targets: { web: { version: '1' } },
        ...many((n) => [`s${n}`, 1]),
      }),
    /^The input of the release is malformed: .*has no member "s0"/,
  ],
  [
    'targets that a pair has not, by the first step',
    () => inWords(checkWanted({ pair: 'p', requestedBy: 'ada', targets } as never, registration)),
    /has no target t0;/,
  ],
  [
    'a file of a release, by the command line',
    () => thrown(() => inputOf({ pair: 'P', targets: wrongTargets }, {}, 'ada')),
    /"pair" must start with/,
  ],
  [
    'a scenario',
    () => thrown(() => readScenario(file({ ...strange, steps: texts }))),
    /^odd.json does not follow docs\/scenario.schema.json:\n {2}\S/,
  ],
  [
    'a scenario with one verb of many letters',
    () => thrown(() => readScenario(file({ steps: [{ ['x'.repeat(300_000)]: 1 }] }))),
    /^odd.json does not follow/,
  ],
  [
    'a file of an environment',
    () =>
      thrown(() =>
        parseEnvironment('environments/odd.json', JSON.stringify({ policy: strange, ...strange })),
      ),
    /^environments\/odd.json does not follow docs\/environment.schema.json:\n {2}\S/,
  ],
  [
    'the policy of an environment, by the sandbox',
    async () => {
      file({ policy: strange });
      return thrown(() => sandboxPolicy({ environment: 'odd' }, tmpdir()));
    },
    /^environments\/odd.json: policy: /,
  ],
  [
    'members of ReleasePair',
    () => thrown(() => checked(numbers, texts, 'The policy of pair "p"')),
    /^The policy of pair "p" is not valid: "0" must be number/,
  ],
  [
    'what a step, a trigger or a hook gets',
    () => thrown(() => parsed(numbers, texts, 'event')),
    /^event: ✖ "0" must be number/,
  ],
  [
    'a registration',
    () => {
      const found = parseRegistration('p', new Map([['/tandem/p/pair', JSON.stringify(strange)]]));
      if (!('text' in found)) throw new Error('nothing was refused');
      return found.text;
    },
    /^\/tandem\/p\/pair: /,
  ],
  [
    'an order with members that it has not',
    () => (readCommand({ releaseId: 'r', command: 'hold', by: 'ada', ...strange }) as any).problem,
    /^a command has no strange0/,
  ],
  [
    'an order of many letters',
    () => (readCommand({ releaseId: 'r', command: 'x'.repeat(300_000), by: 'ada' }) as any).problem,
    /^"xxx.* is no command/,
  ],
];

describe('a refusal', () => {
  it.each(refusals)(
    'of %s fits a screen and begins with what is wrong',
    async (_, make, begins) => {
      const text = await make();

      expect(text).toMatch(begins);
      expect(text.split('\n').length).toBeLessThanOrEqual(LINES);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(BYTES);
    },
  );

  it.each([
    ['texts', () => thrown(() => parsed(numbers, texts, 'event')), MANY - 20],
    ['steps', () => thrown(() => readScenario(file({ steps: texts }))), MANY - 20],
    ['targets', () => inWords(checkWanted({ targets } as never, registration)), 1],
  ])('of too many %s says how many more there are', async (_, make, left) => {
    const text = await make();

    expect(Number(/(\d+) more/.exec(text)?.[1])).toBeGreaterThanOrEqual(left);
  });
});
