import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { HOOKS, type HookName, hookFunction } from '../../core/drivers/hooks.ts';
import {
  ENVIRONMENT,
  handlerFunction,
  INVOKED_TRIGGERS,
  LINK_ENVIRONMENT,
  STEP_NAMES,
  TRIGGER_NAMES,
} from '../../core/names.ts';
import { HANDLERS } from '../../infra/handlers.ts';
import { OrchestratorStack } from '../../infra/orchestrator/stack.ts';
import { standIns, synthesize } from './synthesized.ts';

const templates = synthesize();
const { tandem } = templates;

const resources = (type: string) => Object.values(tandem.findResources(type)) as any[];

const policiesOf = (functionName: string): any[] => {
  const fn = resources('AWS::Lambda::Function').find(
    ({ Properties }) => Properties.FunctionName === functionName,
  );
  const role = tandem.findResources('AWS::IAM::Role')[fn.Properties.Role['Fn::GetAtt'][0]];
  return role?.Properties.Policies[0].PolicyDocument.Statement;
};

const actionsOf = (functionName: string): string[] =>
  policiesOf(functionName).flatMap(({ Action }) => Action);

describe('the stack tandem', () => {
  it('has one function for each step, trigger and hook, by the names that the handlers know', () => {
    const names = resources('AWS::Lambda::Function').map(
      ({ Properties }) => Properties.FunctionName,
    );

    expect(names.sort()).toEqual(
      [
        ...STEP_NAMES.map(handlerFunction),
        ...TRIGGER_NAMES.map(handlerFunction),
        ...(Object.keys(HOOKS) as HookName[]).map(hookFunction),
      ].sort(),
    );
  });

  it('gives every function its environment, and links only to those that make or read them, its own log group and a current runtime', () => {
    for (const { Properties } of resources('AWS::Lambda::Function')) {
      expect(Properties.Runtime).toBe('nodejs24.x');
      expect(Properties.Architectures).toEqual(['arm64']);
      const { approvalKey, approvalPage, approvalRequests } = LINK_ENVIRONMENT;
      const links: Readonly<Record<string, readonly string[]>> = {
        'tandem-request-approval': [approvalKey, approvalPage, approvalRequests],
        'tandem-on-approval-page': [approvalKey],
      };
      expect(Object.keys(Properties.Environment.Variables).sort()).toEqual(
        [...Object.values(ENVIRONMENT), ...(links[Properties.FunctionName] ?? [])].sort(),
      );
    }
    for (const { Properties } of resources('AWS::Logs::LogGroup'))
      expect(Properties.RetentionInDays).toBeGreaterThan(0);
  });

  it('gives no two functions the same role', () => {
    const roles = resources('AWS::Lambda::Function').map(
      ({ Properties }) => Properties.Role['Fn::GetAtt'][0],
    );

    expect(new Set(roles).size).toBe(roles.length);
  });

  it('lets only the steps that need it touch deployments', () => {
    const who = (action: string) =>
      Object.keys(HANDLERS).filter((name) =>
        actionsOf(
          Object.hasOwn(HOOKS, name) ? hookFunction(name as HookName) : handlerFunction(name),
        ).includes(action),
      );

    expect(who('codedeploy:CreateDeployment')).toEqual([
      'launch-deployment',
      'start-shift',
      'take-back-target',
    ]);
    expect(who('codedeploy:StopDeployment')).toEqual(['take-back-target']);
    expect(who('lambda:UpdateAlias')).toEqual(['take-back-target']);
    expect(who('ecs:RegisterTaskDefinition')).toEqual(['prepare-target']);
    expect(who('lambda:PublishVersion')).toEqual(['prepare-target']);
    expect(who('iam:PassRole')).toEqual([]);
    expect(who('sts:AssumeRole')).toEqual(['prepare-target', 'set-scaling']);
  });

  it('lets anybody reach the approval page, only signed requests the other door, and nobody the key itself', () => {
    const doors = resources('AWS::Lambda::Url').map(({ Properties }) => [
      Properties.TargetFunctionArn['Fn::GetAtt'][0].replace(/[0-9A-F]{8}$/, ''),
      Properties.AuthType,
    ]);
    expect(doors).toEqual([
      ['OnApprovalPage', 'NONE'],
      ['OnApprovalCall', 'AWS_IAM'],
    ]);
    expect(actionsOf('tandem-on-approval-page').sort()).toEqual([
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'kms:GenerateMac',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'states:SendTaskSuccess',
    ]);
    tandem.hasResourceProperties('AWS::KMS::Key', {
      KeySpec: 'HMAC_256',
      KeyUsage: 'GENERATE_VERIFY_MAC',
    });
  });

  it('lets the machine invoke exactly the functions that its definition names', () => {
    tandem.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: Match.objectLike({
        Statement: [Match.objectLike({ Principal: { Service: 'states.amazonaws.com' } })],
      }),
      Policies: [
        {
          PolicyDocument: Match.objectLike({
            Statement: Match.arrayWith([
              {
                Action: 'lambda:InvokeFunction',
                Effect: 'Allow',
                Resource: [
                  { 'Fn::GetAtt': [Match.stringLikeRegexp('^Observe'), 'Arn'] },
                  { 'Fn::GetAtt': [Match.stringLikeRegexp('^TakeBackTarget'), 'Arn'] },
                ],
              },
            ]),
          }),
          PolicyName: 'permissions',
        },
      ],
    });
  });

  it('keeps task tokens out of the logs of the machines', () => {
    const machines = resources('AWS::StepFunctions::StateMachine');

    expect(machines.map(({ Properties }) => Properties.StateMachineName).sort()).toEqual([
      'tandem-release',
      'tandem-rollback',
    ]);
    for (const { Properties } of machines)
      expect(Properties.LoggingConfiguration).toMatchObject({
        IncludeExecutionData: false,
        Level: 'ERROR',
      });
  });

  it('catches every event that cannot be delivered', () => {
    const rules = resources('AWS::Events::Rule');

    expect(rules).toHaveLength(8);
    for (const { Properties } of rules)
      expect(Properties.Targets[0].DeadLetterConfig.Arn).toBeDefined();
    tandem.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'lambda',
      RedrivePolicy: { deadLetterTargetArn: Match.anyValue() },
    });
  });

  it('catches every event on which a trigger fails, and lets it be told', () => {
    const configs = resources('AWS::Lambda::EventInvokeConfig');
    const functions = tandem.findResources('AWS::Lambda::Function') as Record<string, any>;
    const driven = configs.map(
      ({ Properties }) => functions[Properties.FunctionName.Ref].Properties.FunctionName,
    );

    expect(driven.sort()).toEqual(
      TRIGGER_NAMES.filter((name) => !INVOKED_TRIGGERS.some((one) => one === name))
        .map(handlerFunction)
        .sort(),
    );
    for (const { Properties } of configs)
      expect(Properties.DestinationConfig.OnFailure.Destination).toBeDefined();
    for (const name of driven) expect(actionsOf(name)).toContain('sqs:SendMessage');
  });

  it('tells people when something is wrong with itself, and says what each alarm means', () => {
    const alarms = resources('AWS::CloudWatch::Alarm');
    const operations = readFileSync(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');

    expect(alarms.map(({ Properties }) => Properties.AlarmName).sort()).toEqual([
      'tandem-needs-attention',
      'tandem-overdue-releases',
      'tandem-throttled',
      'tandem-undelivered-events',
      'tandem-unexpected-failures',
      'tandem-unreadable-records',
    ]);
    for (const { Properties } of alarms) {
      expect(Properties.AlarmActions).toEqual([{ Ref: expect.stringMatching(/^Notifications/) }]);
      expect(Properties.TreatMissingData).toBe('notBreaching');
      expect(operations).toContain(`| \`${Properties.AlarmName}\` |`);
    }
  });

  it('keeps the table when the stack goes', () => {
    tandem.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      Properties: Match.objectLike({
        TableName: 'tandem',
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        // Nothing in it goes by itself: it holds the ledger.
        TimeToLiveSpecification: Match.absent(),
      }),
    });
  });

  it('puts only the handlers that send requests to green into the VPC', () => {
    const inside = resources('AWS::Lambda::Function')
      .filter(({ Properties }) => Properties.VpcConfig)
      .map(({ Properties }) => Properties.FunctionName);

    expect(inside.sort()).toEqual([
      'CodeDeployHook_tandem_ecs-after-allow-test-traffic',
      'tandem-prove-release',
    ]);
  });

  it('refuses a machine that names a step which does not exist', () => {
    const folders = standIns();
    writeFileSync(join(folders.machines, 'rollback.asl.json'), `{"A":"\${GuessTheWeather}"}`);

    expect(() => new OrchestratorStack(new App(), 'tandem', folders)).toThrow(
      'The state machine tandem-rollback names GuessTheWeather, which is neither a step nor a machine.',
    );
  });
});

describe('all stacks', () => {
  it('use no managed policy of AWS', () => {
    for (const template of Object.values(templates))
      for (const role of Object.values(template.findResources('AWS::IAM::Role')) as any[])
        expect(role.Properties.ManagedPolicyArns).toBeUndefined();
  });

  it('bring no custom resource, no parameter and no rule', () => {
    for (const template of Object.values(templates)) {
      const { Parameters, Rules, Resources } = template.toJSON();
      expect(Parameters).toBeUndefined();
      expect(Rules).toBeUndefined();
      for (const { Type } of Object.values(Resources) as { Type: string }[])
        expect(Type).not.toMatch(/^Custom::|CustomResource/);
    }
  });

  it('name no account, no Region and no partition', () => {
    for (const template of Object.values(templates))
      expect(JSON.stringify(template.toJSON())).not.toMatch(/\d{12}:|us-east-1|arn:aws/);
  });

  it('name the partition of their machines, whose Resources AWS refuses by another', () => {
    for (const { Properties } of resources('AWS::StepFunctions::StateMachine'))
      expect(Properties.DefinitionSubstitutions.Partition).toEqual({ Ref: 'AWS::Partition' });
  });
});
