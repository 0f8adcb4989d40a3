/** A disk that is full, and a file where a folder should be: one sentence, and exit code 1. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT, tandem } from './command.ts';

const own = () => mkdtempSync(join(tmpdir(), 'disk-'));

const SCENARIO = ['rehearse', 'samples/scenarios/unknown-tag.json'];

it.runIf(process.platform === 'linux').each([['version'], ['check samples/releases/both.json']])(
  '%s says that its output could not be written, and fails',
  (parameters) => {
    const command = `"${process.execPath}" cli/tandem.mjs ${parameters} > /dev/full`;
    const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: ROOT, encoding: 'utf8' });

    expect(stderr).toBe(
      'tandem: Standard output could not be written: the disk is full (ENOSPC). Free some space, then run it again. What was printed is not complete.\n',
    );
    expect(status).toBe(1);
  },
);

it('says which folder for temporary files cannot be used, and what to do', async () => {
  const file = join(own(), 'file');
  writeFileSync(file, '');
  const running = tandem(SCENARIO, { env: { TMPDIR: file } });

  expect(await running.ended).toBe(1);
  expect(running.complained()).toContain(
    `${file} could not be written: a part of its path is a file, not a folder (ENOTDIR). Move that file away, or set TMPDIR`,
  );
});
