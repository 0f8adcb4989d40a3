import { toMoment } from '../../core/moments.ts';
import { type ReasonCode, reason } from '../../core/reason.ts';
import type { ReleaseRecord } from '../../core/record.ts';
import { fail, type Verdict } from '../../core/verdict.ts';
import { writeFact } from '../signal.ts';
import { readDeployment } from '../targets/deployment-reading.ts';
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
  const latest = record.ledger.at(-1)?.at ?? record.times.started;
  const now = begun === undefined ? latest : toMoment(begun);
  let refused = false;
  let because: ReasonCode = 'execution-ended';
  let known = false;
  const fact = (current: ReleaseRecord): ReleaseRecord => {
    refused = current.decision === 'rollback' || current.end !== undefined;
    known = current.hooks.some((held) => held.executionId === executionId);
    because = current.reasons[0]?.code ?? because;
    if (refused || known) return current;
    return {
      ...current,
      hooks: [...current.hooks, { deploymentId, event, executionId, at: now }],
    };
  };
  const { wake } = await writeFact(record, fact, {
    at: now,
    line: () => (refused || known ? undefined : `${target.name}: holds ${event}`),
  });
  if (!refused) handOver();
  await wake();
  return refused ? fail(reason(because, 'the release goes back')) : 'held';
};
