/** A folder that is made anew is whole or as it was, whatever happens while it is made. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Policy } from '../../../core/release/policy.ts';
import { place, remake, remakeStale } from '../../../rehearsal/stage/in-place.ts';
import { ROOT, synthesize } from '../../../rehearsal/stage/synthesis.ts';

/** A folder `out` with one file of before, in a folder of its own. */
const before = (): { readonly all: string; readonly out: string } => {
  const all = mkdtempSync(join(tmpdir(), 'in-place-'));
  const out = join(all, 'out');
  mkdirSync(out);
  writeFileSync(join(out, 'old.json'), 'old');
  return { all, out };
};

const half = (draft: string): void => writeFileSync(join(draft, 'manifest.json'), '{"half');

it('puts the new folder in place of the old one, and leaves nothing beside it', async () => {
  const { all, out } = before();

  await remake(out, async (draft) => writeFileSync(join(draft, 'new.json'), 'new'));

  expect(readdirSync(out)).toEqual(['new.json']);
  expect(readdirSync(all)).toEqual(['out']);
});

it('makes a folder anew when one of its files has changed, has come or has gone, and else not', async () => {
  const { all, out } = before();
  const [one, other] = ['one', 'other'].map((name) => join(all, name)) as [string, string];
  let made = 0;
  const make = async (files: readonly string[]) => {
    await remakeStale(out, files, async (draft) => {
      made += 1;
      writeFileSync(join(draft, 'new.json'), `${made}`);
    });
    return readFileSync(join(out, 'new.json'), 'utf8');
  };
  writeFileSync(one, 'a');

  expect([await make([one]), await make([one])]).toEqual(['1', '1']);
  writeFileSync(one, 'longer');
  expect([await make([one]), await make([one])]).toEqual(['2', '2']);
  writeFileSync(other, 'b');
  expect([await make([one, other]), await make([one, other])]).toEqual(['3', '3']);
  expect(await make([one])).toBe('4');
});

it('leaves the old folder as it was when the new one cannot be made', async () => {
  const { all, out } = before();
  const full = async (draft: string) => {
    half(draft);
    throw new Error('ENOSPC: no space left on device, write');
  };

  await expect(remake(out, full)).rejects.toThrow('ENOSPC');
  expect(readdirSync(out)).toEqual(['old.json']);
  expect(readFileSync(join(out, 'old.json'), 'utf8')).toBe('old');
  expect(readdirSync(all)).toEqual(['out']);
});

it('leaves the old folder as it was when its process is killed in the middle', () => {
  const { out } = before();
  const source = `
    import { writeFileSync } from 'node:fs';
    import { remake } from ${JSON.stringify(join(ROOT, 'rehearsal/stage/in-place.ts'))};
    await remake(${JSON.stringify(out)}, async (draft) => {
      writeFileSync(draft + '/manifest.json', '{"half');
      process.kill(process.pid, 'SIGKILL');
    });`;

  const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', source]);

  expect(signal).toBe('SIGKILL');
  expect(readdirSync(out)).toEqual(['old.json']);
});

it('brings the old folder back when the new one cannot take its place', async () => {
  const { all, out } = before();

  await expect(place(join(all, 'never-made'), out)).rejects.toThrow('ENOENT');
  expect(readdirSync(out)).toEqual(['old.json']);
});

it('synthesizes into a fresh folder, and a synthesis that fails leaves the old templates', async () => {
  const { all, out } = before();
  const wrong = { bakeMinutes: 'long' } as unknown as Policy;

  await expect(synthesize(out, wrong)).rejects.toThrow('bakeMinutes');
  expect(readdirSync(out)).toEqual(['old.json']);

  await synthesize(out);
  expect(readdirSync(out)).toContain('tandem.template.json');
  expect(readdirSync(out)).not.toContain('old.json');
  expect(readdirSync(all)).toEqual(['out']);
});
