import * as z from 'zod/mini';
import type { ApprovalAnswer } from '../../core/people/approval.ts';
import { readForm } from '../../core/people/approval-form.ts';
import {
  isPending,
  isSecret,
  nonceOf,
  readLink,
  signatureOf,
} from '../../core/people/approval-link.ts';
import {
  approvalPage,
  PAGE_HEADERS,
  REFUSED_PAGE,
  sentencePage,
} from '../../core/people/approval-page.ts';
import { approvalRequest } from '../../core/people/approval-request.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { Epoch } from '../../core/text/schema.ts';
import { toMoment } from '../../core/text/time.ts';
import { logger } from '../function/log.ts';
import { takeAnswer } from '../releases/answer.ts';
import { secretOf } from '../releases/approval-secret.ts';
import { findRelease } from '../table/releases.ts';
import { trigger } from './trigger.ts';

/** A request to a Function URL, by anybody. */
const PageRequest = z.object({
  queryStringParameters: z.optional(z.record(z.string(), z.string())),
  requestContext: z.object({ http: z.object({ method: z.string() }), timeEpoch: Epoch }),
  body: z.optional(z.string()),
  isBase64Encoded: z.optional(z.boolean()),
});
type PageRequest = z.infer<typeof PageRequest>;

/** Characters of a body at most: a name and a comment, every byte of them escaped, fit. */
const LONGEST_BODY = 16_384;

const METHODS = { allow: 'GET, HEAD, OPTIONS, POST' };

const response = (statusCode: number, body: string, more: Record<string, string> = {}) => ({
  statusCode,
  headers: { ...PAGE_HEADERS, ...more },
  body,
});

/** The one answer to links that are forged, expired, answered, or of another release. */
const refused = () => response(404, REFUSED_PAGE);

/** What is known of a link: the same work whether it is good or not. */
const lookUp = async ({ queryStringParameters = {} }: PageRequest, now: string) => {
  const { link, signature } = readLink(queryStringParameters);
  const [secret, record] = await Promise.all([
    secretOf(link),
    findRelease(link.pair, link.release),
  ]);
  const isSigned = isSecret(signature, signatureOf(secret));
  const isOpen = isPending(link, record, now);
  return { link, record, nonce: nonceOf(secret), isGood: isSigned && isOpen };
};

const bodyOf = ({ body = '', isBase64Encoded }: PageRequest): string =>
  Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString('utf8');

const shownTo = (record: ReleaseRecord, nonce: string, status = 200, problem?: string) =>
  response(status, approvalPage(approvalRequest(record, record.approval!), nonce, problem));

const decide = async (record: ReleaseRecord, answer: ApprovalAnswer, now: string) => {
  const outcome = await takeAnswer(record, answer, { now });
  logger.info('approval answer', { outcome });
  // Whoever answered first leaves nothing to decide; what four eyes refuse is worth a sentence.
  if ('problem' in outcome) return undefined;
  const title = outcome.state === 'approved' ? 'Approved' : 'Rejected';
  return response(200, sentencePage(title, `${record.release}: ${outcome.state} by ${answer.by}`));
};

const post = async (request: PageRequest, now: string) => {
  const form = readForm(bodyOf(request));
  const { link, record, nonce, isGood } = await lookUp(request, now);
  const isOurs = isSecret(form.nonce, nonce);
  if (!isGood || !isOurs || !record) return refused();
  if ('problem' in form) return shownTo(record, nonce, 400, form.problem);
  const { decision, by, comment } = form;
  if (decision === 'APPROVE' && record.policy.fourEyes)
    return shownTo(record, nonce, 403, 'Not taken: a link cannot approve it.');
  const said = comment === '' ? {} : { comment };
  const answer = { approvalId: link.approval, releaseId: link.release, decision, by, ...said };
  return (await decide(record, answer, now)) ?? refused();
};

/** The page behind a link: GET shows what is to be approved and changes nothing, POST decides. */
export const handler = trigger(PageRequest, async (request) => {
  const { http, timeEpoch } = request.requestContext;
  if (http.method === 'OPTIONS') return response(204, '', METHODS);
  if (!['GET', 'HEAD', 'POST'].includes(http.method)) return response(405, '', METHODS);
  if ((request.body?.length ?? 0) > LONGEST_BODY) return response(413, '');
  const now = toMoment(timeEpoch);
  if (http.method === 'POST') return post(request, now);
  const { record, nonce, isGood } = await lookUp(request, now);
  const shown = isGood && record ? shownTo(record, nonce) : refused();
  return http.method === 'HEAD' ? { ...shown, body: '' } : shown;
});
