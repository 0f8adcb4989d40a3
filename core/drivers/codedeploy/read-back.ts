/** What CodeDeploy's refusal of a word means: what was read after it tells (ADR 54). */
import type { Continued, HookAnswer, WaitName } from '../driver.ts';
import type { ShownDeployment } from './observed.ts';

/** What a refusal to end a wait means; undefined while the deployment is still shown as waiting. */
export const continued = (
  wait: WaitName,
  shown: Pick<ShownDeployment, 'status' | 'terminationWait'>,
): Continued | undefined => {
  if (shown.status === 'Failed' || shown.status === 'Stopped') return 'ended';
  const waits =
    wait === 'start'
      ? shown.status === 'Ready'
      : shown.status !== 'Succeeded' && shown.terminationWait;
  return waits ? undefined : 'goes-on';
};

/** What CodeDeploy holds for an event that it calls completed; undefined until it shows an end. */
export const answerShown = (status: string | undefined): HookAnswer | undefined => {
  if (status === 'Succeeded') return 'Succeeded';
  return status === 'Failed' || status === 'Skipped' ? 'Failed' : undefined;
};
