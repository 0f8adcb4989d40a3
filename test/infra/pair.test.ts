import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Alarm, type IAlarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  Alias,
  Code,
  type IVersion,
  Function as LambdaFunction,
  Runtime,
  Version,
} from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { PairSettings } from '../../core/drivers/registration.ts';
import { Target } from '../../core/drivers/target.ts';
import { ReleasePair, type ReleasePairProps } from '../../infra/pair/release-pair.ts';
import { synthesize } from './synthesized.ts';

const storefront = synthesize()['tandem-storefront'];

const propertiesOf = (template: Template, type: string): any[] =>
  Object.values(template.findResources(type)).map(({ Properties }) => Properties);

/** A template's text with every reference replaced by its logical id. */
const text = (value: any): string =>
  typeof value === 'string'
    ? value
    : (value.Ref ?? value['Fn::GetAtt']?.join('.') ?? value['Fn::Join'][1].map(text).join(''));

const registrations = (template: Template): Record<string, unknown> =>
  Object.fromEntries(
    propertiesOf(template, 'AWS::SSM::Parameter').map(({ Name, Value }) => [
      Name,
      JSON.parse(text(Value)),
    ]),
  );

const lambdaPair = (props: Partial<ReleasePairProps> = {}, half: object = {}) => {
  const stack = new Stack(new App(), 'stack');
  const api = new LambdaFunction(stack, 'Api', {
    runtime: Runtime.NODEJS_24_X,
    code: Code.fromInline('export const handler = async () => ({});'),
    handler: 'index.handler',
  });
  const version = new Version(stack, 'First', { lambda: api }) as IVersion;
  const alias = new Alias(stack, 'Live', { aliasName: 'live', version });
  const pair = new ReleasePair(stack, 'Pair', {
    pair: 'shop',
    lambda: { name: 'api', function: api, alias, ...half },
    ...props,
  });
  return { pair, template: () => Template.fromStack(stack) };
};

describe('alarms of the team', () => {
  const metric = new Metric({ namespace: 'Shop', metricName: 'FatalLines' });
  const metricAlarms = (scope: Stack, count: number) =>
    Array.from(
      { length: count },
      (_, index) => new Alarm(scope, `Own${index}`, { metric, threshold: 0, evaluationPeriods: 1 }),
    );
  const pairWith = (alarms: (scope: Stack) => readonly IAlarm[]) => {
    const scope = new Stack(new App(), 'stack', {
      env: { account: '111122223333', region: 'eu-west-1' },
    });
    const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:shop-api';
    const api = LambdaFunction.fromFunctionArn(scope, 'Api', arn);
    const version = Version.fromVersionArn(scope, 'Version', `${arn}:1`);
    const alias = { aliasName: 'live', version, node: scope.node };
    new ReleasePair(scope, 'Pair', {
      pair: 'shop',
      lambda: { name: 'api', function: api, alias, alarms: alarms(scope) },
    });
    return Template.fromStack(scope);
  };

  it('are registered and in the pair alarm; CodeDeploy watches those that are metric alarms for sure', () => {
    const template = pairWith((scope) => [
      ...metricAlarms(scope, 1),
      Alarm.fromAlarmName(scope, 'Imported', 'shop-orders'),
    ]);
    const registered = registrations(template)['/tandem/shop/targets/api'] as any;
    expect(registered.ownAlarms).toEqual([expect.stringMatching(/^Own0/), 'shop-orders']);
    const [group] = propertiesOf(template, 'AWS::CodeDeploy::DeploymentGroup');
    const watched = group.AlarmConfiguration.Alarms.map(({ Name }: any) => text(Name));
    expect(watched).toHaveLength(6);
    expect(watched).not.toContain('shop-orders');
    const [{ AlarmRule }] = propertiesOf(template, 'AWS::CloudWatch::CompositeAlarm');
    expect(text(AlarmRule)).toContain('ALARM("shop-orders")');
  });

  it('may be five metric alarms beside those of a function, and no more', () => {
    expect(() => pairWith((scope) => metricAlarms(scope, 5))).not.toThrow();
    expect(() => pairWith((scope) => metricAlarms(scope, 6))).toThrow(
      /target "api" has 6 alarms of its own beside 5 that Tandem makes/,
    );
  });
});

describe('the pair of the sample', () => {
  it('is registered with values that the orchestrator can read', () => {
    const { '/tandem/storefront/pair': settings, ...targets } = registrations(storefront);

    expect(PairSettings.parse(settings)).toEqual(settings);
    expect(Object.keys(targets).sort()).toEqual([
      '/tandem/storefront/targets/api',
      '/tandem/storefront/targets/web',
    ]);
    for (const target of Object.values(targets)) expect(Target.parse(target)).toEqual(target);
  });

  it('is registered only when all the rest of it exists', () => {
    const [settings] = Object.values(
      storefront.findResources('AWS::SSM::Parameter', {
        Properties: { Name: '/tandem/storefront/pair' },
      }),
    );

    expect(settings?.DependsOn).toEqual(
      expect.arrayContaining([
        ...Object.keys(storefront.findResources('AWS::CodeDeploy::DeploymentGroup')),
        ...Object.keys(storefront.findResources('AWS::CloudWatch::Alarm')),
      ]),
    );
  });

  it('holds green at READY and keeps blue after the shift', () => {
    storefront.hasResourceProperties('AWS::CodeDeploy::DeploymentGroup', {
      DeploymentStyle: { DeploymentOption: 'WITH_TRAFFIC_CONTROL', DeploymentType: 'BLUE_GREEN' },
      BlueGreenDeploymentConfiguration: {
        DeploymentReadyOption: { ActionOnTimeout: 'STOP_DEPLOYMENT', WaitTimeInMinutes: 1440 },
        TerminateBlueInstancesOnDeploymentSuccess: {
          Action: 'TERMINATE',
          TerminationWaitTimeInMinutes: 60,
        },
      },
      LoadBalancerInfo: {
        TargetGroupPairInfoList: [
          {
            TargetGroups: [{ Name: Match.anyValue() }, { Name: Match.anyValue() }],
            ProdTrafficRoute: { ListenerArns: [Match.anyValue()] },
            TestTrafficRoute: { ListenerArns: [Match.anyValue()] },
          },
        ],
      },
    });
  });

  it('watches the same alarms on both sides, no more than CodeDeploy takes, and rolls back on each', () => {
    const groups = propertiesOf(storefront, 'AWS::CodeDeploy::DeploymentGroup');
    const alarms = propertiesOf(storefront, 'AWS::CloudWatch::Alarm').map(
      ({ AlarmName }) => AlarmName,
    );

    expect(groups).toHaveLength(2);
    for (const { AlarmConfiguration, AutoRollbackConfiguration } of groups) {
      const names = AlarmConfiguration.Alarms.map(({ Name }: { Name: string }) => Name);
      expect(names.sort()).toEqual([...alarms].sort());
      expect(names.length).toBeLessThanOrEqual(10);
      expect(AutoRollbackConfiguration.Events).toHaveLength(3);
    }
  });

  it('alarms on rates only, and only with enough traffic', () => {
    for (const alarm of propertiesOf(storefront, 'AWS::CloudWatch::Alarm')) {
      const [expression] = alarm.Metrics.filter(({ Expression }: any) => Expression);
      expect(expression.Expression).toMatch(/^IF\(volume >= 10, [^,]+(, 0\) [^,]+)?\)$/);
      expect(alarm.TreatMissingData).toBe('missing');
      expect(alarm.DatapointsToAlarm).toBe(1);
    }
  });

  it('names in the versionAlarms only alarms with an ExecutedVersion', () => {
    const { versionAlarms } = registrations(storefront)['/tandem/storefront/targets/api'] as any;
    const withVersion = propertiesOf(storefront, 'AWS::CloudWatch::Alarm')
      .filter(({ Metrics }) => JSON.stringify(Metrics).includes('ExecutedVersion'))
      .map(({ AlarmName }) => AlarmName);

    expect([...versionAlarms.blue, ...versionAlarms.green].sort()).toEqual(withVersion.sort());
  });

  it('lets the orchestrator pass the roles of its tasks, and no others', () => {
    const [role, ...others] = propertiesOf(storefront, 'AWS::IAM::Role').filter(({ Path }) => Path);
    const statements: any[] = role.Policies[0].PolicyDocument.Statement;
    const passed = statements.find(({ Action }) => Action === 'iam:PassRole');

    expect(others).toEqual([]);
    expect(passed.Resource).toEqual([
      { 'Fn::GetAtt': [expect.stringMatching(/^WebExecutionRole/), 'Arn'] },
      { 'Fn::GetAtt': [expect.stringMatching(/^WebTaskRole/), 'Arn'] },
    ]);
    expect(statements.map(({ Action }) => Action)).toEqual([
      'ecs:RegisterTaskDefinition',
      'ecs:TagResource',
      'iam:PassRole',
    ]);
    storefront.resourceCountIs('AWS::IAM::Policy', 0);
  });

  it('never moves the alias from the template', () => {
    const [alias] = Object.values(storefront.findResources('AWS::Lambda::Alias'));

    expect(alias?.UpdatePolicy).toBeUndefined();
    expect(alias?.Properties.FunctionVersion['Fn::GetAtt'][0]).toMatch(/^ApiBootstrap/);
  });

  it('opens the test listener to the VPC only', () => {
    const doors = propertiesOf(storefront, 'AWS::EC2::SecurityGroup').flatMap(
      ({ SecurityGroupIngress = [] }) => SecurityGroupIngress,
    );
    const test = doors.filter(({ FromPort }) => FromPort === 9000);

    expect(test).toHaveLength(2);
    for (const { CidrIp } of test) expect(JSON.stringify(CidrIp)).toContain('tandem-network');
  });
});

describe('a pair', () => {
  it('may have one half only', () => {
    const { pair, template } = lambdaPair();

    expect(pair.alarms).toHaveLength(5);
    template().resourceCountIs('AWS::CodeDeploy::DeploymentGroup', 1);
    expect(Object.keys(registrations(template())).sort()).toEqual([
      '/tandem/shop/pair',
      '/tandem/shop/targets/api',
    ]);
  });

  it('brings the configuration of a curve that AWS does not predefine', () => {
    const curve = { type: 'canary', percent: 20, minutes: 3 } as const;

    lambdaPair({ policy: { curve } })
      .template()
      .hasResourceProperties('AWS::CodeDeploy::DeploymentConfig', {
        DeploymentConfigName: 'Tandem.lambda.canary-20-3',
        ComputePlatform: 'Lambda',
        TrafficRoutingConfig: {
          Type: 'TimeBasedCanary',
          TimeBasedCanary: { CanaryInterval: 3, CanaryPercentage: 20 },
        },
      });
    lambdaPair({ policy: { curve }, curveConfigurations: 'existing' })
      .template()
      .resourceCountIs('AWS::CodeDeploy::DeploymentConfig', 0);
  });

  it.each([
    [
      'no half',
      { lambda: undefined as never },
      {},
      'The pair "shop" needs an ECS service, a function or both.',
    ],
    [
      'a bad name',
      { pair: 'My Shop' },
      {},
      'The pair has the pair "My Shop", but it must be a name',
    ],
    ['a bake that CodeDeploy would cut', { policy: { bakeMinutes: 50 } }, {}, 'bakeMinutes'],
    [
      'a contract with a stranger',
      {},
      { contract: { calls: 'billing' } },
      'The contract of target "api" says that it calls "billing", which is no target of pair "shop".',
    ],
    [
      'a contract with a list',
      {},
      { contract: { calls: ['api'] as never } },
      `names the one target that it calls as a text, e.g. contract: { calls: 'api' }, not a list.`,
    ],
    ['a bad target', {}, { name: 'API' }, 'A target in lambda has the name "API", but it must be'],
    [
      'a registration that is too large',
      {},
      { checks: [{ event: { path: '/'.padEnd(5000, 'x') } }] },
      'The registration /tandem/shop/targets/api would be larger than 4096 bytes.',
    ],
  ])('refuses %s in a sentence', (_, props, half, sentence) => {
    expect(() => lambdaPair(props, half)).toThrow(sentence);
  });
});

describe('thresholds of a half', () => {
  const thresholds = { errorPercent: 1, p95Milliseconds: 250, smallestVolume: 100 };

  it('are what its alarms go red above, and what they say', () => {
    const { template } = lambdaPair({}, { thresholds });
    const alarms = propertiesOf(template(), 'AWS::CloudWatch::Alarm');

    expect(alarms.map(({ Threshold }) => Threshold).sort()).toEqual([1, 1, 1, 250, 250]);
    for (const { Metrics } of alarms)
      expect(JSON.stringify(Metrics)).toContain('IF(volume >= 100, ');
    expect(JSON.stringify(alarms)).toContain('More than 1 % of all invocations of api fail.');
    expect(JSON.stringify(alarms)).toContain('take longer than 250 ms.');
  });

  it('may be given in part', () => {
    const { template } = lambdaPair({}, { thresholds: { p95Milliseconds: 30_000 } });
    const alarms = propertiesOf(template(), 'AWS::CloudWatch::Alarm');

    expect(alarms.map(({ Threshold }) => Threshold).sort()).toEqual([30_000, 30_000, 5, 5, 5]);
  });

  it.each([
    [{ errorPercent: 100 }, 'errorPercent of target "api" is 100, but it is a percentage'],
    [{ p95Milliseconds: 0 }, 'p95Milliseconds of target "api" is 0'],
    [{ smallestVolume: 0.5 }, 'smallestVolume of target "api" is 0.5'],
  ])('%j are refused', (wrong, sentence) => {
    expect(() => lambdaPair({}, { thresholds: wrong })).toThrow(sentence);
  });
});
