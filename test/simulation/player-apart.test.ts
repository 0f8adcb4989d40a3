/** A player whose process is a script of the test, which plays nothing: what it says, and what becomes of a process that ends. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { playerApart } from '../../simulation/player-apart.ts';

/** A seed that no run uses, so that no schedule that was found is overwritten. */
const FATAL = 4_000_000_001;

const SCRIPT = `
let played = 0;
process.on('disconnect', () => process.exit());
process.on('message', (seed) => {
  if (seed === ${FATAL}) process.exit(7);
  played += 1;
  process.send({ planned: ['played ' + played], outcome: { calls: new Set(['a']) } });
});`;

const entry = () => {
  const file = join(mkdtempSync(join(tmpdir(), 'player-')), 'process.mjs');
  writeFileSync(file, SCRIPT);
  return pathToFileURL(file);
};

const player = playerApart(entry());
afterAll(() => player.close());

it('plays one seed after the other in one process', async () => {
  expect(await player.play(1)).toMatchObject({ planned: ['played 1'] });
  expect(await player.play(2)).toEqual({
    planned: ['played 2'],
    outcome: { calls: new Set(['a']) },
  });
});

it('calls a seed that takes its process with it one that broke a law, and goes on in a new process', async () => {
  const { failure, outcome } = await player.play(FATAL);

  expect(failure).toMatchObject({
    seed: FATAL,
    breaches: [{ law: 'every-release-ends', text: expect.stringContaining('exit code 7') }],
    file: expect.stringContaining(`seed-${FATAL}.json`),
  });
  expect(outcome.releases).toBe(1);
  rmSync(failure?.file as string);
  expect(await player.play(3)).toMatchObject({ planned: ['played 1'] });
});
