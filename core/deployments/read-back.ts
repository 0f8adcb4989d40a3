/** What CodeDeploy's refusal of a word means: what was read after it tells (ADR 54). */
import type { HookAnswer } from './hook-answers.ts';
import type { DeploymentObservation } from './observation.ts';

/** A wait of CodeDeploy that a word ends. */
export type WaitType = 'READY_WAIT' | 'TERMINATION_WAIT';

/** What became of the word that ends a wait: the deployment goes on, or had ended before the word came. */
export type Continued = 'goes-on' | 'ended';

/** What a refusal to end a wait means; undefined while the deployment is still shown as waiting. */
export const continued = (
  wait: WaitType,
  shown: Pick<DeploymentObservation, 'status' | 'terminationWait'>,
): Continued | undefined => {
  if (shown.status === 'Failed' || shown.status === 'Stopped') return 'ended';
  const waits =
    wait === 'READY_WAIT'
      ? shown.status === 'Ready'
      : shown.status !== 'Succeeded' && shown.terminationWait;
  return waits ? undefined : 'goes-on';
};

/** What CodeDeploy holds for an event that it calls completed; undefined until it shows an end. */
export const answerShown = (status: string | undefined): HookAnswer | undefined => {
  if (status === 'Succeeded') return 'Succeeded';
  return status === 'Failed' || status === 'Skipped' ? 'Failed' : undefined;
};
