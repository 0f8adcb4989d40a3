import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readScenario } from '../../../rehearsal/scenario/scenario-file.ts';

const samples = join(import.meta.dirname, '../../../samples/scenarios');

const written = (text: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'scenario-')), 'scenario.json');
  writeFileSync(file, text);
  return file;
};

it('reads a scenario', async () => {
  const scenario = await readScenario(join(samples, 'approved.json'));

  expect(scenario.expect.releases).toMatchObject([{ end: 'Promoted' }]);
});

it.each([
  ['a file that is not there', () => 'nowhere.json', 'There is no file nowhere.json. Name a'],
  ['a folder', () => samples, 'samples/scenarios is a folder. Name a scenario'],
  ['a file that is not JSON', () => written('{'), 'scenario.json is not JSON'],
  ['a file that is no scenario', () => written('{}'), '"steps" is missing'],
])('refuses %s in a sentence', async (_, file, sentence) => {
  const refused = expect(readScenario(file())).rejects;

  await refused.toThrow(sentence);
  await refused.not.toThrow(/ENOENT|EISDIR/);
});

const withStep = (step: object) =>
  written(
    JSON.stringify({ fault: 'x', steps: [{ note: 'first' }, step], expect: { releases: [] } }),
  );

it.each<[object, string]>([
  [
    { stopDeploymnt: 'web' },
    'step 2: there is no verb "stopDeploymnt"; did you mean stopDeployment? The verbs: note, release, update',
  ],
  [{ until: { phase: 'Holdin' } }, 'step 2 (until): "until.phase" must be one of "Validating"'],
  [{ command: 'hold', relase: 'first' }, 'step 2 (command) has no member "relase"'],
  [
    {
      fault: {
        ...{ name: 'n', service: 's', operation: 'o', effect: 'before' },
        do: [{ comand: 'hold' }],
      },
    },
    'step 2 (fault) → step 1: there is no verb "comand"; did you mean command?',
  ],
  [
    {
      fault: {
        ...{ name: 'n', service: 's', operation: 'o', effect: 'after' },
        do: [{ command: 'hold' }, { minutes: 1 }],
      },
    },
    'step 2 (fault): "fault.do" the step "minutes" lets time pass',
  ],
  [{ fault: { effect: 'late' } }, 'step 2 (fault): "fault.service" is missing'],
])('names the verb, the member and what was meant in %j', async (step, sentence) => {
  await expect(readScenario(withStep(step))).rejects.toThrow(sentence);
});
