/** What the unmodified JavaScript SDK makes of a sandbox with the storefront, service by service. */
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ecr from '@aws-sdk/client-ecr';
import * as ecs from '@aws-sdk/client-ecs';
import * as elb from '@aws-sdk/client-elastic-load-balancing-v2';
import * as eventbridge from '@aws-sdk/client-eventbridge';
import * as lambda from '@aws-sdk/client-lambda';
import * as sns from '@aws-sdk/client-sns';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Served } from '../../../rehearsal/session/serve.ts';
import { withArtefact, zipOf } from '../../../rehearsal/stage/artefacts.ts';
import { ACCOUNT, arn, leadHere, opened } from './opened.ts';

let served: Served;

beforeAll(async () => {
  served = await opened();
  leadHere(served.url);
});

afterAll(() => served.close());

const text = (bytes: Uint8Array | undefined) => JSON.parse(new TextDecoder().decode(bytes));

describe('ECS and the load balancer', () => {
  const containers = new ecs.ECSClient({});
  const balancer = new elb.ElasticLoadBalancingV2Client({});

  it('shows cluster, service, task set and task definition', async () => {
    const { clusterArns } = await containers.send(new ecs.ListClustersCommand({}));
    const cluster = clusterArns![0]!;
    const { clusters } = await containers.send(
      new ecs.DescribeClustersCommand({ clusters: [cluster] }),
    );
    const { serviceArns } = await containers.send(new ecs.ListServicesCommand({ cluster }));
    const { services } = await containers.send(
      new ecs.DescribeServicesCommand({ cluster, services: serviceArns! }),
    );
    const { taskSets } = await containers.send(
      new ecs.DescribeTaskSetsCommand({ cluster, service: serviceArns![0] }),
    );
    const { taskDefinition } = await containers.send(
      new ecs.DescribeTaskDefinitionCommand({ taskDefinition: services![0]!.taskDefinition }),
    );

    expect(clusters).toMatchObject([{ status: 'ACTIVE', activeServicesCount: 1 }]);
    expect(services?.[0]?.deploymentController?.type).toBe('CODE_DEPLOY');
    expect(taskSets).toMatchObject([{ status: 'PRIMARY', stabilityStatus: 'STEADY_STATE' }]);
    expect(taskDefinition?.containerDefinitions?.[0]?.image).toContain('/storefront-web');
  });

  it('shows the way of a request from the listener to healthy targets', async () => {
    const { LoadBalancers } = await balancer.send(new elb.DescribeLoadBalancersCommand({}));
    const { LoadBalancerArn, DNSName } = LoadBalancers![0]!;
    const { Listeners } = await balancer.send(
      new elb.DescribeListenersCommand({ LoadBalancerArn }),
    );
    const { TargetGroups } = await balancer.send(new elb.DescribeTargetGroupsCommand({}));
    const health = await Promise.all(
      TargetGroups!.map(({ TargetGroupArn }) =>
        balancer.send(new elb.DescribeTargetHealthCommand({ TargetGroupArn })),
      ),
    );
    const states = health.flatMap(({ TargetHealthDescriptions }) =>
      TargetHealthDescriptions!.map(({ TargetHealth }) => TargetHealth?.State),
    );
    const answer = await fetch(`http://${DNSName}:${Listeners![0]!.Port}/health`);

    expect(Listeners).toHaveLength(2);
    expect(TargetGroups?.map(({ TargetGroupName }) => TargetGroupName)).toEqual([
      'storefront-web-blue',
      'storefront-web-green',
    ]);
    expect(states).toEqual(['healthy', 'healthy']);
    expect(await answer.json()).toMatchObject({ version: '1.0.0' });
  });

  it("refuses by AWS's names, in the query protocol too", async () => {
    await expect(containers.send(new ecs.ListServicesCommand({ cluster: 'none' }))).rejects.toThrow(
      ecs.ClusterNotFoundException,
    );
    await expect(
      balancer.send(new elb.DescribeTargetGroupsCommand({ Names: ['none'] })),
    ).rejects.toThrow(elb.TargetGroupNotFoundException);
    await expect(balancer.send(new elb.DescribeSSLPoliciesCommand({}))).rejects.toMatchObject({
      name: 'InvalidAction',
      message: 'elasticloadbalancing.DescribeSSLPolicies is not part of this sandbox',
    });
  });
});

describe('Lambda', () => {
  const functions = new lambda.LambdaClient({});
  const FunctionName = 'storefront-api';

  it('takes new code, a tag, a version and an alias, and runs what each names', async () => {
    const before = await functions.send(new lambda.GetFunctionCommand({ FunctionName }));
    await functions.send(
      new lambda.UpdateFunctionCodeCommand({
        FunctionName,
        ZipFile: await withArtefact('api-function', '2.0.0', zipOf),
      }),
    );
    await lambda.waitUntilFunctionUpdatedV2(
      { client: functions, maxWaitTime: 30, minDelay: 1, maxDelay: 1 },
      { FunctionName },
    );
    const Resource = before.Configuration!.FunctionArn!;
    await functions.send(
      new lambda.TagResourceCommand({ Resource, Tags: { 'tandem:version': '2.0.0' } }),
    );
    const { Version, CodeSha256 } = await functions.send(
      new lambda.PublishVersionCommand({ FunctionName }),
    );
    await lambda.waitUntilPublishedVersionActive(
      { client: functions, maxWaitTime: 30, minDelay: 1, maxDelay: 1 },
      { FunctionName, Qualifier: Version! },
    );
    await functions.send(
      new lambda.CreateAliasCommand({ FunctionName, Name: 'next', FunctionVersion: Version! }),
    );
    const invoke = async (Qualifier: string) => {
      const answer = await functions.send(
        new lambda.InvokeCommand({
          FunctionName,
          Qualifier,
          Payload: JSON.stringify({ path: '/health' }),
        }),
      );
      const { body } = text(answer.Payload);
      return { executed: answer.ExecutedVersion, version: JSON.parse(body).version };
    };

    expect(CodeSha256).not.toBe(before.Configuration!.CodeSha256);
    expect(await invoke('live')).toEqual({ executed: '1', version: '1.0.0' });
    expect(await invoke('next')).toEqual({ executed: '2', version: '2.0.0' });
    const { Tags } = await functions.send(new lambda.ListTagsCommand({ Resource }));
    const { Aliases } = await functions.send(new lambda.ListAliasesCommand({ FunctionName }));
    const { Versions } = await functions.send(
      new lambda.ListVersionsByFunctionCommand({ FunctionName }),
    );
    expect(Tags).toEqual({ 'tandem:version': '2.0.0' });
    expect(Aliases?.map(({ Name }) => Name)).toEqual(['live', 'next']);
    expect(Versions?.map((one) => one.Version)).toEqual(['$LATEST', '1', '2']);
  });

  it("refuses by AWS's names", async () => {
    await expect(
      functions.send(new lambda.InvokeCommand({ FunctionName: 'none' })),
    ).rejects.toThrow(lambda.ResourceNotFoundException);
    await expect(functions.send(new lambda.ListLayersCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'lambda.ListLayers is not part of this sandbox',
    });
  });
});

describe('CloudWatch', () => {
  const metrics = new cloudwatch.CloudWatchClient({});

  it('takes metric data and gives them back', async () => {
    const Timestamp = new Date(served.stage.sandbox.clock.now() - 120_000);
    await metrics.send(
      new cloudwatch.PutMetricDataCommand({
        Namespace: 'Mine',
        MetricData: [{ MetricName: 'Orders', Value: 42, Timestamp }],
      }),
    );
    const { Datapoints } = await metrics.send(
      new cloudwatch.GetMetricStatisticsCommand({
        Namespace: 'Mine',
        MetricName: 'Orders',
        StartTime: new Date(Timestamp.getTime() - 3_600_000),
        EndTime: new Date(Timestamp.getTime() + 3_600_000),
        Period: 3600,
        Statistics: ['Sum'],
      }),
    );

    expect(Datapoints?.map(({ Sum }) => Sum)).toEqual([42]);
  });

  it('sets the state of an alarm', async () => {
    const AlarmName = 'tandem-storefront-web-green-errors';
    await metrics.send(
      new cloudwatch.SetAlarmStateCommand({
        AlarmName,
        StateValue: 'ALARM',
        StateReason: 'by hand',
      }),
    );
    const { AlarmHistoryItems } = await metrics.send(
      new cloudwatch.DescribeAlarmHistoryCommand({ AlarmName, HistoryItemType: 'StateUpdate' }),
    );
    const { MetricAlarms } = await metrics.send(
      new cloudwatch.DescribeAlarmsCommand({ AlarmNamePrefix: 'tandem-storefront-' }),
    );

    expect(AlarmHistoryItems?.map(({ HistorySummary }) => HistorySummary)).toContainEqual(
      expect.stringContaining('to ALARM'),
    );
    expect(MetricAlarms?.map((alarm) => alarm.AlarmName)).toContain(AlarmName);
    await expect(
      metrics.send(
        new cloudwatch.SetAlarmStateCommand({
          AlarmName: 'none',
          StateValue: 'OK',
          StateReason: 'none',
        }),
      ),
    ).rejects.toThrow(cloudwatch.ResourceNotFound);
  });
});

describe('topics and rules', () => {
  const topics = new sns.SNSClient({});
  const events = new eventbridge.EventBridgeClient({});

  it('lists topics and takes messages', async () => {
    const { Topics } = await topics.send(new sns.ListTopicsCommand({}));
    const TopicArn = arn('sns', 'tandem-approvals');
    const { MessageId } = await topics.send(new sns.PublishCommand({ TopicArn, Message: 'hello' }));

    expect(Topics?.map((topic) => topic.TopicArn)).toContain(TopicArn);
    expect(MessageId).toMatch(/^[0-9a-f-]{36}$/);
    await expect(
      topics.send(new sns.PublishCommand({ TopicArn: arn('sns', 'none'), Message: 'hello' })),
    ).rejects.toThrow(sns.NotFoundException);
    await expect(topics.send(new sns.ListPlatformApplicationsCommand({}))).rejects.toMatchObject({
      name: 'InvalidAction',
      message: 'sns.ListPlatformApplications is not part of this sandbox',
    });
  });

  it('lists rules and their targets', async () => {
    const { Rules } = await events.send(new eventbridge.ListRulesCommand({}));
    const rule = Rules!.find(({ Name }) => Name === 'tandem-on-image-push')!;
    const { Targets } = await events.send(
      new eventbridge.ListTargetsByRuleCommand({ Rule: rule.Name }),
    );

    expect(JSON.parse(rule.EventPattern!).source).toEqual(['aws.ecr']);
    expect(Targets?.[0]?.DeadLetterConfig?.Arn).toContain(':sqs:');
  });
});

describe('the registry', () => {
  const registry = new ecr.ECRClient({});
  const repositoryName = 'storefront-web';

  it('lists repositories and images, and takes a manifest under another tag', async () => {
    const { repositories } = await registry.send(new ecr.DescribeRepositoriesCommand({}));
    const { images } = await registry.send(
      new ecr.BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag: '1.0.0' }] }),
    );
    const { imageManifest } = images![0]!;
    await registry.send(
      new ecr.PutImageCommand({ repositoryName, imageManifest, imageTag: '1.0.0-again' }),
    );
    const { imageDetails } = await registry.send(new ecr.DescribeImagesCommand({ repositoryName }));

    expect(repositories).toMatchObject([
      { repositoryName, registryId: ACCOUNT, imageTagMutability: 'IMMUTABLE' },
    ]);
    expect(imageDetails?.flatMap(({ imageTags }) => imageTags)).toEqual(['1.0.0', '1.0.0-again']);
    await expect(
      registry.send(new ecr.ListImagesCommand({ repositoryName: 'none' })),
    ).rejects.toThrow(ecr.RepositoryNotFoundException);
  });
});

describe('parameters, the table and the caller', () => {
  it('reads the registration of the pair', async () => {
    const { Parameters } = await new ssm.SSMClient({}).send(
      new ssm.GetParametersByPathCommand({ Path: '/tandem/storefront/', Recursive: true }),
    );

    expect(Parameters?.map(({ Name }) => Name)).toEqual([
      '/tandem/storefront/pair',
      '/tandem/storefront/targets/api',
      '/tandem/storefront/targets/web',
    ]);
  });

  it('reads the table', async () => {
    const table = new dynamodb.DynamoDBClient({});
    const { Table } = await table.send(new dynamodb.DescribeTableCommand({ TableName: 'tandem' }));
    const { Item } = await table.send(
      new dynamodb.GetItemCommand({
        TableName: 'tandem',
        Key: { pk: { S: 'storefront' }, sk: { S: 'release#none' } },
      }),
    );

    expect(Table).toMatchObject({ TableStatus: 'ACTIVE' });
    expect(Item).toBeUndefined();
    await expect(table.send(new dynamodb.ScanCommand({ TableName: 'none' }))).rejects.toThrow(
      dynamodb.ResourceNotFoundException,
    );
  });

  it('says who the caller is', async () => {
    const { Account, Arn } = await new sts.STSClient({}).send(new sts.GetCallerIdentityCommand({}));

    expect({ Account, Arn }).toEqual({ Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:root` });
  });
});
