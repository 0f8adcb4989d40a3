import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readScenario } from '../../rehearsal/scenario-file.ts';

const samples = join(import.meta.dirname, '../../samples/scenarios');

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
  ['a file that is no scenario', () => written('{}'), 'at steps'],
])('refuses %s in a sentence', async (_, file, sentence) => {
  const refused = expect(readScenario(file())).rejects;

  await refused.toThrow(sentence);
  await refused.not.toThrow(/ENOENT|EISDIR/);
});
