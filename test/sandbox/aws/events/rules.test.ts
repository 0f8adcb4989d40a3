import { afterEach, describe, expect, it } from 'vitest';
import { eventsService } from '../../../../packages/sandbox/aws/events/service.ts';
import { end, FUNCTION, open, pattern, push } from './bus-cloud.ts';

afterEach(end);

describe('rules', () => {
  it('are described as they were put, and not deleted while they have targets', async () => {
    const { ask } = await open();

    expect(await ask('events', 'DescribeRule', { Name: 'pushes' })).toMatchObject({
      Name: 'pushes',
      Arn: 'arn:aws:events:us-east-1:111122223333:rule/pushes',
      EventPattern: pattern,
      State: 'ENABLED',
      EventBusName: 'default',
    });
    await expect(ask('events', 'DeleteRule', { Name: 'pushes' })).rejects.toThrow('has targets');
    await ask('events', 'RemoveTargets', { Rule: 'pushes', Ids: ['watch'] });
    await ask('events', 'DeleteRule', { Name: 'pushes' });
    await expect(ask('events', 'DescribeRule', { Name: 'pushes' })).rejects.toThrow(
      'does not exist',
    );
  });

  it('are refused with a pattern that is none', async () => {
    const { ask } = await open();

    await expect(
      ask('events', 'PutRule', { Name: 'x', EventPattern: '{"source":"aws.ecr"}' }),
    ).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
  });

  it('listen to their own bus only', async () => {
    const { ask, pass, events } = await open();
    const entry = { ...push, Source: 'my.app' };
    await ask('events', 'CreateEventBus', { Name: 'orders' });
    await ask('events', 'PutRule', {
      Name: 'mine',
      EventBusName: 'orders',
      EventPattern: '{"source":["my.app"]}',
    });
    await ask('events', 'PutTargets', {
      Rule: 'mine',
      EventBusName: 'orders',
      Targets: [{ Id: 'x', Arn: FUNCTION }],
    });

    await ask('events', 'PutEvents', { Entries: [entry, { ...entry, EventBusName: 'orders' }] });
    await pass(1);

    expect(events()).toHaveLength(1);
  });

  it('can be tried out', async () => {
    const { ask } = await open();
    const Event = JSON.stringify({
      id: '1',
      account: '1',
      source: 'aws.ecr',
      time: '2026-01-05T09:00:00Z',
      region: 'us-east-1',
      resources: [],
      'detail-type': 'x',
      detail: { result: 'SUCCESS' },
    });

    expect(await ask('events', 'TestEventPattern', { EventPattern: pattern, Event })).toEqual({
      Result: true,
    });
    await expect(
      ask('events', 'TestEventPattern', { EventPattern: pattern, Event: '{}' }),
    ).rejects.toThrow('detail-type');
  });

  it('come from a template with all their targets', async () => {
    const { cloud, contextOf, put, pass, events, ask } = await open();
    const provider = eventsService(cloud).resources?.['AWS::Events::Rule'];

    const created = await provider?.create(
      {
        EventPattern: { source: ['aws.ecr'] },
        State: 'ENABLED',
        Targets: [{ Id: 'T', Arn: FUNCTION, RetryPolicy: { MaximumRetryAttempts: '3' } }],
      },
      contextOf('Pushes'),
    );
    await put();
    await pass(1);

    expect(created?.ref).toBe('test-Pushes-ABCDEFGHIJKL');
    expect(events()).toHaveLength(2);
    const { Targets } = await ask('events', 'ListTargetsByRule', { Rule: created?.ref });
    expect(Targets[0].RetryPolicy).toEqual({ MaximumRetryAttempts: 3 });
  });
});
