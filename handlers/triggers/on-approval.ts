import * as z from 'zod/mini';
import { ApprovalAnswer } from '../../core/people/approval.ts';
import { Moment } from '../../core/text/schema.ts';
import { toMilliseconds, toMoment } from '../../core/text/time.ts';
import { logger } from '../function/log.ts';
import { takeAnswer } from '../releases/answer.ts';
import { pairOf } from '../releases/executions.ts';
import { findRelease } from '../table/releases.ts';
import { trigger } from './trigger.ts';

const Delivery = z.object({
  Records: z.array(z.object({ Sns: z.object({ Message: z.string(), Timestamp: Moment }) })),
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
  const record = pair === undefined ? undefined : await findRelease(pair, answer.releaseId);
  const outcome = await takeAnswer(record, answer, { now });
  return 'problem' in outcome ? outcome.problem : outcome.state;
};

/** Answers of people on the approvals topic: the first valid one decides, everything else changes nothing. */
export const handler = trigger(Delivery, async ({ Records }) => {
  for (const { Sns } of Records) {
    const outcome = await decide(Sns.Message, toMoment(toMilliseconds(Sns.Timestamp)));
    logger.info('approval answer', { outcome });
  }
});
