/** A rollback listens as a release does: what happens meanwhile wakes it, and nobody is refused to. */
import { expect, it } from 'vitest';
import { ROLLBACK_MACHINE } from '../../core/names.ts';
import { playOn } from '../../rehearsal/play.ts';
import { openStage } from '../../rehearsal/stage.ts';
import { functions } from './functions.ts';

it('an alarm that goes red during a rollback wakes it', async () => {
  const stage = await openStage({ setting: { kind: 'simulation', functions } });
  const woken: unknown[] = [];
  stage.sandbox.watch(({ operation, input }, outcome) => {
    const { taskToken = '' } = input as { readonly taskToken?: string };
    // A token of the sandbox names the execution that waits.
    const listener = Buffer.from(taskToken, 'base64').toString();
    if (operation === 'SendTaskSuccess' && listener.includes(`:${ROLLBACK_MACHINE}:`))
      woken.push('error' in outcome ? outcome.error : 'woken');
  });
  const { play } = playOn(stage);

  await play([
    { release: { web: '2.0.0', api: '2.0.0' } },
    { until: { held: true } },
    { alarm: 'api-green-errors', state: 'ALARM', minutes: 2 },
    { ended: 'first' },
  ] as never).finally(() => stage.close());

  expect(woken).not.toEqual([]);
  expect(new Set(woken)).toEqual(new Set(['woken']));
});
