/** What people and hook functions do to a deployment under way: continue it, stop it, answer its hooks. */
import type {
  ContinueDeploymentInput,
  PutLifecycleEventHookExecutionStatusInput,
  StopDeploymentInput,
} from '@aws-sdk/client-codedeploy';
import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation } from '../../cloud.ts';
import type { Engine } from './engine/engine.ts';
import { findDeployment } from './lookup.ts';
import { type DeploymentRecord, isOver, type RegionRecord } from './records.ts';

const STOPPING = 'No more commands will be scheduled for execution in the deployment instances';

/** Operations on deployments that have started. */
export const controlOperations = (
  cloud: Cloud,
  recordOf: (region: string) => RegionRecord,
  engine: Engine,
): Record<string, Operation> => {
  const underWay = (region: string, id: string | undefined): DeploymentRecord => {
    const deployment = findDeployment(recordOf(region), id);
    if (!isOver(deployment)) return deployment;
    throw new AwsError(
      'DeploymentAlreadyCompletedException',
      `The deployment ${id} has already completed with the status ${deployment.status}`,
    );
  };

  return {
    ContinueDeployment: (input: ContinueDeploymentInput, { region }) => {
      const { deploymentWaitType = 'READY_WAIT' } = input;
      const deployment = underWay(region, input.deploymentId);
      if (deploymentWaitType !== 'READY_WAIT' && deploymentWaitType !== 'TERMINATION_WAIT') {
        throw new AwsError(
          'InvalidDeploymentWaitTypeException',
          `The wait type is invalid: ${deploymentWaitType}`,
        );
      }
      if (deployment.platform === 'Lambda') {
        throw new AwsError(
          'UnsupportedActionForDeploymentTypeException',
          'A Lambda deployment has no wait that can be ended',
        );
      }
      const run = engine.run(deployment.id);
      if (deploymentWaitType === 'READY_WAIT') {
        const gate = run?.waitsIn('ready');
        if (!gate) throw notReady(deployment);
        gate.open('continue');
      } else {
        const gate = run?.waitsIn('termination');
        if (!gate) throw notWaiting(deployment);
        gate.open('continue');
      }
      return {};
    },

    StopDeployment: (input: StopDeploymentInput, { region }) => {
      const deployment = underWay(region, input.deploymentId);
      const stopped = engine.run(deployment.id)?.interrupt(
        {
          status: 'Stopped',
          code: 'MANUAL_STOP',
          message: 'The deployment was stopped by a request.',
          event: 'DEPLOYMENT_STOP_ON_REQUEST',
          rollback: input.autoRollbackEnabled,
        },
        { afterHook: cloud.quirks.stopWaitsForHook },
      );
      return stopped
        ? { status: 'Succeeded', statusMessage: STOPPING }
        : { status: 'Pending', statusMessage: 'Some lifecycle events might still be running' };
    },

    PutLifecycleEventHookExecutionStatus: (
      input: PutLifecycleEventHookExecutionStatusInput,
      { region },
    ) => {
      const deployment = findDeployment(recordOf(region), input.deploymentId);
      const { status, lifecycleEventHookExecutionId: id } = input;
      if (status !== 'Succeeded' && status !== 'Failed') {
        throw new AwsError(
          'InvalidLifecycleEventHookExecutionStatusException',
          `A lifecycle event hook can only have Succeeded or Failed, and not ${status}`,
        );
      }
      const hook = deployment.hooks.get(id ?? '');
      if (!hook) {
        throw new AwsError(
          'InvalidLifecycleEventHookExecutionIdException',
          'The lifecycle event hook execution id is invalid',
        );
      }
      if (!hook.answer) {
        throw new AwsError(
          'LifecycleEventAlreadyCompletedException',
          `The lifecycle event ${hook.event} of the deployment ${deployment.id} has already completed`,
        );
      }
      hook.answer(status);
      return { lifecycleEventHookExecutionId: hook.id };
    },
  };
};

const notReady = ({ id, status }: DeploymentRecord) =>
  new AwsError(
    'DeploymentIsNotInReadyStateException',
    `The deployment ${id} has the status ${status}, and not Ready`,
  );

const notWaiting = ({ id }: DeploymentRecord) =>
  new AwsError(
    'InvalidDeploymentStatusException',
    `The deployment ${id} does not wait for the termination of its original task set`,
  );
