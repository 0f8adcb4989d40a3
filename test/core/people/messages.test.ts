import { describe, expect, it } from 'vitest';
import { card, endLetter } from '../../../core/people/messages.ts';
import { refusalOf, summaryOf } from '../../../core/people/summary.ts';
import { reason } from '../../../core/release/reason.ts';
import { ecsRecord, lambdaRecord, momentAfter, record } from '../fixture.ts';

const back = record({
  phase: 'Ended',
  end: 'RolledBack',
  reasons: [reason('alarm-red', 'Alarm tandem-storefront-web-green-errors is red')],
  times: {
    started: momentAfter(0),
    ended: momentAfter(12.5),
    firstBadSign: momentAfter(10),
    allBack: momentAfter(11.25),
  },
});

describe('the letter of an end', () => {
  it('says what happened, why, where users are, and how long it took', () => {
    const { subject, text } = endLetter(summaryOf(back));

    expect(subject).toBe('storefront: RolledBack (storefront-1)');
    expect(text).toContain('Alarm tandem-storefront-web-green-errors is red (alarm-red)');
    expect(text).toMatch(/^web: \S+ -> \S+, users are on \S+$/m);
    expect(text).toContain('\nIt took 12:30 minutes.\n');
    expect(text).toContain(
      '\nFrom the first bad sign until all traffic was on the old version: 1:15 minutes.\n',
    );
    expect(text).toContain('npx tandem get storefront-1');
    expect(text).not.toContain('undefined');
  });

  it('names versions, the commit and its authors where they are known', () => {
    const from = { name: 'web:1', ref: 'arn:web:1', version: '1.0.0' };
    const to = { name: 'web:2', ref: 'arn:web:2', version: '2.0.0' };
    const { text } = endLetter(
      summaryOf({
        ...back,
        authors: ['grace'],
        change: { commit: '4f2a9c1d00c0ffee4f2a9c1d00c0ffee4f2a9c1d' },
        targets: {
          web: ecsRecord({ from, to, lane: { live: 'web:1', share: 0, status: '' } }),
          api: lambdaRecord({ lane: { live: '1', share: 0, status: '' } }),
        },
      }),
    );

    expect(text).toContain('\nweb: 1.0.0 (web:1) -> 2.0.0 (web:2), users are on 1.0.0 (web:1)\n');
    expect(text).toContain('\napi: version 1 -> version 2, users are on version 1\n');
    expect(text).toContain('\nada requested it (commit 4f2a9c1, written by grace).\n');
  });

  it('of a release that was refused at once names no targets and no time', () => {
    const refused = refusalOf(
      { pair: 'shop', targets: {}, requestedBy: 'ada' } as never,
      'shop-1',
      [reason('unknown-pair', 'No pair shop is registered')],
    );

    const { text } = endLetter(refused);

    expect(text).toContain('No pair shop is registered (unknown-pair)');
    expect(text).not.toMatch(/took|users are on|undefined/);
  });
});

describe('the card of a message', () => {
  it('is a custom notification, one thread for each release', () => {
    const letter = endLetter(summaryOf(back));

    expect(card('release-ended', letter)).toEqual({
      version: '1.0',
      source: 'custom',
      content: {
        textType: 'client-markdown',
        title: 'storefront: RolledBack (storefront-1)',
        description: letter.text,
      },
      metadata: {
        threadId: 'storefront-1',
        summary: 'storefront: RolledBack (storefront-1)',
        eventType: 'release-ended',
        additionalContext: { pair: 'storefront', release: 'storefront-1' },
      },
    });
  });

  it('is cut where a chat would refuse it', () => {
    const long = { releaseId: 'a', pair: 'b', subject: 'c', text: 'x'.repeat(9000) };

    expect(card('release-ended', long).content.description).toHaveLength(8000);
    const commands = { ...long, text: `stuck\n${'aws a\n'.repeat(2000)}` };
    const { description } = card('release-ended', commands).content;
    expect(description.length).toBeLessThanOrEqual(8000);
    expect(description).toMatch(/^stuck\n(aws a\n)+… the rest: npx tandem get a$/);
  });
});
