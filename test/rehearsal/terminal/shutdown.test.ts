import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';

const MODULE = JSON.stringify(
  new URL('../../../rehearsal/terminal/shutdown.ts', import.meta.url).href,
);

/** A command whose clean end never comes: it waits for a task that does not stop. */
const SCRIPT = `
  const { askedToEnd } = await import(${MODULE});
  askedToEnd().addEventListener('abort', () => console.log('ending'));
  setInterval(() => undefined, 1000);
  console.log('ready');`;

/** Longer than a signal takes that npm or an older Node passes on. */
const LATER = 1100;

it('ends at once when it is asked a second time, whatever still keeps it', async () => {
  const command = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // A test started by npm is not what npm has left behind.
    env: { PATH: process.env.PATH },
  });
  onTestFinished(() => void command.kill('SIGKILL'));
  const said = async () => String((await once(command.stdout, 'data'))[0]);
  expect(await said()).toBe('ready\n');

  command.kill('SIGINT');
  expect(await said()).toBe('ending\n');
  command.kill('SIGINT');
  await sleep(LATER);
  expect(command.exitCode).toBeNull();

  const ended = once(command, 'exit');
  command.kill('SIGINT');
  expect(await ended).toEqual([1, null]);
}, 20_000);
