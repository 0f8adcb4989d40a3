import { isActive, type TargetObservation } from '../deployments/observation.ts';
import type { TargetRecord } from '../record/record.ts';
import { revisionText } from '../release/revision-words.ts';
import type { WayBack } from './way-back.ts';

/** Why nothing is left to do. */
const arrived = ({ shifted, from }: TargetRecord, { forward, back }: TargetObservation): string => {
  if (forward === undefined) return 'nothing to take back, it was never deployed to';
  if (!shifted) return 'nothing to take back, no traffic moved';
  const again = `users are on ${revisionText(from)} again`;
  return back ? `deployment ${back.id} has gone back, ${again}` : again;
};

/** What is waited for. */
const awaited = (target: TargetRecord, { forward, back, foreign }: TargetObservation): string => {
  if (forward && isActive(forward)) return `CodeDeploy is ending deployment ${forward.id}`;
  if (back && isActive(back)) {
    const whose = target.back.includes(back.id)
      ? 'goes back'
      : 'is how CodeDeploy itself goes back';
    return `deployment ${back.id} ${whose}, followed`;
  }
  if (foreign) return `waits for deployment ${foreign}, which Tandem did not start`;
  return `deployment ${forward?.id} has ended, CodeDeploy may go back by itself: followed`;
};

/** A step of a target's way back in words for people, as they stand behind the target's name. */
export const describeWayBack = (
  target: TargetRecord,
  reading: TargetObservation,
  way: WayBack,
): string => {
  switch (way.do) {
    case 'nothing':
      return arrived(target, reading);
    case 'wait':
      return awaited(target, reading);
    case 'answer-failed':
      return `${way.hooks.map(({ event }) => event).join(' and ')} is answered Failed`;
    case 'stop':
      return `deployment ${way.deploymentId} is stopped`;
    case 'continue':
      return way.wait === 'READY_WAIT'
        ? `deployment ${way.deploymentId} goes back, and is let go`
        : `deployment ${way.deploymentId} goes back, and need not keep the new tasks`;
    case 'redeploy':
      return `goes back to ${revisionText(target.from)} by a deployment of its own (try ${way.attempt})`;
    case 'restore-alias':
      return `its alias is set back to ${revisionText(target.from)}`;
    case 'give-up':
      return `is not rolled back to ${revisionText(target.from)} by Tandem; a person must look`;
  }
};
