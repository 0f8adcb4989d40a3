/** What every verb says of a file that it was given and cannot read. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changesOf } from '../../cli/changed-judgement.ts';
import { readRelease } from '../../cli/release-input.ts';
import { readScenario } from '../../rehearsal/scenario/scenario-file.ts';
import { sandboxPolicy } from '../../rehearsal/session/sandbox-policy.ts';

const folder = mkdtempSync(join(tmpdir(), 'named-files-'));
const broken = join(folder, 'broken.json');
writeFileSync(broken, '{');

/** Each way in which a person names a file, and what is named instead in its error. */
const readers: readonly (readonly [string, (path: string) => Promise<unknown>, RegExp])[] = [
  ['check and start', (path) => readRelease(path, {}), /samples\/releases\/both\.json/],
  [
    '--change',
    (path) => readRelease(undefined, { pair: 'storefront', change: path }),
    /Name a JSON file with the facts of the change: docs\/judgement\.md/,
  ],
  ['backtest --policy', (path) => changesOf({ policy: path }), /Name a file that holds members of/],
  ['rehearse', readScenario, /samples\/scenarios\/approved\.json/],
];

describe.each(readers)('a file given to %s', (_, read, instead) => {
  it.each([
    ['a folder', folder, `${folder} is a folder. `],
    ['not there', `${folder}/none.json`, `There is no file ${folder}/none.json. `],
    ['below a file', `${broken}/one.json`, `There is no file ${broken}/one.json. `],
  ])('that is %s is refused, with what to name instead', async (_what, path, sentence) => {
    const refusal = await read(path).catch((error: Error) => error.message);

    expect(refusal).toContain(sentence);
    expect(refusal).toMatch(instead);
    expect(refusal).not.toMatch(/ENOENT|EISDIR|ENOTDIR/);
  });

  it('that is not JSON is refused, with where it breaks', async () => {
    await expect(read(broken)).rejects.toThrow(`${broken} is not JSON: `);
  });
});

it('an environment of a sandbox whose file is a folder is refused', async () => {
  mkdirSync(join(folder, 'night.json'));

  await expect(sandboxPolicy({ environment: 'night' }, folder)).rejects.toThrow(
    /night\.json is a folder\. Name an environment by its file in environments\//,
  );
});
