import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { HIPAASecurityChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { OrchestratorStack } from '../../infra/orchestrator/stack.ts';
import type { TopicMasterKey } from '../../infra/orchestrator/topic-key.ts';
import { findingsIn, openOf } from './nag-findings.ts';
import { ACKNOWLEDGED } from './security-findings.ts';
import { standIns } from './synthesized.ts';

const KEY = 'arn:aws:kms:eu-west-1:444455556666:key/0d1c9a1e-7a0c-4b7e-9a53-2f4c0f1b6a1d';
const folders = standIns();

const stackWith = (topicMasterKey?: TopicMasterKey, props = {}) =>
  new OrchestratorStack(new App(), 'tandem', {
    ...folders,
    ...props,
    ...(topicMasterKey ? { topicMasterKey } : {}),
  });

const rolesOf = (template: Template) =>
  Object.values(template.findResources('AWS::IAM::Role')).map(
    ({ Properties }) => Properties.Policies[0].PolicyDocument.Statement as any[],
  );

const may = (statements: any[], action: string) =>
  statements.some(({ Action }) => [Action].flat().includes(action));

describe('topics without a key', () => {
  it('are as SNS has them by default, and nobody may use any key', () => {
    const template = Template.fromStack(stackWith());

    template.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.absent() });
    expect(JSON.stringify(rolesOf(template))).not.toMatch(/kms:(Decrypt|GenerateDataKey)/);
  });
});

describe('topics with a key', () => {
  it('let exactly the roles that publish use it, by its ARN and for nothing else', () => {
    const roles = rolesOf(Template.fromStack(stackWith(KEY)));
    const publishers = roles.filter((statements) => may(statements, 'sns:Publish'));

    expect(publishers.length).toBeGreaterThan(0);
    expect(roles.filter((statements) => may(statements, 'kms:GenerateDataKey'))).toEqual(
      publishers,
    );
    for (const statements of publishers)
      expect(statements).toContainEqual({
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Effect: 'Allow',
        Resource: KEY,
      });
  });

  it('let alarms of Tandem in, and no others, by the policy of a key of the app', () => {
    const app = new App();
    const security = new Stack(app, 'security');
    new OrchestratorStack(app, 'tandem', { ...folders, topicMasterKey: new Key(security, 'Key') });

    Template.fromStack(security).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: Match.objectLike({
        Statement: Match.arrayWith([
          {
            Sid: 'AlarmsOfTandem',
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
            Resource: '*',
            Condition: {
              ArnLike: {
                'aws:SourceArn': { 'Fn::Join': ['', Match.arrayWith([':alarm:tandem-*'])] },
              },
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
            },
          },
        ]),
      }),
    });
  });

  it('can have one made for them, that rotates and goes with the stack', () => {
    const stack = stackWith('create');
    const template = Template.fromStack(stack);

    template.hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Delete',
      Properties: Match.objectLike({ EnableKeyRotation: true }),
    });
    template.hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/tandem-topics' });
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  });

  it('warn with the statement to add where the policy of the key is not ours to write', () => {
    const stack = stackWith(KEY, { env: { account: '111122223333', region: 'eu-west-1' } });
    const [warning] = Annotations.fromStack(stack).findWarning('/tandem', Match.anyValue());
    const text = String(warning?.entry.data);

    expect(JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1))).toEqual({
      Sid: 'AlarmsOfTandem',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
      Condition: {
        ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:tandem-*' },
        StringEquals: { 'aws:SourceAccount': '111122223333' },
      },
    });
  });

  it('warn with places to fill in where account and Region are not known', () => {
    const [warning] = Annotations.fromStack(stackWith(KEY)).findWarning('*', Match.anyValue());

    expect(warning?.entry.data).toContain('arn:aws:cloudwatch:<region>:<account>:alarm:tandem-*');
  });

  it.each([
    ['alias/aws/sns by name', (stack: Stack) => Alias.fromAliasName(stack, 'A', 'alias/aws/sns')],
    ['alias/aws/sns by ARN', () => KEY.replace(/key\/.*/, 'alias/aws/sns') as `arn:${string}`],
  ])('are refused with %s, which lets no alarm in', (_, key) => {
    const app = new App();
    const topicMasterKey = key(new Stack(app, 'security'));

    expect(() => new OrchestratorStack(app, 'tandem', { ...folders, topicMasterKey })).toThrow(
      'its policy lets no CloudWatch alarm in',
    );
  });

  it.each([
    ['imported', (stack: Stack) => Alias.fromAliasName(stack, 'A', 'alias/mine')],
    [
      'made',
      (stack: Stack) =>
        new Alias(stack, 'A', { aliasName: 'mine', targetKey: new Key(stack, 'K') }),
    ],
  ])('are refused with an alias that is %s, which roles could not name', (_, key) => {
    const app = new App();
    const topicMasterKey = key(new Stack(app, 'security'));

    expect(() => new OrchestratorStack(app, 'tandem', { ...folders, topicMasterKey })).toThrow(
      'topicMasterKey is an alias.',
    );
  });

  it.each([
    ['alias/mine', 'topicMasterKey is "alias/mine"'],
    ['alias/aws/sns', 'its policy lets no CloudWatch alarm in'],
    ['arn:aws:iam::111122223333:role/x', 'topicMasterKey is "arn:aws:iam::111122223333:role/x"'],
    [KEY.replace('eu-west-1', 'us-east-1'), 'a key of us-east-1, but the topics are in eu-west-1'],
  ])('are refused with %s', (text, sentence) => {
    const env = { account: '111122223333', region: 'eu-west-1' };

    expect(() => stackWith(text as TopicMasterKey, { env })).toThrow(sentence);
  });

  it('leave cdk-nag nothing to find, and the pack HIPAA Security no topic without a key', () => {
    const findings = (topicMasterKey?: TopicMasterKey) => {
      const app = new App();
      new OrchestratorStack(app, 'tandem', {
        ...folders,
        ...(topicMasterKey ? { topicMasterKey } : {}),
      });
      app.synth();
      const { violations } = new HIPAASecurityChecks().validateScope(app);
      return { app, hipaa: violations.map(({ ruleName }) => ruleName) };
    };
    const { app, hipaa } = findings('create');

    expect(openOf(findingsIn(app), ACKNOWLEDGED)).toEqual([]);
    expect(hipaa).not.toContain('HIPAA.Security-SNSEncryptedKMS');
    expect(findings().hipaa).toContain('HIPAA.Security-SNSEncryptedKMS');
  });
});
