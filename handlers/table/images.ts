import * as z from 'zod/mini';
import type { LatestPush } from '../../core/images/missed-push.ts';
import { imageKey, latestPushKey } from '../../core/keys.ts';
import { toMilliseconds } from '../../core/text/time.ts';
import { change, read } from './table.ts';

/** The release that wanted an image last, and the targets that its push named; none if a person released it. */
const Started = z.strictObject({ release: z.string(), targets: z.array(z.string()) });
export type Started = z.infer<typeof Started>;

const parse = (body: unknown): Started | undefined =>
  body === undefined ? undefined : Started.parse(body);

/** What this image has started; undefined when no release has wanted it yet. */
export const startedBy = async (pair: string, digest: string): Promise<Started | undefined> =>
  parse((await read(imageKey(pair, digest)))?.body);

/** Remembers what a push of this image starts, unless another release has taken its place; gives what is remembered. */
export const rememberImage = async (
  pair: string,
  digest: string,
  started: Started,
  before: Started | undefined,
): Promise<Started> => {
  const { after } = await change(imageKey(pair, digest), parse, (current) =>
    current?.release === before?.release ? started : current,
  );
  return after!;
};

/** Remembers that a person has released an image: its push has not been missed, and still starts a release of its own. */
export const rememberWanted = async (
  pair: string,
  digest: string,
  release: string,
): Promise<void> => {
  await change(imageKey(pair, digest), parse, (before) => before ?? { release, targets: [] });
};

const Latest = z.strictObject({ digest: z.string(), at: z.string() });

const parseLatest = (body: unknown): LatestPush | undefined =>
  body === undefined ? undefined : Latest.parse(body);

/** The newest push of a repository that a release of the pair knows. */
export const latestPush = async (
  pair: string,
  repository: string,
): Promise<LatestPush | undefined> =>
  parseLatest((await read(latestPushKey(pair, repository)))?.body);

/** Remembers a push, unless a newer one is remembered; gives the newest. */
export const rememberPush = async (
  pair: string,
  repository: string,
  push: LatestPush,
): Promise<LatestPush> => {
  const { after } = await change(latestPushKey(pair, repository), parseLatest, (before) =>
    before && toMilliseconds(before.at) >= toMilliseconds(push.at) ? before : push,
  );
  return after!;
};
