import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { Moment, Text } from '../text/schema.ts';

/** ECR's event of a pushed image (source aws.ecr, detail-type "ECR Image Action"). */
export const ImagePush = z.object({
  id: Text,
  account: Text,
  region: Text,
  source: z.literal('aws.ecr'),
  time: Moment,
  detail: z.object({
    result: z.string(),
    'action-type': z.string(),
    'repository-name': Text,
    'image-digest': Text,
    'image-tag': z.optional(Text),
  }),
});
export type ImagePush = z.infer<typeof ImagePush>;

/** Hex characters of an event's hash in an execution name. */
const HASH_LENGTH = 12;

/** Name of the execution that an event starts: the same event twice is the same execution. */
export const executionName = (pair: string, eventId: string): string =>
  `${pair}-${createHash('sha256').update(eventId).digest('hex').slice(0, HASH_LENGTH)}`;

/** Why a push starts nothing; undefined when it may. */
export const pushProblem = (
  push: ImagePush,
  own: { readonly account: string; readonly region: string },
): string | undefined => {
  const { detail } = push;
  if (push.account !== own.account) return `comes from account ${push.account}`;
  if (push.region !== own.region) return `comes from Region ${push.region}`;
  if (detail['action-type'] !== 'PUSH') return `is a ${detail['action-type']}`;
  if (detail.result !== 'SUCCESS') return `ended in ${detail.result}`;
  if (detail['image-tag'] === undefined) return 'has no tag';
  return undefined;
};
