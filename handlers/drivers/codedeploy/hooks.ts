import {
  BatchGetDeploymentTargetsCommand,
  LifecycleEventAlreadyCompletedException,
  ListDeploymentTargetsCommand,
  PutLifecycleEventHookExecutionStatusCommand,
} from '@aws-sdk/client-codedeploy';
import { answerShown } from '../../../core/drivers/codedeploy/read-back.ts';
import type { HookAnswer } from '../../../core/drivers/driver.ts';
import type { HeldHook } from '../../../core/record/record.ts';
import { TryAgainError } from '../../../core/text/errors.ts';
import { codedeploy } from '../../aws/codedeploy.ts';

const statusOfEvent = async (deploymentId: string, event: string): Promise<string | undefined> => {
  const { targetIds = [] } = await codedeploy.send(
    new ListDeploymentTargetsCommand({ deploymentId }),
  );
  const { deploymentTargets = [] } = await codedeploy.send(
    new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds }),
  );
  const target = deploymentTargets[0];
  const events = target?.ecsTarget?.lifecycleEvents ?? target?.lambdaTarget?.lifecycleEvents;
  return events?.find(({ lifecycleEventName }) => lifecycleEventName === event)?.status;
};

/**
 * Answers a lifecycle hook and gives what CodeDeploy holds for the event now: our answer, or, where the event
 * had been completed before, what is read back of it. Throws TryAgainError until an end of the event is shown.
 */
export const answerHook = async (
  { deploymentId, event, executionId }: Pick<HeldHook, 'deploymentId' | 'event' | 'executionId'>,
  answer: HookAnswer,
): Promise<HookAnswer> => {
  try {
    await codedeploy.send(
      new PutLifecycleEventHookExecutionStatusCommand({
        deploymentId,
        lifecycleEventHookExecutionId: executionId,
        status: answer,
      }),
    );
    return answer;
  } catch (error) {
    if (!(error instanceof LifecycleEventAlreadyCompletedException)) throw error;
    const shown = await statusOfEvent(deploymentId, event);
    const held = answerShown(shown);
    if (held) return held;
    throw new TryAgainError(
      `${event} of deployment ${deploymentId} is answered, but CodeDeploy shows ${shown ?? 'nothing'} of it yet`,
    );
  }
};
