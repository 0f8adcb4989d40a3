/** Automatic rollback: whether an end leads to one, and the new deployment that it is. */
import type { Cloud } from '../../../cloud.ts';
import type { AppSpec, LambdaAppSpec } from '../appspec.ts';
import { rollbackConfig } from '../deployment-configs.ts';
import { addDeployment } from '../new-deployment.ts';
import type { DeploymentRecord, RegionRecord } from '../records.ts';
import { canReroute } from './ecs-rollback.ts';
import type { Ending } from './failure.ts';

/** Whether a deployment that ended so is taken back. A rollback itself never is. */
export const isRolledBack = (deployment: DeploymentRecord, ending: Ending): boolean => {
  if (deployment.rollbackOf) return false;
  if (deployment.platform === 'ECS' && !canReroute(deployment)) return false;
  const { enabled, events = [] } =
    deployment.autoRollback ?? deployment.settings.autoRollbackConfiguration ?? {};
  return ending.rollback ?? (enabled === true && events.includes(ending.event));
};

/** Adds the deployment that takes another one back, and says so on both of them. */
export const addRollback = (
  cloud: Cloud,
  record: RegionRecord,
  undone: DeploymentRecord,
): DeploymentRecord => {
  const { group, settings } = undone;
  const rollback = addDeployment(cloud, record, {
    group,
    settings,
    config: rollbackConfig(undone.platform),
    ...restored(undone),
    description: undefined,
    creator: 'codeDeployRollback',
    autoRollback: undone.autoRollback,
    overrideAlarms: undone.overrideAlarms,
    rollbackOf: undone,
  });
  rollback.rollbackInfo = {
    rollbackTriggeringDeploymentId: undone.id,
    rollbackMessage: `Deployment ${rollback.id} is triggered to roll back deployment ${undone.id}.`,
  };
  undone.rollbackInfo = {
    rollbackDeploymentId: rollback.id,
    rollbackMessage: `Deployment ${undone.id} terminated. Automatic rollback is triggered with a DeploymentId ${rollback.id}.`,
  };
  undone.rollbackInfoShownFrom = cloud.clock.now() + cloud.quirks.rollbackInfoDelay * 1000;
  return rollback;
};

/**
 * What a rollback deploys: the group's last successful revision. For a function that never had one, the version
 * that the failed deployment started from; for ECS the revision is a name only, traffic is merely rerouted.
 */
const restored = (undone: DeploymentRecord): Pick<DeploymentRecord, 'appSpec' | 'revision'> => {
  const last = undone.group.lastSuccessful;
  if (last && concernsSameTarget(last.appSpec, undone.appSpec)) {
    return { appSpec: last.appSpec, revision: last.revision };
  }
  const { appSpec, revision } = undone;
  return { appSpec: appSpec.kind === 'Lambda' ? reversed(appSpec) : appSpec, revision };
};

/** One group may deploy several functions: the history of another one says nothing about this one. */
const concernsSameTarget = (last: AppSpec, undone: AppSpec): boolean =>
  last.kind === 'ECS' ||
  (undone.kind === 'Lambda' &&
    last.functionName === undone.functionName &&
    last.alias === undone.alias);

const reversed = (spec: LambdaAppSpec): LambdaAppSpec => ({
  ...spec,
  currentVersion: spec.targetVersion,
  targetVersion: spec.currentVersion,
});
