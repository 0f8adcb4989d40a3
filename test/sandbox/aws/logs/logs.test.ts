import { afterEach, describe, expect, it } from 'vitest';
import { logsService } from '../../../../packages/sandbox/aws/logs/service.ts';
import { messagingCloud } from '../messaging.ts';

let end: () => Promise<void> = async () => undefined;
afterEach(() => end());

describe('log groups', () => {
  it('come from templates and are found by their prefix', async () => {
    const cloud = messagingCloud();
    end = cloud.close;
    const logs = cloud.register(logsService(cloud.cloud));

    const made = await logs.resources?.['AWS::Logs::LogGroup']?.create(
      { LogGroupName: '/aws/lambda/api', RetentionInDays: '7' },
      cloud.contextOf('Logs'),
    );
    const found = await cloud.ask('logs', 'DescribeLogGroups', { logGroupNamePrefix: '/aws/' });
    const others = await cloud.ask('logs', 'DescribeLogGroups', { logGroupNamePrefix: '/ecs/' });

    expect(made?.attributes?.Arn).toBe(
      'arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/api:*',
    );
    expect(found.logGroups).toMatchObject([
      { logGroupName: '/aws/lambda/api', retentionInDays: 7 },
    ]);
    expect(others.logGroups).toEqual([]);
    await expect(
      cloud.ask('logs', 'CreateLogGroup', { logGroupName: '/aws/lambda/api' }),
    ).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
  });
});
