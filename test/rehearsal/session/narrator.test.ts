import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { releaseKey } from '../../../core/keys.ts';
import { written } from '../../../core/record/ledger.ts';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import { type News, narrate } from '../../../rehearsal/session/narrator.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { atMinute, momentAfter, record } from '../../core/fixture.ts';

type Listener = Parameters<Sandbox['watch']>[0];

/** A sandbox as the narrator sees it, and what it tells. */
const told = () => {
  const news: News[] = [];
  let listen: Listener = () => undefined;
  const watch: Sandbox['watch'] = (listener) => {
    listen = listener;
    return () => undefined;
  };
  const clock = { now: () => atMinute(6) } as Sandbox['clock'];
  narrate({ watch, clock }, (one) => news.push(one));
  const call = (
    service: string,
    operation: string,
    input: object,
    outcome: object = { answer: {} },
  ) => listen({ service, operation, input } as Parameters<Listener>[0], outcome as never);
  const write = ({ pair, release, ...rest }: ReleaseRecord, outcome?: object) =>
    call(
      'dynamodb',
      'PutItem',
      {
        TableName: 'tandem',
        Item: marshall(
          { ...releaseKey(pair, release), version: 1, body: { pair, release, ...rest } },
          { removeUndefinedValues: true },
        ),
      },
      outcome,
    );
  return { news, call, write };
};

describe('the narrator', () => {
  const first = written(record(), momentAfter(1), 'asked');
  const second = written(first, momentAfter(2), 'prepared');

  it('tells every line of a ledger once, whoever writes the record again', () => {
    const { news, write } = told();

    for (const one of [first, first, second, second]) write(one);

    expect(news.map((one) => one.kind === 'line' && one.text)).toEqual(['asked', 'prepared']);
    expect(news[0]).toMatchObject({ release: 'storefront-1', at: momentAfter(1) });
  });

  it('tells nothing of a write that was refused', () => {
    const { news, write } = told();

    write(first, { error: new Error('the condition failed') });

    expect(news).toEqual([]);
  });

  it('tells who is asked for an approval, and nothing of other messages', () => {
    const { news, call } = told();
    const publish = (topic: string, message: object, structure?: 'json') =>
      call('sns', 'Publish', {
        TopicArn: `arn:aws:sns:::${topic}`,
        Message: JSON.stringify(message),
        MessageStructure: structure,
      });

    const request = JSON.stringify({
      kind: 'approval-requested',
      releaseId: 'storefront-1',
      expiresAt: momentAfter(65),
      answer: { link: 'a link' },
    });
    publish('tandem-approval-requests', { default: request, email: 'a letter' }, 'json');
    publish('tandem-notifications', { default: request, email: 'a letter' }, 'json');
    publish('tandem-notifications', { kind: 'release-ended', releaseId: 'storefront-1' });
    publish('tandem-approvals', { releaseId: 'storefront-1' });

    expect(news).toEqual([
      {
        kind: 'asked',
        release: 'storefront-1',
        at: momentAfter(6),
        expiresAt: momentAfter(65),
        link: 'a link',
      },
    ]);
  });
});
