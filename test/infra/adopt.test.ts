/** The pair construct in the hands of a team that has a service and a function already. */
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Code,
  type IVersion,
  Function as LambdaFunction,
  Runtime,
  Version,
} from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { Target } from '../../core/drivers/target.ts';
import { ReleasePair, type ReleasePairProps } from '../../infra/pair/release-pair.ts';
import { importedFunction, importedRoles, importedService } from './imported.ts';

const stackOf = () =>
  new Stack(new App(), 'shop', { env: { account: '111122223333', region: 'eu-west-1' } });

const adopted = (half: object = {}) => {
  const stack = stackOf();
  const pair = new ReleasePair(stack, 'Shop', {
    pair: 'shop',
    ecs: { ...importedService(stack), taskRoles: importedRoles(stack), ...half },
    lambda: importedFunction(stack),
  });
  return { stack, pair, template: () => Template.fromStack(stack) };
};

/** A template's text with every reference replaced by its logical id. */
const text = (value: any): string =>
  typeof value === 'string'
    ? value
    : (value.Ref ?? value['Fn::GetAtt']?.join('.') ?? value['Fn::Join'][1].map(text).join(''));

const targetOf = (template: Template, name: string) => {
  const [parameter] = Object.values(
    template.findResources('AWS::SSM::Parameter', {
      Properties: { Name: `/tandem/shop/targets/${name}` },
    }),
  );
  return Target.parse(JSON.parse(text(parameter?.Properties.Value)));
};

/** The role that a pair brings for prepare-target: who may assume it, and its statements by their action. */
const prepareRole = (template: Template) => {
  const roles = Object.values(template.findResources('AWS::IAM::Role'));
  const { Properties } = roles.find((role) => role.Properties.Path === '/tandem/eu-west-1/')!;
  const statements: any[] = Properties.Policies[0].PolicyDocument.Statement;
  return {
    trust: Properties.AssumeRolePolicyDocument.Statement,
    allows: Object.fromEntries(statements.map(({ Action, ...rest }) => [Action, rest])),
  };
};

describe('a pair of what runs already', () => {
  it('makes nothing but what releases need', () => {
    const { template } = adopted();
    const types = Object.values(template().toJSON().Resources).map(({ Type }: any) => Type);

    expect([...new Set(types)].sort()).toEqual([
      'AWS::CloudWatch::Alarm',
      'AWS::CloudWatch::CompositeAlarm',
      'AWS::CloudWatch::Dashboard',
      'AWS::CodeDeploy::Application',
      'AWS::CodeDeploy::DeploymentGroup',
      'AWS::IAM::Role',
      'AWS::SSM::Parameter',
    ]);
  });

  it('registers it as it is', () => {
    const { template } = adopted();

    expect(targetOf(template(), 'web')).toMatchObject({
      cluster: 'shop',
      service: 'shop-web',
      repository: 'shop-web',
      targetGroups: [
        expect.stringContaining('targetgroup/shop-blue/'),
        expect.stringContaining('targetgroup/shop-green/'),
      ],
    });
    expect(targetOf(template(), 'api')).toMatchObject({ function: 'shop-api', alias: 'live' });
  });

  it('measures it by the names that AWS gives its metrics', () => {
    const { template } = adopted();
    const text = JSON.stringify(template().findResources('AWS::CloudWatch::Alarm'));

    expect(text).toContain('"Name":"LoadBalancer","Value":"app/shop/50dc6c495c0c9188"');
    expect(text).toContain('"Name":"TargetGroup","Value":"targetgroup/shop-blue/73e2d6bc24d8a067"');
    expect(text).toContain('"Name":"ExecutedVersion","Value":"12"');
  });

  it('brings a role that only prepare-target of this account and Region may assume', () => {
    const { trust } = prepareRole(adopted().template());

    expect(trust).toHaveLength(1);
    expect(trust[0]).toMatchObject({ Effect: 'Allow', Action: 'sts:AssumeRole' });
    expect(text(trust[0].Principal.AWS)).toBe('arn:AWS::Partition:iam::111122223333:root');
    expect(text(trust[0].Condition.ArnEquals['aws:PrincipalArn'])).toBe(
      'arn:AWS::Partition:iam::111122223333:role/tandem-prepare-target-eu-west-1',
    );
  });

  it('lets only the named roles be passed on to tasks', () => {
    expect(prepareRole(adopted().template()).allows['iam:PassRole']).toEqual({
      Effect: 'Allow',
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      Resource: [
        'arn:aws:iam::111122223333:role/shop-task',
        'arn:aws:iam::111122223333:role/shop-execution',
      ],
    });
  });

  it.each([
    [{}, ['*']],
    [{ taskFamily: 'shop-web' }, ['shop-web', 'shop-web:*']],
  ])('with %j lets revisions of %j be registered, with the tag of a release', (half, families) => {
    const { allows } = prepareRole(adopted(half).template());

    expect(allows['ecs:RegisterTaskDefinition'].Condition).toEqual({
      StringLike: { 'aws:RequestTag/tandem:release': '*' },
    });
    expect([allows['ecs:TagResource'].Resource].flat().map(text)).toEqual(
      families.map(
        (name) => `arn:AWS::Partition:ecs:eu-west-1:111122223333:task-definition/${name}`,
      ),
    );
  });

  it('tells people of any of its alarms by one', () => {
    const { pair, template } = adopted();
    const [alarm] = Object.values(template().findResources('AWS::CloudWatch::CompositeAlarm'));

    expect(alarm?.Properties.AlarmName).toBe('tandem-shop');
    for (const name of pair.alarms)
      expect(alarm?.Properties.AlarmRule).toContain(`ALARM("${name}")`);
  });

  it('lets a pipeline start releases, a person order and answer, and no more', () => {
    const { stack, pair, template } = adopted();
    const role = (id: string) => new Role(stack, id, { assumedBy: new AccountRootPrincipal() });
    pair.grantRelease(role('Pipeline'));
    pair.grantCommand(role('Duty'));
    pair.grantApprove(role('Approver'));
    const actions = Object.entries(template().findResources('AWS::IAM::Policy')).flatMap(
      ([id, { Properties }]) =>
        /^(Pipeline|Duty|Approver)/.test(id)
          ? Properties.PolicyDocument.Statement.map(({ Action }: any) => Action)
          : [],
    );

    expect(actions.flat().sort()).toEqual([
      'lambda:GetFunctionUrlConfig',
      'lambda:InvokeFunction',
      'lambda:InvokeFunction',
      'lambda:InvokeFunctionUrl',
      'states:DescribeExecution',
      'states:StartExecution',
    ]);
  });

  it('counts its releases by end', () => {
    const { stack, pair } = adopted();

    expect(
      stack.resolve(pair.metricReleases('RolledBack').toMetricConfig().metricStat),
    ).toMatchObject({
      namespace: 'Tandem',
      metricName: 'Releases',
      statistic: 'Sum',
      dimensions: [
        { name: 'End', value: 'RolledBack' },
        { name: 'Pair', value: 'shop' },
      ],
    });
  });
});

/** A function that the app makes, with an alias made from it. */
const made = (stack: Stack, source = 'export const handler = async () => ({});') => {
  const api = new LambdaFunction(stack, 'Api', {
    runtime: Runtime.NODEJS_24_X,
    code: Code.fromInline(source),
    handler: 'index.handler',
  });
  const version = new Version(stack, 'First', { lambda: api }) as IVersion;
  return { api, version };
};

describe('an update of the stack', () => {
  it('brings new code without moving the alias', () => {
    const templateOf = (source: string) => {
      const stack = stackOf();
      const { api, version } = made(stack, source);
      const alias = new Alias(stack, 'Live', { aliasName: 'live', version });
      new ReleasePair(stack, 'Pair', {
        pair: 'shop',
        lambda: { name: 'api', function: api, alias },
      });
      return Template.fromStack(stack).toJSON().Resources;
    };
    const [old, next] = [templateOf('exports.handler = 1;'), templateOf('exports.handler = 2;')];
    const changed = Object.keys({ ...old, ...next }).filter(
      (id) => JSON.stringify(old[id]) !== JSON.stringify(next[id]),
    );

    expect(changed.map((id) => next[id].Type)).toEqual(['AWS::Lambda::Function']);
  });
});

describe('a pair with several functions', () => {
  it('has all of them watched: each group has room for its own alarms', () => {
    const stack = stackOf();
    const functions = [1, 2, 3].map((n) => {
      const api = new LambdaFunction(stack, `Api${n}`, {
        functionName: `api-${n}`,
        runtime: Runtime.NODEJS_24_X,
        code: Code.fromInline('export const handler = async () => ({});'),
        handler: 'index.handler',
      });
      const version = new Version(stack, `First${n}`, { lambda: api }) as IVersion;
      const alias = new Alias(stack, `Live${n}`, { aliasName: 'live', version });
      return { name: `api-${n}`, function: api, alias };
    });
    const { alarms } = new ReleasePair(stack, 'Pair', { pair: 'shop', lambda: functions });
    const groups = Object.values(
      Template.fromStack(stack).findResources('AWS::CodeDeploy::DeploymentGroup'),
    );

    expect(alarms).toHaveLength(15);
    expect(groups).toHaveLength(3);
    for (const { Properties } of groups) {
      const names = Properties.AlarmConfiguration.Alarms.map(({ Name }: any) => Name);
      expect(names).toHaveLength(5);
      for (const name of names) expect(name).toContain(Properties.DeploymentGroupName);
    }
  });
});

describe('a combination that could not work is refused at synth in a sentence', () => {
  it('an imported service whose roles nobody named', () => {
    const stack = stackOf();

    expect(
      () =>
        new ReleasePair(stack, 'Pair', { pair: 'shop', tags: ['v*'], ecs: importedService(stack) }),
    ).toThrow('Name its task role and its execution role in taskRoles.');
  });

  it('two colours that are one, and two listeners that are one', () => {
    const stack = stackOf();
    const web = { ...importedService(stack), taskRoles: importedRoles(stack) };
    const pairOf = (id: string, ecs: typeof web) => () =>
      new ReleasePair(stack, id, { pair: 'shop', ecs });

    expect(pairOf('A', { ...web, green: web.blue })).toThrow('green needs a group of its own');
    expect(pairOf('B', { ...web, testListener: web.productionListener })).toThrow(
      'checks would meet users',
    );
  });

  it.each<[string, (stack: Stack) => Alias, string]>([
    [
      'an alias that the stack moves with every change of the code',
      (stack) =>
        new Alias(stack, 'Live', {
          aliasName: 'live',
          version: made(stack).api.currentVersion as IVersion,
        }),
      'give it a Version of its own',
    ],
    [
      'an alias with weights',
      (stack) => {
        const { api, version } = made(stack);
        const next = new Version(stack, 'Next', { lambda: api }) as IVersion;
        return new Alias(stack, 'Live', {
          aliasName: 'live',
          version,
          additionalVersions: [{ version: next, weight: 0.1 }],
        });
      },
      'leave them to releases',
    ],
    [
      'an alias of $LATEST',
      (stack) =>
        new Alias(stack, 'Live', { aliasName: 'live', version: made(stack).api.latestVersion }),
      'point it at a published version',
    ],
    [
      "an alias that CDK's own deployment group moves",
      (stack) => {
        const alias = new Alias(stack, 'Live', { aliasName: 'live', version: made(stack).version });
        new LambdaDeploymentGroup(stack, 'Group', { alias });
        return alias;
      },
      'remove the LambdaDeploymentGroup',
    ],
  ])('%s', (_, aliasOf, sentence) => {
    const stack = stackOf();
    const alias = aliasOf(stack);
    const api = stack.node.findChild('Api') as LambdaFunction;

    expect(
      () =>
        new ReleasePair(stack, 'Pair', {
          pair: 'shop',
          lambda: { name: 'api', function: api, alias },
        }),
    ).toThrow(sentence);
  });

  it.each<[string, Partial<ReleasePairProps>, string]>([
    ['a service alone that declares no tags', { lambda: [] }, "tags: ['[0-9]*.[0-9]*.[0-9]*']"],
    ['an image that comes last, without tags', { join: 'image-last' }, 'its join is image-last'],
    ['no tag at all', { tags: [] }, '"tags" must have at least 1 entries'],
    ['tags that match nothing', { tags: ['v 1'] }, '"v 1" matches no image'],
    ['tags of what is no image', { tags: ['*-buildcache'] }, 'never released'],
  ])('%s', (_, props, sentence) => {
    const stack = stackOf();
    const ecs = { ...importedService(stack), taskRoles: importedRoles(stack) };
    const lambda = importedFunction(stack);

    expect(() => new ReleasePair(stack, 'Pair', { pair: 'shop', ecs, lambda, ...props })).toThrow(
      sentence,
    );
  });

  it('two targets of one name', () => {
    const stack = stackOf();
    const lambda = importedFunction(stack);

    expect(
      () => new ReleasePair(stack, 'Pair', { pair: 'shop', lambda: [lambda, lambda] }),
    ).toThrow('two of them are called "api"');
  });
});
