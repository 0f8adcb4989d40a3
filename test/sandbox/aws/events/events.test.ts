import { afterEach, describe, expect, it } from 'vitest';
import { end, FUNCTION, open, push } from './bus-cloud.ts';

afterEach(end);

describe('PutEvents', () => {
  it('brings a matching event to the function in the envelope of AWS', async () => {
    const { put, pass, lambda, events } = await open();

    const { Entries, FailedEntryCount } = await put();
    await pass(1);

    expect(FailedEntryCount).toBe(0);
    expect(events()).toEqual([
      {
        version: '0',
        id: Entries[0].EventId,
        'detail-type': 'ECR Image Action',
        source: 'aws.ecr',
        account: '111122223333',
        time: '2026-01-05T09:00:00Z',
        region: 'us-east-1',
        resources: push.Resources,
        detail: { result: 'SUCCESS', 'repository-name': 'web' },
      },
    ]);
    expect(lambda.asked[0]?.input).toMatchObject({
      FunctionName: FUNCTION,
      InvocationType: 'Event',
    });
  });

  it('brings nothing that does not match, and nothing while the rule is disabled', async () => {
    const { put, pass, ask, events } = await open();

    await put({ ...push, Detail: '{"result":"FAILURE"}' });
    await ask('events', 'DisableRule', { Name: 'pushes' });
    await put();
    await pass(1);

    expect(events()).toEqual([]);
  });

  it('refuses aws sources of everybody but services, entry by entry', async () => {
    const { ask } = await open();

    const { FailedEntryCount, Entries } = await ask('events', 'PutEvents', {
      Entries: [push, { ...push, Source: 'my.app' }, { ...push, Source: 'my.app', Detail: '{' }],
    });

    expect(FailedEntryCount).toBe(2);
    expect(Entries.map(({ ErrorCode }: any) => ErrorCode)).toEqual([
      'NotAuthorizedForSourceException',
      undefined,
      'MalformedDetail',
    ]);
  });

  it.each([
    ['once', [0]],
    ['twice', [0, 'later']],
    ['late', ['later']],
    ['lost', []],
  ] as const)('delivers %s when the quirk says so', async (events, expected) => {
    const { put, pass, events: seen } = await open({ events });

    await put();
    await pass(0.5);
    const soon = seen().length;
    await pass(120);

    expect(seen()).toHaveLength(expected.length);
    expect(soon).toBe(expected.filter((arrival) => arrival === 0).length);
    expect(new Set(seen().map(({ id }) => id)).size).toBeLessThanOrEqual(1);
  });

  it('brings late events between 30 and 90 seconds after they happened', async () => {
    const { put, pass, events } = await open({ events: 'late' });

    await put();
    await pass(29);
    expect(events()).toHaveLength(0);
    await pass(62);
    expect(events()).toHaveLength(1);
  });

  it('loses only events of services, never those of the application', async () => {
    const { ask, pass, events } = await open({ events: 'lost' });
    await ask('events', 'PutRule', { Name: 'pushes', EventPattern: '{"source":["my.app"]}' });

    await ask('events', 'PutEvents', { Entries: [{ ...push, Source: 'my.app' }] });
    await pass(1);

    expect(events()).toHaveLength(1);
  });
});

describe('scheduled rules', () => {
  it('fire in service time until they are disabled', async () => {
    const { ask, pass, events } = await open();
    await ask('events', 'PutRule', { Name: 'tick', ScheduleExpression: 'rate(5 minutes)' });
    await ask('events', 'PutTargets', { Rule: 'tick', Targets: [{ Id: 'x', Arn: FUNCTION }] });

    await pass(11 * 60);
    await ask('events', 'DisableRule', { Name: 'tick' });
    await pass(60 * 60);

    expect(events().map(({ time }) => time)).toEqual([
      '2026-01-05T09:05:00Z',
      '2026-01-05T09:10:00Z',
    ]);
    expect(events()[0]).toMatchObject({
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      resources: ['arn:aws:events:us-east-1:111122223333:rule/tick'],
      detail: {},
    });
  });

  it('keep firing while events of services are lost', async () => {
    const { ask, pass, events } = await open({ events: 'lost' });
    await ask('events', 'PutRule', { Name: 'tick', ScheduleExpression: 'rate(1 minute)' });
    await ask('events', 'PutTargets', { Rule: 'tick', Targets: [{ Id: 'x', Arn: FUNCTION }] });

    await pass(61);

    expect(events()).toHaveLength(1);
  });
});
