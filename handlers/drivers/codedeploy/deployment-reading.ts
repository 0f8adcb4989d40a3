import {
  BatchGetDeploymentTargetsCommand,
  DeploymentNotStartedException,
  type DeploymentTarget,
  GetDeploymentCommand,
  ListDeploymentTargetsCommand,
} from '@aws-sdk/client-codedeploy';
import { observedOf, type ShownDeployment } from '../../../core/drivers/codedeploy/observed.ts';
import type { DeploymentObservation } from '../../../core/drivers/deployment.ts';
import { holdsOf } from '../../../core/drivers/drivers.ts';
import type { TargetRecord } from '../../../core/record/record.ts';
import { codedeploy } from '../../aws/codedeploy.ts';

/** The deployment's only target; undefined before the deployment has started. */
const targetOf = async (deploymentId: string): Promise<DeploymentTarget | undefined> => {
  try {
    const { targetIds = [] } = await codedeploy.send(
      new ListDeploymentTargetsCommand({ deploymentId }),
    );
    if (targetIds.length === 0) return undefined;
    const { deploymentTargets } = await codedeploy.send(
      new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds }),
    );
    return deploymentTargets?.[0];
  } catch (error) {
    if (error instanceof DeploymentNotStartedException) return undefined;
    throw error;
  }
};

const eventsOf = (target: DeploymentTarget | undefined): ShownDeployment['events'] => {
  const { lifecycleEvents = [] } = target?.ecsTarget ?? target?.lambdaTarget ?? {};
  return Object.fromEntries(
    lifecycleEvents.map(({ lifecycleEventName, status, startTime }) => [
      lifecycleEventName!,
      {
        status: status ?? 'Unknown',
        ...(startTime ? { startedAt: startTime.getTime() } : {}),
      },
    ]),
  );
};

/** Reads what CodeDeploy shows of a deployment. */
export const readDeployment = async (deploymentId: string): Promise<ShownDeployment> => {
  const [{ deploymentInfo = {} }, target] = await Promise.all([
    codedeploy.send(new GetDeploymentCommand({ deploymentId })),
    targetOf(deploymentId),
  ]);
  const { status, errorInformation, rollbackInfo, completeTime } = deploymentInfo;
  return {
    id: deploymentId,
    status: status ?? 'Unknown',
    events: eventsOf(target),
    terminationWait: deploymentInfo.instanceTerminationWaitTimeStarted === true,
    ...(errorInformation
      ? {
          error: {
            code: errorInformation.code ?? 'UNKNOWN',
            message: errorInformation.message ?? '',
          },
        }
      : {}),
    ...(rollbackInfo?.rollbackDeploymentId
      ? { rollbackId: rollbackInfo.rollbackDeploymentId }
      : {}),
    ...(completeTime ? { completedAt: completeTime.getTime() } : {}),
  };
};

/** Reads the two deployments that matter to a target: the one forward, and the newest one back. */
export const readDeployments = async (
  target: TargetRecord,
): Promise<{ forward?: DeploymentObservation; back?: DeploymentObservation }> => {
  const read = async (id: string) => observedOf(await readDeployment(id), holdsOf(target));
  const forward = target.forward ? await read(target.forward) : undefined;
  const backId = target.back.at(-1) ?? forward?.rollbackId;
  const back = backId ? await read(backId) : undefined;
  return { ...(forward ? { forward } : {}), ...(back ? { back } : {}) };
};
