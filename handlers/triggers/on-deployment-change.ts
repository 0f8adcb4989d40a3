import { GetDeploymentCommand } from '@aws-sdk/client-codedeploy';
import { DeploymentChange, wakesFor } from '../../core/drivers/codedeploy/deployment-change.ts';
import { type Marker, readMarker } from '../../core/drivers/codedeploy/marker.ts';
import { toMilliseconds, toMoment } from '../../core/text/time.ts';
import { codedeploy } from '../aws/codedeploy.ts';
import { signal } from '../releases/signal.ts';
import { findRelease } from '../table/releases.ts';
import { trigger } from './trigger.ts';

/** The release that a deployment belongs to: by its own marker, or by that of the deployment it rolls back. */
const markerOf = async (deploymentId: string): Promise<Marker | undefined> => {
  const { deploymentInfo } = await codedeploy.send(new GetDeploymentCommand({ deploymentId }));
  const triggering = deploymentInfo?.rollbackInfo?.rollbackTriggeringDeploymentId;
  const marker = readMarker(deploymentInfo?.description);
  return marker ?? (triggering && triggering !== deploymentId ? markerOf(triggering) : undefined);
};

/** A deployment changed: its release polls now, where the new state matters to it, instead of after the watch interval. */
export const handler = trigger(DeploymentChange, async ({ time, detail }) => {
  const marker = await markerOf(detail.deploymentId);
  const record = marker && (await findRelease(marker.pair, marker.release));
  if (!record || record.end || !wakesFor(detail.state, record)) return { signalled: false };
  await signal(record, (current) => current, {
    at: toMoment(toMilliseconds(time)),
    fact: () => ({ kind: 'woken', data: { by: `deployment ${detail.deploymentId}` } }),
  });
  return { signalled: true };
});
