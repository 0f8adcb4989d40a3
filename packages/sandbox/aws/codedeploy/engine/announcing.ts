/** Events that CodeDeploy sends to EventBridge; delivery is best effort, so a lost one is nobody's failure. */
import type { Cloud } from '../../../cloud.ts';
import { arnsOf } from '../arns.ts';
import type { DeploymentRecord } from '../records.ts';
import { CODEDEPLOY } from './acting.ts';

export type DeploymentState = 'START' | 'READY' | 'SUCCESS' | 'FAILURE' | 'STOP';

/** Sends the state of a deployment. The states are not the API's statuses. */
export const announce = (
  cloud: Cloud,
  deployment: DeploymentRecord,
  state: DeploymentState,
): void => {
  const { id, region, group } = deployment;
  const arns = arnsOf(cloud.account);
  const application = group.application.name;
  const deploymentGroup = group.info.deploymentGroupName;
  const entry = {
    Source: 'aws.codedeploy',
    DetailType: 'CodeDeploy Deployment State-change Notification',
    Resources: [
      arns.application(region, application),
      arns.group(region, application, deploymentGroup),
    ],
    Detail: JSON.stringify({
      instanceGroupId: group.info.deploymentGroupId,
      region,
      application,
      deploymentId: id,
      state,
      deploymentGroup,
    }),
    Time: new Date(cloud.clock.now()),
  };
  cloud
    .call({
      principal: CODEDEPLOY,
      region,
      service: 'events',
      operation: 'PutEvents',
      input: { Entries: [entry] },
    })
    .catch(() => undefined);
};
