import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withArtefact } from '../../../rehearsal/stage/artefacts.ts';

it('lays the files of a version over its sample, and leaves nothing behind', async () => {
  let used = '';
  const version = await withArtefact('web-app', '2.1.0-errors', async (folder) => {
    used = folder;
    expect(existsSync(join(folder, 'server.js'))).toBe(true);
    expect(existsSync(join(folder, 'versions'))).toBe(false);
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
  });

  expect(version).toBe('2.1.0-errors');
  expect(existsSync(used)).toBe(false);
});

it('leaves nothing behind when its use fails', async () => {
  let used = '';
  const failing = withArtefact('api-function', '1.0.0', async (folder) => {
    used = folder;
    throw new Error('the push failed');
  });

  await expect(failing).rejects.toThrow('the push failed');
  expect(existsSync(used)).toBe(false);
});
