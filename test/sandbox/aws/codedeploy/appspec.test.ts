import { describe, expect, it } from 'vitest';
import { parseAppSpec } from '../../../../packages/sandbox/aws/codedeploy/appspec.ts';
import { curveOf } from '../../../../packages/sandbox/aws/codedeploy/curve.ts';
import { ecsSpec, lambdaSpec } from './account.ts';

describe('an AppSpec', () => {
  it('may be YAML', () => {
    const yaml = `
# a service
version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: "arn:aws:ecs:us-east-1:111122223333:task-definition/web:2"
        LoadBalancerInfo:
          ContainerName: 'web'   # the application
          ContainerPort: 80
        NetworkConfiguration:
          AwsvpcConfiguration:
            Subnets: ["subnet-1", "subnet-2"]
            SecurityGroups:
            - sg-1
            AssignPublicIp: ENABLED
        CapacityProviderStrategy:
          - Base: 1
            CapacityProvider: FARGATE
            Weight: 1
Hooks:
  - BeforeInstall: "first"
  - AfterAllowTraffic: arn:aws:lambda:us-east-1:111122223333:function:last
`;

    expect(parseAppSpec('ECS', yaml)).toEqual({
      kind: 'ECS',
      taskDefinition: 'arn:aws:ecs:us-east-1:111122223333:task-definition/web:2',
      containerName: 'web',
      containerPort: 80,
      platformVersion: undefined,
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: ['subnet-1', 'subnet-2'],
          securityGroups: ['sg-1'],
          assignPublicIp: 'ENABLED',
        },
      },
      capacityProviderStrategy: [{ base: 1, capacityProvider: 'FARGATE', weight: 1 }],
      hooks: {
        BeforeInstall: 'first',
        AfterAllowTraffic: 'arn:aws:lambda:us-east-1:111122223333:function:last',
      },
    });
  });

  it('may write its keys in any case, its version as a number and its hooks as a map', () => {
    const spec = {
      version: 0.0,
      resources: [
        {
          api: {
            type: 'AWS::Lambda::Function',
            properties: { name: 'api', alias: 'live', currentversion: 6, targetversion: '7' },
          },
        },
      ],
      hooks: { beforeAllowTraffic: 'gate' },
    };

    expect(parseAppSpec('Lambda', JSON.stringify(spec))).toMatchObject({
      currentVersion: '6',
      targetVersion: '7',
      hooks: { BeforeAllowTraffic: 'gate' },
    });
  });

  it('names every hook once', () => {
    const spec = { ...ecsSpec(2), Hooks: [{ BeforeInstall: 'a' }, { BeforeInstall: 'b' }] };

    expect(() => parseAppSpec('ECS', JSON.stringify(spec))).toThrow('specified twice');
  });

  it('describes one resource', () => {
    const { version, Resources } = lambdaSpec('1', '2');
    const two = { version, Resources: [...Resources, { other: {} }] };

    expect(() => parseAppSpec('Lambda', JSON.stringify(two))).toThrow('exactly one resource');
  });

  it.each(['version: 0.0\nResources\n', 'version: 0.0\n  odd: 1\nResources: []', '"', ''])(
    'that cannot be read is refused: %j',
    (content) => {
      expect(() => parseAppSpec('ECS', content)).toThrow(
        expect.objectContaining({ name: 'InvalidRevisionException' }),
      );
    },
  );
});

describe('a curve', () => {
  it('of ten percent a minute has its first step at once and its tenth after nine minutes', () => {
    const steps = curveOf({
      type: 'TimeBasedLinear',
      timeBasedLinear: { linearPercentage: 10, linearInterval: 1 },
    });

    expect(steps.map(({ percent }) => percent)).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    expect(steps.reduce((sum, { waitMinutes }) => sum + waitMinutes, 0)).toBe(9);
  });
});
