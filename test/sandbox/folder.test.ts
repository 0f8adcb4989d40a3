import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFolder } from '../../packages/sandbox/folder.ts';

describe('the folder of a sandbox', () => {
  let parent: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'folders-'));
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  /** A folder as another process has left it. */
  const left = (name: string, owner?: string): string => {
    const folder = join(parent, name);
    mkdirSync(folder);
    if (owner !== undefined) writeFileSync(join(folder, 'owner'), owner);
    return folder;
  };

  it('is cleared away by the next one when its process was killed', async () => {
    const own = await openFolder(parent);
    const owner = readFileSync(join(own, 'owner'), 'utf8');
    const { pid } = spawnSync(process.execPath, ['--version']);
    const killed = left('sandbox-killed', owner.replace(`${process.pid}`, `${pid}`));

    await openFolder(parent);

    expect(existsSync(killed)).toBe(false);
    expect(existsSync(own)).toBe(true);
  });

  it('leaves alone what is not known to be abandoned', async () => {
    const own = await openFolder(parent);
    const owner = readFileSync(join(own, 'owner'), 'utf8');
    const { pid } = spawnSync(process.execPath, ['--version']);
    const others = [
      left('sandbox-somebody'),
      left('sandbox-elsewhere', owner.replace(/process .*/, `process ${pid} of another-host`)),
      left('else', owner.replace(`${process.pid}`, `${pid}`)),
    ];

    await openFolder(parent);

    expect(others.map(existsSync)).toEqual([true, true, true]);
  });
});
