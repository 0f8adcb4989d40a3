import '../environment.ts';

import {
  InvalidLifecycleEventHookExecutionIdException,
  LifecycleEventAlreadyCompletedException,
  PutLifecycleEventHookExecutionStatusCommand,
} from '@aws-sdk/client-codedeploy';
import { describe, expect, it } from 'vitest';
import { TryAgainError } from '../../../core/text/errors.ts';
import { answerHook } from '../../../handlers/drivers/codedeploy/hooks.ts';
import { codedeployWith } from '../hooks/deployments.ts';

const hook = { deploymentId: 'd-1', event: 'AfterAllowTraffic', executionId: 'hook-1' };

const about = { message: '', $metadata: {} };

/** CodeDeploy that says the event is over, and shows this status for it. */
const completedAs = (status: 'Succeeded' | 'Failed' | 'Skipped' | 'InProgress' | 'Unknown') => {
  const { codedeploy } = codedeployWith(
    { deploymentId: 'd-1' },
    {
      events: [
        { lifecycleEventName: 'BeforeAllowTraffic', status: 'Succeeded' },
        { lifecycleEventName: 'AfterAllowTraffic', status },
      ],
    },
  );
  codedeploy
    .on(PutLifecycleEventHookExecutionStatusCommand)
    .rejects(new LifecycleEventAlreadyCompletedException(about));
};

describe('the answer to a hook', () => {
  it('is what CodeDeploy took', async () => {
    const { answers } = codedeployWith({ deploymentId: 'd-1' });

    expect(await answerHook(hook, 'Failed')).toBe('Failed');
    expect(answers()).toEqual(['Failed']);
  });

  it.each([
    ['Succeeded', 'Succeeded'],
    ['Failed', 'Failed'],
    ['Skipped', 'Failed'],
  ] as const)('is read back as %s where the event is over already: %s', async (status, held) => {
    completedAs(status);

    expect(await answerHook(hook, 'Succeeded')).toBe(held);
    expect(await answerHook(hook, 'Failed')).toBe(held);
  });

  it.each(['InProgress', 'Unknown'] as const)(
    'is asked for again while CodeDeploy says that the event is over and shows it as %s',
    async (status) => {
      completedAs(status);

      await expect(answerHook(hook, 'Succeeded')).rejects.toThrow(TryAgainError);
    },
  );

  it('is unknown when CodeDeploy refuses it for another reason', async () => {
    const { codedeploy } = codedeployWith({ deploymentId: 'd-1' });
    codedeploy
      .on(PutLifecycleEventHookExecutionStatusCommand)
      .rejects(new InvalidLifecycleEventHookExecutionIdException(about));

    await expect(answerHook(hook, 'Succeeded')).rejects.toThrow();
  });
});
