import { marshall } from '@aws-sdk/util-dynamodb';
import type { Sandbox } from 'tandem-sandbox';
import { describe, expect, it } from 'vitest';
import { appended, type Line } from '../../../core/facts/append.ts';
import type { Happened } from '../../../core/facts/kinds.ts';
import { factKey, releaseKey } from '../../../core/keys.ts';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import { type News, narrate } from '../../../rehearsal/session/narrator.ts';
import { happening } from '../../core/facts/happening.ts';
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
          {
            ...releaseKey(pair, release),
            version: 1,
            body: { pair, release, ...rest, ledger: [] },
          },
          { removeUndefinedValues: true },
        ),
      },
      outcome,
    );
  const keep = (lines: readonly Line[]) => {
    for (const { n, hash, line } of lines) {
      const key = factKey('storefront', 'storefront-1', n, hash);
      call('dynamodb', 'PutItem', { TableName: 'tandem', Item: marshall({ ...key, fact: line }) });
    }
  };
  return { news, call, write, keep };
};

const busy = (target: string): Happened => ({ kind: 'busy', data: { target } });

describe('the narrator', () => {
  const first = appended(undefined, record(), happening(busy('web'), 1));
  const second = appended(first.record, first.record, happening(busy('api'), 2));
  /** Of somebody who lost the race for the record. */
  const orphan = appended(first.record, first.record, happening(busy('mail'), 2));

  it('tells every line of a ledger once, whoever writes the record again', () => {
    const { news, write, keep } = told();

    keep(first.lines);
    write(first.record);
    write(first.record);
    keep(orphan.lines);
    keep(second.lines);
    write(second.record);
    write(second.record);

    expect(news.map((one) => one.kind === 'line' && one.text)).toEqual([
      'web: its deployment group is busy',
      'api: its deployment group is busy',
    ]);
    expect(news[0]).toMatchObject({ release: 'storefront-1', at: momentAfter(1) });
  });

  it('tells nothing of a write that was refused', () => {
    const { news, write, keep } = told();

    keep(first.lines);
    write(first.record, { error: new Error('the condition failed') });

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
