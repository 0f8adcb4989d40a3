/** A rollback listens as a release does: deployments that change wake it, and nobody is refused to. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ROLLBACK_MACHINE } from '../../core/names.ts';
import { playOn } from '../../rehearsal/scenario/play.ts';
import { payload } from '../../rehearsal/stage/payload.ts';
import { openStage, type Stage } from '../../rehearsal/stage/stage.ts';
import { functions } from './functions.ts';
import { noteUsed } from './used-permissions.ts';

/** Whether a text is a task token of a rollback: one of the sandbox names the execution that waits. */
const isToken = (text = ''): boolean =>
  Buffer.from(text, 'base64').toString().includes(`:${ROLLBACK_MACHINE}:`);

let stage: Stage;
/** Who woke the rollback, and what came of it. */
let woken: { by: string; outcome: unknown }[];

beforeEach(async () => {
  stage = await openStage({ setting: { kind: 'simulation', functions } });
  woken = [];
  stage.sandbox.watch(({ operation, input, principal }, outcome) => {
    if (operation !== 'SendTaskSuccess' || !isToken((input as any).taskToken)) return;
    const by = principal.kind === 'role' ? principal.arn.replace(/^.*\//, '') : principal.kind;
    woken.push({ by, outcome: 'error' in outcome ? outcome.error : 'woken' });
  });
});

afterEach(async () => {
  noteUsed(stage.sandbox.used());
  await stage.close();
});

/** Releases a version and aborts it with all its traffic on green. */
const rollBack = () =>
  playOn(stage).play([
    { release: { web: '2.0.0', api: '2.0.0' } },
    { until: { held: true } },
    { command: 'abort' },
    { ended: 'first' },
  ] as never);

const wakers = () =>
  new Set(woken.map(({ by, outcome }) => `${by.replace('-us-east-1', '')}: ${outcome}`));

it('wakes a rollback when a deployment changes', async () => {
  await rollBack();

  expect(wakers()).toEqual(new Set(['tandem-on-deployment-change: woken']));
});

it('polls at once when a deployment has changed between the last poll and the wait', async () => {
  const { call, inject } = stage.sandbox;
  let changed: unknown;
  stage.sandbox.watch(({ operation }, outcome) => {
    if (operation === 'CreateDeployment' && 'answer' in outcome)
      changed = (outcome.answer as any).deploymentId;
  });
  const missed = inject({
    name: 'a change right before the wait of the rollback',
    matches: ({ operation, principal, input }) =>
      operation === 'UpdateItem' &&
      principal.kind === 'role' &&
      principal.arn.includes('tandem-listen') &&
      Object.values<any>((input as any).ExpressionAttributeValues).some((value) =>
        isToken(value.S),
      ),
    effect: {
      kind: 'before',
      action: async () => {
        await call('lambda', 'Invoke', {
          FunctionName: 'tandem-on-deployment-change',
          Payload: payload({
            time: new Date(stage.sandbox.clock.now()).toISOString(),
            detail: { deploymentId: changed, state: 'SUCCESS' },
          }),
        });
      },
    },
  });

  await rollBack();

  expect(missed.hits()).toBe(1);
  expect(wakers()).toContain('tandem-listen: woken');
});
