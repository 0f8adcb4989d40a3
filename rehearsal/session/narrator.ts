/** Tells what the releases of a sandbox do, as their records are written and their messages sent. */
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Sandbox } from 'tandem-sandbox';
import { type Follower, follower, type Link } from '../../core/facts/chain.ts';
import { ledgerOf } from '../../core/facts/ledger.ts';
import { RELEASES } from '../../core/keys.ts';
import { APPROVAL_REQUESTS_TOPIC } from '../../core/names.ts';
import { readRecord } from '../../core/record/read-record.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { toMoment } from '../../core/text/time.ts';

/** Something that people may want to know the moment it happens. */
export type News =
  | { readonly kind: 'line'; readonly release: string; readonly at: string; readonly text: string }
  | {
      readonly kind: 'asked';
      readonly release: string;
      readonly at: string;
      readonly expiresAt: string;
      readonly link: string;
    };

/** The record that a call has written; undefined when it has written none. */
const recordIn = (operation: string, input: any): ReleaseRecord | undefined => {
  if (operation !== 'PutItem' || !input.Item?.sk?.S?.startsWith(RELEASES)) return undefined;
  try {
    return readRecord(unmarshall(input.Item).body);
  } catch {
    return undefined;
  }
};

/** The request for approval that a call has sent; undefined when it has sent none. */
const askedIn = (operation: string, input: any) => {
  if (operation !== 'Publish' || !input.TopicArn?.endsWith(`:${APPROVAL_REQUESTS_TOPIC}`))
    return undefined;
  const message = JSON.parse(input.Message);
  const body = input.MessageStructure === 'json' ? JSON.parse(message.default) : message;
  if (body.kind !== 'approval-requested') return undefined;
  const { releaseId: release, expiresAt, answer } = body;
  return { kind: 'asked' as const, release, expiresAt, link: answer.link };
};

/** The fact that a call has written, and of which release; undefined when it has written none. */
const factIn = (operation: string, input: any) => {
  const line: string | undefined = operation === 'PutItem' ? input.Item?.fact?.S : undefined;
  if (line === undefined) return undefined;
  const [, release = '', place] = input.Item.sk.S.split('#');
  return { release, place: Number(place), line };
};

/** New facts; none where the table holds others than were written here, as after it was restored. */
const newOf = (take: () => readonly Link[]): readonly Link[] => {
  try {
    return take();
  } catch {
    return [];
  }
};

/** Tells every line of every ledger once, and every request for approval as often as it is made. */
export const narrate = (
  { watch, clock }: Pick<Sandbox, 'watch' | 'clock'>,
  tell: (news: News) => void,
): void => {
  const followed = new Map<string, Pick<Follower, 'take'>>();
  /** Facts of each release since its record was written last: a fact is written before the record that stands on it. */
  const written = new Map<string, { readonly place: number; readonly line: string }[]>();
  watch(({ service, operation, input }, outcome) => {
    if ('error' in outcome) return;
    const asked = service === 'sns' ? askedIn(operation, input) : undefined;
    if (asked) tell({ ...asked, at: toMoment(clock.now()) });
    if (service !== 'dynamodb') return;
    const fact = factIn(operation, input);
    if (fact) written.set(fact.release, [...(written.get(fact.release) ?? []), fact]);
    const record = recordIn(operation, input);
    if (!record) return;
    const { release, facts } = record;
    const { take } = followed.get(release) ?? follower();
    followed.set(release, { take });
    const known = written.get(release) ?? [];
    const lines = known.map(({ line }) => line);
    for (const { at, what } of ledgerOf(newOf(() => take(facts, lines))))
      tell({ kind: 'line', release, at, text: what });
    // The next fact may be there already: whoever writes it does not wait until this was told.
    written.set(
      release,
      known.filter(({ place }) => place > (facts?.count ?? 0)),
    );
  });
};
