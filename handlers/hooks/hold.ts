import {
  hookBegan,
  isAwaited,
  knowsHook,
  refusesHooks,
  withHeldHook,
} from '../../core/deployments/held-hook.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { type ReasonCode, reason } from '../../core/release/reason.ts';
import { fail, type Verdict } from '../../core/release/verdict.ts';
import { readDeployment } from '../drivers/codedeploy/deployment-reading.ts';
import { writeFact } from '../releases/signal.ts';
import type { HookCase } from './hook.ts';

/**
 * Hands a hook to the release, which answers it. Its execution id is in no API, so it is written first; until that
 * write has succeeded every failure answers Failed, and from then on this hook never answers.
 */
export const hold = async (
  { record, target, deploymentId, executionId, handOver }: HookCase,
  event: string,
): Promise<'held' | Verdict> => {
  const begun = (await readDeployment(deploymentId)).events[event]?.startedAt;
  const at = hookBegan(record, begun);
  const hook = { deploymentId, event, executionId, at };
  let refused = false;
  let because: ReasonCode = 'execution-ended';
  let known = false;
  const fact = (current: ReleaseRecord): ReleaseRecord => {
    refused = refusesHooks(current);
    known = knowsHook(current, hook);
    because = current.reasons[0]?.code ?? because;
    return withHeldHook(current, hook);
  };
  const { wake } = await writeFact(
    record,
    fact,
    {
      at,
      fact: () =>
        refused || known
          ? { kind: 'woken', data: { by: `${event} of ${target.name}` } }
          : { kind: 'hook-held', data: { target: target.name, event, deployment: deploymentId } },
    },
    (current) => isAwaited(current, hook),
  );
  if (!refused) handOver();
  await wake();
  return refused ? fail(reason(because, 'the release is rolling back')) : 'held';
};
