/** The link by which people see what they are to approve: what it says, how it is signed, and what makes it good. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import type { Approval, ReleaseRecord } from '../record/record.ts';
import { Moment, Name } from '../text/schema.ts';
import { answerProblem } from './approval.ts';

const Id = z.string().check(z.regex(/^[0-9A-Za-z_-]{1,80}$/));

/** What a link says; all of it is signed. */
export const Link = z.object({
  pair: Name,
  release: Id,
  approval: Id,
  expires: Moment.check(z.maxLength(32)),
});
export type Link = z.infer<typeof Link>;

/** What stands for a link that nobody can read, so that it costs as much work as any other. */
const UNREADABLE: Link = {
  pair: 'none',
  release: 'none',
  approval: 'none',
  expires: '1970-01-01T00:00:00.000Z',
};

/** What a link to the approval of a release says. */
export const linkTo = ({ pair, release }: ReleaseRecord, approval: Approval): Link => ({
  pair,
  release,
  approval: approval.id,
  expires: approval.expiresAt,
});

/** The text of which the key makes the secret of a link: unlike links have unlike texts. */
export const signedText = ({ pair, release, approval, expires }: Link): string =>
  JSON.stringify(['tandem approval link', pair, release, approval, expires]);

const derived = (secret: Uint8Array, use: string): string =>
  createHmac('sha256', secret).update(use).digest('hex');

/** The signature in a link; the secret, an HMAC of its text, is never shown. */
export const signatureOf = (secret: Uint8Array): string => derived(secret, 'link');

/** What the page of a link carries and an answer must bring back. It ends with the approval: an answered one takes no other answer. */
export const nonceOf = (secret: Uint8Array): string => derived(secret, 'answer');

/** The whole link. */
export const linkUrl = (page: string, link: Link, secret: Uint8Array): string => {
  const url = new URL(page);
  url.search = String(new URLSearchParams({ ...link, signature: signatureOf(secret) }));
  return String(url);
};

/** What the parameters of a request say; an unreadable link becomes one that nobody signed. */
export const readLink = (
  parameters: Readonly<Record<string, string>>,
): { readonly link: Link; readonly signature: string } => {
  const read = Link.safeParse(parameters);
  return read.success
    ? { link: read.data, signature: parameters.signature ?? '' }
    : { link: UNREADABLE, signature: '' };
};

const digestOf = (text: string) => createHash('sha256').update(text).digest();

/** Whether a text is the secret one that is expected, in a time that does not tell how near it comes. */
export const isSecret = (text: string, expected: string): boolean =>
  timingSafeEqual(digestOf(text), digestOf(expected));

/** Whether the approval that a link is for still waits. */
export const isPending = (link: Link, record: ReleaseRecord | undefined, now: string): boolean => {
  const answer = {
    approvalId: link.approval,
    releaseId: link.release,
    decision: 'REJECT',
    by: 'anybody',
  } as const;
  const waits = answerProblem(record, answer, now) === undefined;
  return waits && record?.approval?.expiresAt === link.expires;
};
