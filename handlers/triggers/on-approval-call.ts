import * as z from 'zod/mini';
import { type ApprovalAnswer, CallersAnswer } from '../../core/people/approval.ts';
import { callerName } from '../../core/text/caller.ts';
import { Epoch, Text } from '../../core/text/schema.ts';
import { toMoment } from '../../core/text/time.ts';
import { logger } from '../function/log.ts';
import { takeAnswer } from '../releases/answer.ts';
import { pairOf } from '../releases/executions.ts';
import { findRelease } from '../table/releases.ts';
import { trigger } from './trigger.ts';

/** A request to a Function URL with AWS_IAM: Lambda has verified the signature and names the caller. */
const Call = z.object({
  requestContext: z.object({
    http: z.object({ method: z.string() }),
    timeEpoch: Epoch,
    authorizer: z.object({ iam: z.object({ userArn: Text }) }),
  }),
  body: z.optional(z.string()),
  isBase64Encoded: z.optional(z.boolean()),
});
type Call = z.infer<typeof Call>;

const response = (statusCode: number, accepted: boolean, text: string) => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify({ accepted, text }),
});

const parse = ({ body = '', isBase64Encoded }: Call): CallersAnswer | undefined => {
  try {
    const text = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString('utf8');
    const answer = CallersAnswer.safeParse(JSON.parse(text));
    return answer.success ? answer.data : undefined;
  } catch {
    return undefined;
  }
};

/** An answer by a caller whom IAM knows: the only door that takes an approval where the pair requires four eyes. */
export const handler = trigger(Call, async (call) => {
  const { http, timeEpoch, authorizer } = call.requestContext;
  if (http.method !== 'POST') return response(405, false, 'an answer is sent with POST');
  const said = parse(call);
  if (!said)
    return response(400, false, 'an answer has releaseId, approvalId, and APPROVE or REJECT');
  const callerArn = authorizer.iam.userArn;
  const answer: ApprovalAnswer = { ...said, by: callerName(callerArn) };
  const pair = await pairOf(answer.releaseId);
  const record = pair === undefined ? undefined : await findRelease(pair, answer.releaseId);
  const outcome = await takeAnswer(record, answer, { now: toMoment(timeEpoch), callerArn });
  const refused = 'problem' in outcome;
  const text = refused ? outcome.problem : `${outcome.state} by ${answer.by}`;
  logger.info('approval answer', { outcome: text });
  return response(refused ? 409 : 200, !refused, text);
});
