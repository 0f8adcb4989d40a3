import './environment.ts';

import { expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { STAY_WARM } from '../../core/events/visit.ts';
import { hook } from '../../handlers/hooks/hook.ts';
import { step } from '../../handlers/step.ts';
import { trigger } from '../../handlers/triggers/trigger.ts';
import { invoke } from './invoke.ts';

const nothing = z.strictObject({});

it.each([
  ['step', (run: any) => step({ input: nothing, output: nothing }, run)],
  ['trigger', (run: any) => trigger(nothing, run)],
  ['hook', (run: any) => hook('AfterInstall', run)],
])('a %s that is only kept awake does none of its work', async (_, make) => {
  const run = vi.fn();

  expect(await invoke(make(run), STAY_WARM)).toEqual({ awake: true });
  expect(run).not.toHaveBeenCalled();
});

it('an event with anything beside is work, and refused where it is none', async () => {
  const refusing = trigger(nothing, async () => undefined);

  await expect(invoke(refusing, { ...STAY_WARM, pair: 'storefront' })).rejects.toThrow('event: ');
});
