import {
  type ApprovalAnswer,
  answered,
  answeredFact,
  answerProblem,
} from '../../core/people/approval.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { signal } from './signal.ts';

/** Lets an answer decide, or says why it does not; somebody else's may come first, so what is written counts. */
export const takeAnswer = async (
  record: ReleaseRecord | undefined,
  answer: ApprovalAnswer,
  { now, callerArn }: { readonly now: string; readonly callerArn?: string },
): Promise<{ readonly problem: string } | { readonly state: string }> => {
  let problem = answerProblem(record, answer, now, callerArn);
  if (problem !== undefined || !record) return { problem: problem ?? 'there is no release' };
  const after = await signal(
    record,
    (current) => {
      problem = answerProblem(current, answer, now, callerArn);
      return problem === undefined ? answered(current, answer, callerArn) : current;
    },
    {
      at: now,
      by: { person: answer.by, ...(callerArn === undefined ? {} : { arn: callerArn }) },
      fact: ({ approval }) =>
        problem === undefined
          ? answeredFact(approval!)
          : { kind: 'woken', data: { by: `an answer that was refused: ${problem}` } },
    },
  );
  return problem === undefined ? { state: after.approval?.state ?? 'pending' } : { problem };
};
