import * as z from 'zod/mini';
import { ApprovalAnswer, answered, answerProblem } from '../../core/approval.ts';
import { Text } from '../../core/schema.ts';
import { pairOf } from '../executions.ts';
import { signal } from '../signal.ts';
import { logger } from '../step.ts';
import { findRelease } from '../table/releases.ts';
import { trigger } from './trigger.ts';

const Delivery = z.object({
  Records: z.array(z.object({ Sns: z.object({ Message: z.string(), Timestamp: Text }) })),
});

const parse = (message: string): ApprovalAnswer | undefined => {
  try {
    const answer = ApprovalAnswer.safeParse(JSON.parse(message));
    return answer.success ? answer.data : undefined;
  } catch {
    return undefined;
  }
};

const decide = async (message: string, now: string): Promise<string> => {
  const answer = parse(message);
  if (!answer) return 'not an answer';
  const pair = await pairOf(answer.releaseId);
  const record = pair && (await findRelease(pair, answer.releaseId));
  const problem = answerProblem(record || undefined, answer, now);
  if (problem || !record) return problem ?? 'no release waits for this approval';
  const after = await signal(
    record,
    (current) => (answerProblem(current, answer, now) ? current : answered(current, answer)),
    { at: now, line: ({ approval }) => `${approval?.state} by ${approval?.by}` },
  );
  return after.approval?.state ?? 'pending';
};

/** Answers of people on the approvals topic: the first valid one decides, everything else changes nothing. */
export const handler = trigger(Delivery, async ({ Records }) => {
  for (const { Sns } of Records) {
    const outcome = await decide(Sns.Message, new Date(Sns.Timestamp).toISOString());
    logger.info('approval answer', { outcome });
  }
});
