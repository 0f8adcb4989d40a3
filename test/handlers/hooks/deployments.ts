import {
  BatchGetDeploymentTargetsCommand,
  CodeDeployClient,
  DeploymentDoesNotExistException,
  type DeploymentInfo,
  GetDeploymentCommand,
  type LifecycleEvent,
  ListDeploymentTargetsCommand,
  ListTagsForResourceCommand,
  PutLifecycleEventHookExecutionStatusCommand,
  type Tag,
} from '@aws-sdk/client-codedeploy';
import { mockClient } from 'aws-sdk-client-mock';

/** CodeDeploy as a hook sees it: the deployment that called, its group's tags, and the answers it got. */

/** Opens CodeDeploy with one deployment. */
export const codedeployWith = (
  info: DeploymentInfo,
  { events = [], tags = [] }: { events?: LifecycleEvent[]; tags?: Tag[] } = {},
) => {
  const codedeploy = mockClient(CodeDeployClient);
  codedeploy.on(GetDeploymentCommand).callsFake(async ({ deploymentId }) => {
    if (deploymentId === info.deploymentId) return { deploymentInfo: info };
    throw new DeploymentDoesNotExistException({ message: deploymentId, $metadata: {} });
  });
  codedeploy.on(ListTagsForResourceCommand).resolves({ Tags: tags });
  codedeploy.on(ListDeploymentTargetsCommand).resolves({ targetIds: ['storefront:web'] });
  codedeploy.on(BatchGetDeploymentTargetsCommand).resolves({
    deploymentTargets: [
      { deploymentTargetType: 'ECSTarget', ecsTarget: { lifecycleEvents: events } },
    ],
  });
  codedeploy.on(PutLifecycleEventHookExecutionStatusCommand).resolves({});
  /** Statuses that were reported, in their order. */
  const answers = () =>
    codedeploy
      .commandCalls(PutLifecycleEventHookExecutionStatusCommand)
      .map(({ args: [{ input }] }) => input.status);
  return { codedeploy, answers };
};
