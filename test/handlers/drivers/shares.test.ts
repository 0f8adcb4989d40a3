import '../environment.ts';

import { CodeDeployClient, ListDeploymentsCommand } from '@aws-sdk/client-codedeploy';
import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import {
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetAliasCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { ecsDriver } from '../../../handlers/drivers/codedeploy-ecs/moving.ts';
import { lambdaDriver } from '../../../handlers/drivers/codedeploy-lambda/moving.ts';
import { ecsRecord, lambdaRecord, record, web } from '../../core/fixture.ts';

const [blue = '', green = ''] = web().targetGroups;
const elb = mockClient(ElasticLoadBalancingV2Client);
const ecs = mockClient(ECSClient);
const lambda = mockClient(LambdaClient);

/** What is read of the service while its listener forwards with these weights; a group without a revision has no tasks. */
const service = async (groups: readonly (readonly [string, number, string?])[]) => {
  elb.on(DescribeRulesCommand).resolves({
    Rules: [
      {
        IsDefault: true,
        Actions: [
          {
            Type: 'forward',
            ForwardConfig: {
              TargetGroups: groups.map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight })),
            },
          },
        ],
      },
    ],
  });
  ecs.on(DescribeServicesCommand).resolves({
    services: [
      {
        taskSets: groups.flatMap(([targetGroupArn, , taskDefinition]) =>
          taskDefinition ? [{ taskDefinition, loadBalancers: [{ targetGroupArn }] }] : [],
        ),
      },
    ],
  });
  return ecsDriver.observe(record(), ecsRecord());
};

/** What is read of the function while its alias sends this weight to version 2. */
const alias = (weight: number) => {
  lambda.on(GetAliasCommand).resolves({
    FunctionVersion: '1',
    RoutingConfig: { AdditionalVersionWeights: { 2: weight } },
  });
  return lambdaDriver.observe(record(), lambdaRecord());
};

const arn = (revision: string) => `arn:aws:ecs:us-east-1:1:task-definition/${revision}`;

beforeEach(() => {
  mockClient(CodeDeployClient).on(ListDeploymentsCommand).resolves({ deployments: [] });
});

describe('the shares of the revisions of a service', () => {
  it('are read from the weights of its target groups', async () => {
    const read = await service([
      [blue, 1, arn('web:1')],
      [green, 2, arn('web:2')],
    ]);

    expect(read.live).toBe('mixed');
    expect(read.share).toBeCloseTo(66.67);
    expect(read.shares?.['web:1']).toBeCloseTo(33.33);
    expect(read.shares?.['web:2']).toBeCloseTo(66.67);
  });

  it('name a group without tasks as nothing', async () => {
    const read = await service([
      [blue, 90, arn('web:1')],
      [green, 10],
    ]);

    expect(read).toMatchObject({ live: 'mixed', share: 0, shares: { 'web:1': 90, nothing: 10 } });
  });

  it.each([
    [
      'web:1',
      [
        [blue, 100, arn('web:1')],
        [green, 0, arn('web:2')],
      ],
    ],
    [
      'web:2',
      [
        [blue, 60, arn('web:2')],
        [green, 40, arn('web:2')],
      ],
    ],
    [
      'nothing',
      [
        [blue, 100],
        [green, 0, arn('web:2')],
      ],
    ],
  ] as const)('are not read where all traffic is on %s', async (live, groups) => {
    const read = await service(groups);

    expect(read.live).toBe(live);
    expect(read).not.toHaveProperty('shares');
  });
});

describe('the shares of the versions of a function', () => {
  it('are read from the weights of its alias', async () => {
    expect(await alias(0.1)).toMatchObject({ live: 'mixed', share: 10, shares: { 1: 90, 2: 10 } });
  });

  it('are not read where all traffic is on one version', async () => {
    const read = await alias(0);

    expect(read.live).toBe('1');
    expect(read).not.toHaveProperty('shares');
  });
});
