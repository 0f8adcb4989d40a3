import { describe, expect, it } from 'vitest';
import type { TargetObservation } from '../../../core/deployments/observation.ts';
import { rollbackStepText } from '../../../core/facts/rollback-words.ts';
import type { TargetRecord } from '../../../core/record/record.ts';
import { isToldAgain, stepOf, withToldStep } from '../../../core/way-back/told-step.ts';
import type { WayBack } from '../../../core/way-back/way-back.ts';
import { deployment, ecsRecord, held, lambdaRecord, reading, record } from '../fixture.ts';

const ended = deployment({ id: 'd-1', status: 'Stopped' });
const back = deployment({ id: 'd-2' });

describe('a step of the rollback in words', () => {
  it.each<[WayBack, Partial<TargetRecord>, Partial<TargetObservation>, string]>([
    [{ do: 'nothing' }, {}, {}, 'nothing to roll back: it was never deployed to'],
    [{ do: 'nothing' }, {}, { forward: ended }, 'nothing to roll back: no traffic moved'],
    [{ do: 'nothing' }, { shifted: true }, { forward: ended }, 'users are on web:1 again'],
    [
      { do: 'nothing' },
      { shifted: true },
      { forward: ended, back: deployment({ id: 'd-2', status: 'Succeeded' }) },
      'deployment d-2 rolled back: users are on web:1 again',
    ],
    [{ do: 'wait' }, {}, { forward: deployment() }, 'deployment d-1 is ending'],
    [{ do: 'wait' }, {}, { forward: ended, back }, 'AWS itself is rolling back, by deployment d-2'],
    [{ do: 'wait' }, { back: ['d-2'] }, { forward: ended, back }, 'deployment d-2 is rolling back'],
    [
      { do: 'wait' },
      {},
      { forward: ended, foreign: 'd-9' },
      'waiting for deployment d-9, which Tandem did not start',
    ],
    [
      { do: 'wait' },
      {},
      { forward: ended },
      'deployment d-1 has ended, and AWS may still roll back by itself',
    ],
    [
      { do: 'answer-failed', hooks: [held('d-1', 'AfterAllowTraffic')] },
      {},
      {},
      'AfterAllowTraffic is answered Failed',
    ],
    [{ do: 'stop', deploymentId: 'd-1' }, {}, {}, 'deployment d-1 is stopped'],
    [
      { do: 'continue', deploymentId: 'd-2', wait: 'start' },
      {},
      {},
      'deployment d-2 rolls back, and may move traffic now',
    ],
    [
      { do: 'continue', deploymentId: 'd-2', wait: 'guard' },
      {},
      {},
      'deployment d-2 rolls back, and need not keep the new tasks',
    ],
    [
      { do: 'redeploy', attempt: 2 },
      {},
      {},
      'rolling back to web:1 by a deployment of its own (try 2)',
    ],
    [
      { do: 'redeploy', attempt: 2 },
      { back: ['d-2'] },
      { back: deployment({ id: 'd-2', status: 'Failed', error: { code: 'X', message: 'no.' } }) },
      "rolling back to web:1 by a deployment of its own (try 2), as CodeDeploy's deployment d-2 of web is Failed: X: no",
    ],
    [{ do: 'give-up' }, {}, {}, 'is not rolled back to web:1 by Tandem; a person must act'],
  ])('%o', (way, target, seen, text) => {
    expect(rollbackStepText(stepOf(ecsRecord(target), reading(seen), way))).toBe(text);
  });

  it('of a function', () => {
    const way: WayBack = { do: 'restore' };

    expect(rollbackStepText(stepOf(lambdaRecord(), reading(), way))).toBe(
      'its traffic is set back to version 1',
    );
  });
});

it('a step gets a line again only after another one, or when it is refused', () => {
  const step = stepOf(ecsRecord(), reading(), { do: 'stop', deploymentId: 'd-1' });
  const told = withToldStep(record(), 'web', { step });

  expect(isToldAgain(record().targets.web, { step })).toBe(false);
  expect(isToldAgain(told.targets.web, { step })).toBe(true);
  expect(withToldStep(told, 'web', { step })).toBe(told);
  expect(isToldAgain(told.targets.api, { step })).toBe(false);
  expect(isToldAgain(told.targets.web, { step, refused: 'AccessDenied' })).toBe(false);
});
