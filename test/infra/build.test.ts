import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { build, ENTRIES } from '../../scripts/build.ts';

const client = pathToFileURL(
  join(import.meta.dirname, '../../node_modules/@aws-sdk/client-sns/dist-es/index.js'),
).pathname;

/** Makes a file look as if it was saved long ago: a build trusts no source that was saved while it ran. */
const saveLongAgo = (path: string): void => {
  utimesSync(path, 1, 1);
};

/** A folder with a source for every handler; one of them uses a client of the SDK. */
const sources = (): { from: string; to: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'build-'));
  const [from, to] = [join(folder, 'handlers'), join(folder, 'dist')];
  for (const [name, file] of Object.entries(ENTRIES)) {
    mkdirSync(dirname(join(from, file)), { recursive: true });
    writeFileSync(
      join(from, file),
      name === 'decide'
        ? `import { SNSClient } from '${client}';
           export const handler = async () => new SNSClient().config.serviceId;`
        : `export const handler = async () => '${name}';`,
    );
    saveLongAgo(join(from, file));
  }
  return { from, to };
};

it('bundles every handler into a folder of its own that runs', async () => {
  const folders = sources();

  const sizes = await build(folders);

  expect(Object.keys(sizes).sort()).toEqual(Object.keys(ENTRIES).sort());
  const { handler } = await import(join(folders.to, 'on-alarm', 'index.mjs'));
  expect(await handler()).toBe('on-alarm');
});

it('leaves the credential chains that Lambda never uses out of the bundle', async () => {
  const folders = sources();
  await build(folders);

  const { outputs } = JSON.parse(readFileSync(join(folders.to, 'meta.json'), 'utf8'));
  const inputs = Object.values(outputs as Record<string, { inputs: object }>).flatMap((output) =>
    Object.keys(output.inputs),
  );

  expect(inputs.some((input) => input.includes('client-sns/dist-es'))).toBe(true);
  expect(
    inputs.filter((input) => /credential-provider-(sso|ini|login)|dist-cjs/.test(input)),
  ).toEqual([]);
});

it('is made again when a source changed, and only then', async () => {
  const folders = sources();
  const before = await build(folders);
  const stamp = join(folders.to, 'stamp.json');
  const { mtimeMs } = statSync(stamp);

  await build(folders);
  expect(statSync(stamp).mtimeMs).toBe(mtimeMs);

  appendFileSync(join(folders.from, ENTRIES.decide!), `export const more = 'a little longer';`);
  const after = await build(folders);
  expect(after.decide).toBeGreaterThan(before.decide!);
});

it('is made again when a bundle was lost', async () => {
  const folders = sources();
  await build(folders);
  rmSync(join(folders.to, 'decide', 'index.mjs'));

  expect((await build(folders)).decide).toBeGreaterThan(0);
});

it('touches nothing when nothing changed, and clears away what is gone', async () => {
  const folders = sources();
  mkdirSync(join(folders.to, 'old-handler'), { recursive: true });
  await build(folders);
  const bundle = join(folders.to, 'decide', 'index.mjs');
  const before = statSync(bundle).ino;

  await build(folders);

  expect(statSync(bundle).ino).toBe(before);
  expect(readdirSync(folders.to).sort()).toEqual(
    [...Object.keys(ENTRIES), 'meta.json', 'stamp.json'].sort(),
  );
});

it('names every source that is missing', async () => {
  const folders = sources();
  rmSync(join(folders.from, ENTRIES.listen!));
  rmSync(join(folders.from, ENTRIES['on-alarm']!));

  await expect(build(folders)).rejects.toThrow('listen.ts, triggers/on-alarm.ts');
});
