import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { tandemApp } from '../../infra/app.ts';
import { Environment, parseEnvironment, readEnvironment } from '../../infra/environment.ts';
import { standIns } from './synthesized.ts';

const root = join(import.meta.dirname, '../..');
const CERTIFICATE =
  'arn:aws:acm:eu-west-1:111122223333:certificate/0d1c9a1e-7a0c-4b7e-9a53-2f4c0f1b6a1d';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/0d1c9a1e-7a0c-4b7e-9a53-2f4c0f1b6a1d';

const stacksOf = (value: object) => {
  const assembly = tandemApp({ ...standIns(), environment: Environment.parse(value) }).synth();
  return (name: string) => assembly.getStackByName(name);
};

describe('the file of an environment', () => {
  const files = readdirSync(join(root, 'environments')).map((file) => file.replace('.json', ''));

  it.each(files)('%s is taken', (name) => {
    expect(readEnvironment(root, name)).toMatchObject({ emails: [] });
  });

  it.each([
    [{ acount: '111122223333' }, 'the file: Unrecognized key: "acount"'],
    [{ account: 111122223333 }, 'account: '],
    [{ account: '1234' }, 'account: must be an account: 12 digits, as a text'],
    [{ region: 'Frankfurt' }, 'region: must be a Region, e.g. eu-west-1'],
    [{ emails: ['ada@example.com', 'grace'] }, 'emails.1: must be an e-mail address'],
    [{ certificateArn: 'mine' }, 'certificateArn: must be the ARN of a certificate of ACM'],
    [{ policy: { bakeMinutes: 90 } }, 'policy.bakeMinutes: '],
    [{ approvalPageConcurrency: 0 }, 'approvalPageConcurrency: '],
    [{ reservedConcurrency: 0 }, 'reservedConcurrency: '],
    [{ reservedConcurrency: true }, 'reservedConcurrency: '],
    [{ certificateArn: CERTIFICATE }, 'certificateArn needs host'],
    [{ host: 'https://shop.example.com' }, 'host: must be a host name'],
    [
      { region: 'us-east-1', certificateArn: CERTIFICATE, host: 'shop.example.com' },
      'name one of us-east-1',
    ],
    [{ topicMasterKey: 'mine' }, 'topicMasterKey: must be the ARN of a key of KMS'],
    [{ topicMasterKey: KEY.replace('key/', 'alias/') }, 'topicMasterKey: must be the ARN of a key'],
    [{ topicMasterKey: 'alias/aws/sns' }, 'topicMasterKey: must not be a key that AWS manages'],
    [
      { region: 'us-east-1', topicMasterKey: KEY },
      'topicMasterKey is a key of eu-west-1, but the topics are in us-east-1',
    ],
  ])('with %j is refused, and the field is named', (value, sentence) => {
    const parse = () => parseEnvironment('environments/mine.json', JSON.stringify(value));

    expect(parse).toThrow('environments/mine.json');
    expect(parse).toThrow(sentence);
  });

  it('names all wrong fields at once', () => {
    const parse = () => parseEnvironment('mine.json', '{ "account": "1", "region": "here" }');

    expect(parse).toThrow(/account: .*\n +region: /);
  });

  it('is refused when it is not JSON', () => {
    expect(() => parseEnvironment('mine.json', '{')).toThrow('mine.json is not JSON');
  });

  it('that does not exist is refused with those that do', () => {
    const folder = mkdtempSync(join(tmpdir(), 'environments-'));
    mkdirSync(join(folder, 'environments'));
    writeFileSync(join(folder, 'environments', 'staging.json'), '{}');

    expect(() => readEnvironment(folder, 'production')).toThrow('Known environments: staging');
  });
});

describe('stacks of an environment', () => {
  it('are for its account and Region', () => {
    const stack = stacksOf({ account: '111122223333', region: 'eu-west-1' });

    expect(stack('tandem').environment).toMatchObject({
      account: '111122223333',
      region: 'eu-west-1',
    });
    expect(stack('tandem-storefront').environment.region).toBe('eu-west-1');
  });

  it('notify its people, and send links only to its approvers', () => {
    const { template } = stacksOf({
      emails: ['ada@example.com'],
      approvers: ['grace@example.com'],
    })('tandem');
    const subscribed = (Endpoint: string, topic: RegExp) =>
      Template.fromJSON(template).hasResourceProperties('AWS::SNS::Subscription', {
        ...{ Protocol: 'email', Endpoint },
        TopicArn: { Ref: Match.stringLikeRegexp(topic.source) },
      });

    subscribed('ada@example.com', /^Notifications/);
    subscribed('grace@example.com', /^ApprovalRequests/);
  });

  it('serve users by HTTPS with its certificate, and send whoever comes by HTTP there', () => {
    const { template } = stacksOf({
      certificateArn: CERTIFICATE,
      host: 'shop.example.com',
    })('tandem-storefront');
    const storefront = Template.fromJSON(template);

    storefront.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 443,
      Protocol: 'HTTPS',
      Certificates: [{ CertificateArn: CERTIFICATE }],
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      DefaultActions: [Match.objectLike({ Type: 'forward' })],
    });
    storefront.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 80,
      DefaultActions: [Match.objectLike({ Type: 'redirect' })],
    });
    storefront.hasOutput('WebUrl', { Value: { 'Fn::Join': ['', Match.arrayWith(['https://'])] } });
  });

  it('have no HTTPS without one', () => {
    const { template } = stacksOf({})('tandem-storefront');

    Template.fromJSON(template).resourcePropertiesCountIs(
      'AWS::ElasticLoadBalancingV2::Listener',
      { Protocol: 'HTTPS' },
      0,
    );
  });

  it('open no page to the internet where they are not to', () => {
    const doors = (value: object) =>
      Object.values(
        Template.fromJSON(stacksOf(value)('tandem').template).findResources('AWS::Lambda::Url'),
      ).map(({ Properties }) => Properties.AuthType);

    expect(doors({})).toEqual(['NONE', 'AWS_IAM']);
    expect(doors({ approvalPage: false })).toEqual(['AWS_IAM']);
  });

  it('reserve for the page what they say', () => {
    const reserved = (value: object) =>
      Object.values(
        Template.fromJSON(stacksOf(value)('tandem').template).findResources(
          'AWS::Lambda::Function',
        ),
      )
        .map(({ Properties }) => Properties)
        .flatMap(({ FunctionName, ReservedConcurrentExecutions: at }) =>
          at === undefined ? [] : [[FunctionName, at]],
        );

    const none = { reservedConcurrency: false };
    expect(reserved(none)).toEqual([]);
    expect(reserved({ ...none, approvalPageConcurrency: 5 })).toEqual([
      ['tandem-on-approval-page', 5],
    ]);
  });

  it('reserve for the functions that bring users back, and say how many that are', () => {
    const stack = stacksOf({ reservedConcurrency: 5, approvalPageConcurrency: 10 })('tandem');
    const said = stack.messages.map(({ entry }) => entry.data as string).join();
    const reserved: Record<string, number | undefined> = Object.fromEntries(
      Object.values(Template.fromJSON(stack.template).findResources('AWS::Lambda::Function')).map(
        ({ Properties }) => [Properties.FunctionName, Properties.ReservedConcurrentExecutions],
      ),
    );
    const sum = Object.values(reserved).reduce<number>((total, one) => total + (one ?? 0), 0);

    expect(reserved).toMatchObject({
      'tandem-take-back-target': 5,
      'tandem-on-schedule': 5,
      'tandem-prepare-target': undefined,
    });
    expect(said).toContain(`Tandem reserves ${sum} concurrent executions`);
    expect(said).toContain(`fewer than ${sum + 100} are unreserved`);
  });

  it('reserve as many as the docs tell whoever deploys for the first time', () => {
    const { messages } = stacksOf({})('tandem');
    const [, sum] = /reserves (\d+) concurrent executions/.exec(
      messages.map(({ entry }) => entry.data as string).join(),
    )!;
    const deploy = readFileSync(join(root, 'docs', 'deploy.md'), 'utf8');

    expect(deploy).toContain(`\`tandem\` reserves ${sum} executions`);
    expect(deploy).toContain(`must be ${Number(sum) + 100} or more`);
  });

  it('reserve nothing for a page that is closed', () => {
    expect(() => stacksOf({ approvalPage: false, approvalPageConcurrency: 5 })).toThrow(
      'leave one of them out',
    );
  });

  it.each([
    ['its key', KEY, KEY],
    ['a key of their own', 'create', { 'Fn::GetAtt': [expect.stringMatching(/^TopicKey/), 'Arn'] }],
  ])('encrypt all topics with %s', (_, topicMasterKey, keyOfTopics) => {
    const { template } = stacksOf({ topicMasterKey })('tandem');
    const topics = Object.values(Template.fromJSON(template).findResources('AWS::SNS::Topic'));

    expect(topics.map(({ Properties }) => Properties.KmsMasterKeyId)).toEqual([
      keyOfTopics,
      keyOfTopics,
      keyOfTopics,
    ]);
  });

  it('give releases of the storefront its policy', () => {
    const { template } = stacksOf({ policy: { approval: 'required', bakeMinutes: 10 } })(
      'tandem-storefront',
    );
    const values = Object.values(template.Resources as Record<string, any>)
      .filter(({ Type }) => Type === 'AWS::SSM::Parameter')
      .map(({ Properties }) => JSON.stringify(Properties.Value));

    expect(values.some((value) => /approval\W+required/.test(value))).toBe(true);
  });
});
