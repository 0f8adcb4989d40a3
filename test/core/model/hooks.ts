/** What the hook function does with a call: the order of core, then the barrier's fact or an answer. */
import { hookBegan, refusesHooks, withHeldHook } from '../../../core/deployments/held-hook.ts';
import { hookOrder } from '../../../core/deployments/hook.ts';
import { readMarker } from '../../../core/drivers/codedeploy/marker.ts';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import type { Group } from './codedeploy.ts';
import type { Deployment } from './deployment.ts';

/** Takes one call of a hook. */
export const callHook = (
  group: Group,
  { id, description, creator }: Deployment,
  event: string,
  about: {
    readonly record: ReleaseRecord;
    readonly ownerRuns: boolean;
    readonly signal: (edit: (record: ReleaseRecord) => ReleaseRecord, line?: string) => void;
  },
): void => {
  const { record, ownerRuns, signal } = about;
  const marker = readMarker(description);
  const { order } = hookOrder({
    isOwnRollback: creator === 'codeDeployRollback',
    marker,
    record: marker?.release === record.release ? record : undefined,
    ownerRuns,
    foreignAllowed: false,
  });
  if (order !== 'check') {
    group.answer(id, event, order === 'pass' ? 'Succeeded' : 'Failed');
    return;
  }
  const hook = {
    deploymentId: id,
    event,
    executionId: `${id} ${event}`,
    at: hookBegan(record, group.read(id).events[event]?.startedAt),
  };
  signal((current) => withHeldHook(current, hook), `holds ${event}`);
  if (refusesHooks(record)) group.answer(id, event, 'Failed');
};
