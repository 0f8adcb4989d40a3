/** Lists of every service come in pages, by the names and with the errors of that service. */
import { afterEach, describe, expect, it } from 'vitest';
import { cloudwatchService } from '../../packages/sandbox/aws/cloudwatch/service.ts';
import { ecrService } from '../../packages/sandbox/aws/ecr/service.ts';
import { ecsService } from '../../packages/sandbox/aws/ecs/service.ts';
import { elasticloadbalancingService } from '../../packages/sandbox/aws/elasticloadbalancing/service.ts';
import { eventsService } from '../../packages/sandbox/aws/events/service.ts';
import { snsService } from '../../packages/sandbox/aws/sns/service.ts';
import { ssmService } from '../../packages/sandbox/aws/ssm/service.ts';
import { statesService } from '../../packages/sandbox/aws/states/service.ts';
import { type Paging, page } from '../../packages/sandbox/paging.ts';
import { messagingCloud } from './aws/messaging.ts';

let end: () => Promise<void> = async () => undefined;
afterEach(() => end());

/** Services with three of everything that is listed. */
const open = async () => {
  const local = messagingCloud();
  end = local.close;
  const { cloud, register, ask } = local;
  register(ecrService(cloud));
  register(ecsService(cloud, { imageFolder: () => undefined }));
  register(elasticloadbalancingService(cloud));
  register(eventsService(cloud));
  register(snsService(cloud));
  register(cloudwatchService(cloud));
  register(ssmService(cloud));
  register(statesService(cloud, () => Promise.reject(new Error('no actions'))));
  for (const name of ['a1', 'b2', 'c3']) {
    await ask('ecr', 'CreateRepository', { repositoryName: name });
    await ask('ecs', 'CreateCluster', { clusterName: name });
    await ask('elasticloadbalancing', 'CreateTargetGroup', { Name: name, TargetType: 'ip' });
    await ask('events', 'PutRule', { Name: name, EventPattern: '{"source":["mine"]}' });
    await ask('sns', 'CreateTopic', { Name: name });
    await ask('ssm', 'PutParameter', { Name: `/p/${name}`, Type: 'String', Value: 'v' });
    await ask('cloudwatch', 'PutMetricAlarm', {
      AlarmName: name,
      Namespace: 'N',
      MetricName: 'M',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
    });
    await ask('states', 'CreateStateMachine', {
      name,
      roleArn: 'arn:aws:iam::111122223333:role/r',
      definition: '{"QueryLanguage":"JSONata","StartAt":"S","States":{"S":{"Type":"Succeed"}}}',
    });
  }
  return local;
};

const lists = [
  [
    'ecr',
    'DescribeRepositories',
    {},
    'repositories',
    'maxResults',
    'nextToken',
    'nextToken',
    1_000,
    'InvalidParameterException',
  ],
  [
    'ecs',
    'ListClusters',
    {},
    'clusterArns',
    'maxResults',
    'nextToken',
    'nextToken',
    100,
    'InvalidParameterException',
  ],
  [
    'elasticloadbalancing',
    'DescribeTargetGroups',
    {},
    'TargetGroups',
    'PageSize',
    'Marker',
    'NextMarker',
    400,
    'ValidationError',
  ],
  [
    'events',
    'ListRules',
    {},
    'Rules',
    'Limit',
    'NextToken',
    'NextToken',
    100,
    'ValidationException',
  ],
  [
    'ssm',
    'GetParametersByPath',
    { Path: '/p' },
    'Parameters',
    'MaxResults',
    'NextToken',
    'NextToken',
    10,
    'ValidationException',
  ],
  [
    'cloudwatch',
    'DescribeAlarms',
    {},
    'MetricAlarms',
    'MaxRecords',
    'NextToken',
    'NextToken',
    100,
    'ValidationError',
  ],
  [
    'states',
    'ListStateMachines',
    {},
    'stateMachines',
    'maxResults',
    'nextToken',
    'nextToken',
    1_000,
    'ValidationException',
  ],
] as const;

describe.each(lists)(
  '%s.%s',
  (service, operation, input, items, size, token, next, most, refusal) => {
    it('gives page after page until there is no token', async () => {
      const { ask } = await open();

      const first = await ask(service, operation, { ...input, [size]: 2 });
      const rest = await ask(service, operation, { ...input, [size]: 2, [token]: first[next] });
      const all = await ask(service, operation, input);

      expect(first[items]).toHaveLength(2);
      expect(rest[next]).toBeUndefined();
      expect([...first[items], ...rest[items]]).toEqual(all[items]);
      expect(all[items]).toHaveLength(3);
    });

    it('refuses sizes out of range', async () => {
      const { ask } = await open();

      for (const wrong of [-1, 1.5, most + 1]) {
        await expect(ask(service, operation, { ...input, [size]: wrong })).rejects.toMatchObject({
          name: refusal,
          message: expect.stringContaining(`Value '${wrong}'`),
        });
      }
    });
  },
);

describe('a token that was never given', () => {
  it.each([
    ['ecr', 'DescribeRepositories', 'nextToken', 'InvalidParameterException'],
    ['ecs', 'ListServices', 'nextToken', 'InvalidParameterException'],
    ['elasticloadbalancing', 'DescribeTargetGroups', 'Marker', 'ValidationError'],
    ['events', 'ListEventBuses', 'NextToken', 'ValidationException'],
    ['sns', 'ListTopics', 'NextToken', 'InvalidParameterException'],
    ['sns', 'ListSubscriptions', 'NextToken', 'InvalidParameterException'],
    ['cloudwatch', 'DescribeAlarms', 'NextToken', 'InvalidNextToken'],
    ['cloudwatch', 'ListMetrics', 'NextToken', 'InvalidParameterValueException'],
    ['states', 'ListStateMachines', 'nextToken', 'InvalidToken'],
  ])('is refused by %s.%s', async (service, operation, member, name) => {
    const { ask } = await open();

    for (const token of ['zzz', '1', 'YWZ0ZXI6LTE=']) {
      const asked = ask(service, operation, { cluster: 'a1', [member]: token });
      await expect(asked).rejects.toMatchObject({ name });
    }
  });
});

describe('pages', () => {
  it('of repositories that are named do not exist', async () => {
    const { ask } = await open();

    await expect(
      ask('ecr', 'DescribeRepositories', { repositoryNames: ['a1'], maxResults: 1 }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('may be shorter than what may be asked for', () => {
    const paging: Paging = {
      size: 'MaxItems',
      token: 'Marker',
      usual: 5,
      most: 100,
      longest: 5,
      errors: { token: 'Invalid' },
    };

    expect(page(paging, [1, 2, 3, 4, 5, 6], { MaxItems: 100 }).items).toEqual([1, 2, 3, 4, 5]);
  });

  it('of metric data go on in the middle of a query', async () => {
    const { ask, clock } = await open();
    const start = clock.now();
    const at = (minutes: number) => new Date(start + minutes * 60_000);
    for (const minute of [0, 1, 2]) {
      for (const MetricName of ['A', 'B']) {
        await ask('cloudwatch', 'PutMetricData', {
          Namespace: 'N',
          MetricData: [{ MetricName, Value: minute, Timestamp: at(minute) }],
        });
      }
    }
    const query = (name: string) => ({
      Id: name.toLowerCase(),
      MetricStat: { Metric: { Namespace: 'N', MetricName: name }, Period: 60, Stat: 'Sum' },
    });
    const read = (more: object) =>
      ask('cloudwatch', 'GetMetricData', {
        MetricDataQueries: [query('A'), query('B')],
        StartTime: at(0),
        EndTime: at(3),
        ScanBy: 'TimestampAscending',
        MaxDatapoints: 4,
        ...more,
      });
    const told = ({ MetricDataResults }: any) =>
      MetricDataResults.map(({ Id, Values, StatusCode }: any) => [Id, Values, StatusCode]);

    const first = await read({});
    const rest = await read({ NextToken: first.NextToken });

    expect(told(first)).toEqual([
      ['a', [0, 1, 2], 'Complete'],
      ['b', [0], 'PartialData'],
    ]);
    expect(told(rest)).toEqual([['b', [1, 2], 'Complete']]);
    expect(rest.NextToken).toBeUndefined();
  });
});
