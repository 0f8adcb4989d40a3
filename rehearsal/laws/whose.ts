/** Whose a deployment is, and whose word was the last one about a target. */
import { readMarker } from '../../core/drivers/codedeploy/marker.ts';
import { driverOf } from '../../core/drivers/drivers.ts';
import type { Target } from '../../core/drivers/target.ts';
import type { Aftermath, Deployment } from './law.ts';

/** Whether Tandem started a deployment, or CodeDeploy as the rollback of one. */
export const isOurs = ({ description, creator }: Deployment): boolean =>
  readMarker(description) !== undefined || creator === 'codeDeployRollback';

/** Whether others have moved traffic of a target last: what it serves is theirs then. */
export const isTheirs = ({ moves, deployments }: Aftermath, target: Target): boolean => {
  const moved = driverOf(target).functionOf(target);
  if (moved !== undefined) return moves.findLast((one) => one.function === moved)?.by === 'others';
  const [newest] = deployments
    .filter(
      ({ applicationName, status }) =>
        applicationName === target.application && status === 'Succeeded',
    )
    .toSorted((one, other) => other.createTime.getTime() - one.createTime.getTime());
  return newest !== undefined && !isOurs(newest);
};
