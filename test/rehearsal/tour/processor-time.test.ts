import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ownProcessorTime } from '../../../rehearsal/tour/processor-time.ts';

/** Milliseconds of work. */
const WORK = 100;

it('the processor time of a rehearsal grows with what it works itself', () => {
  const before = ownProcessorTime();
  const { user } = process.cpuUsage();
  while (process.cpuUsage().user - user < WORK * 1000);

  expect(ownProcessorTime() - before).toBeGreaterThan(WORK * 0.9);
});

it.skipIf(!existsSync('/proc/self/stat'))(
  'the processor time of a rehearsal counts children, also those that have ended',
  () => {
    const before = ownProcessorTime();
    const { user } = process.cpuUsage();
    const script = `const { user } = process.cpuUsage(); while (process.cpuUsage().user - user < ${WORK * 1000});`;
    spawnSync(process.execPath, ['-e', script]);

    const own = (process.cpuUsage().user - user) / 1000;
    expect(ownProcessorTime() - before - own).toBeGreaterThan(WORK * 0.9);
  },
);
