import {
  BatchGetDeploymentTargetsCommand,
  ContinueDeploymentCommand,
  GetDeploymentCommand,
  ListDeploymentTargetsCommand,
  PutLifecycleEventHookExecutionStatusCommand,
  StopDeploymentCommand,
} from '@aws-sdk/client-codedeploy';
import { codedeploy } from '../../aws/codedeploy.ts';
import type { Attempt } from '../../function/visit.ts';

/** An id of CodeDeploy's form that no deployment has: ids are drawn, and nine characters that spell this are not to be expected. */
const deploymentId = 'd-TANDEMTRY';

const absent = ['DeploymentDoesNotExistException'];

/** Reads a deployment that does not exist. */
export const TRY_READ: readonly Attempt[] = [
  {
    action: 'codedeploy:GetDeployment',
    absent,
    call: () => codedeploy.send(new GetDeploymentCommand({ deploymentId })),
  },
];

/** Reads the targets of a deployment that does not exist. */
export const TRY_TARGETS: readonly Attempt[] = [
  {
    action: 'codedeploy:ListDeploymentTargets',
    absent,
    call: () => codedeploy.send(new ListDeploymentTargetsCommand({ deploymentId })),
  },
  {
    action: 'codedeploy:BatchGetDeploymentTargets',
    absent,
    call: () =>
      codedeploy.send(
        new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds: ['no-target'] }),
      ),
  },
];

/** Answers a hook of a deployment that does not exist. */
export const TRY_ANSWER: readonly Attempt[] = [
  {
    action: 'codedeploy:PutLifecycleEventHookExecutionStatus',
    absent: [...absent, 'InvalidLifecycleEventHookExecutionIdException'],
    call: () =>
      codedeploy.send(
        new PutLifecycleEventHookExecutionStatusCommand({
          deploymentId,
          lifecycleEventHookExecutionId: 'no-execution',
          status: 'Failed',
        }),
      ),
  },
];

/** Continues a deployment that does not exist. */
export const TRY_CONTINUE: readonly Attempt[] = [
  {
    action: 'codedeploy:ContinueDeployment',
    absent,
    call: () =>
      codedeploy.send(
        new ContinueDeploymentCommand({ deploymentId, deploymentWaitType: 'READY_WAIT' }),
      ),
  },
];

/** Stops a deployment that does not exist. */
export const TRY_STOP: readonly Attempt[] = [
  {
    action: 'codedeploy:StopDeployment',
    absent,
    call: () => codedeploy.send(new StopDeploymentCommand({ deploymentId })),
  },
];
