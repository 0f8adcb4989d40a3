/** Odd requests that once made the sandbox fail, each in the place of its kind, and AWS's refusal of it. */
import { afterAll, describe, expect, it } from 'vitest';
import { textOf } from '../front/requests.ts';
import { sent } from './requests.ts';
import { wholeCloud } from './whole-cloud.ts';

const cloud = await wholeCloud();
afterAll(() => cloud.close());

const ask = async (service: string, operation: string, input: Record<string, unknown>) => {
  const { status, body } = await cloud.answer(await sent(service, operation, input));
  return { status, text: textOf({ status, headers: {}, body }) };
};

const listenerArn = cloud.arns.find((arn) => arn.includes(':listener'));
const topicArn = cloud.arns.find((arn) => arn.includes(':sns:'));
const DAY = 86_400;
const query = {
  MetricStat: { Metric: { Namespace: 'web', MetricName: 'web' }, Period: 60, Stat: 'Sum' },
};

describe('an odd request', () => {
  it.each([
    [
      'a name that is a number, to a service that takes the document as it is',
      'dynamodb',
      'DescribeTable',
      { TableName: 5 },
      /SerializationException.*NUMBER_VALUE cannot be converted to String: 'TableName'/,
    ],
    [
      'a name that is null, to such a service',
      'dynamodb',
      'DescribeTable',
      { TableName: null },
      /ValidationException.*Value null at 'TableName'/,
    ],
    [
      'null in a list',
      'ecs',
      'DescribeServices',
      { cluster: 'web', services: ['web', null] },
      /InvalidParameterException.*Value null at 'services.2.member'/,
    ],
    [
      'null in a map',
      'dynamodb',
      'PutItem',
      { TableName: 'web', Item: { web: null } },
      /ValidationException.*Value null at 'Item.web.member'/,
    ],
    ['no ciphertext', 'kms', 'Decrypt', {}, /ValidationException.*CiphertextBlob/],
    [
      'a policy of a key that is not JSON',
      'kms',
      'CreateKey',
      { Policy: 'web' },
      /MalformedPolicyDocumentException/,
    ],
    [
      'a policy of a key with null for a statement',
      'kms',
      'CreateKey',
      { Policy: '{"Statement":[null]}' },
      /MalformedPolicyDocumentException/,
    ],
    [
      'a policy of a topic with null for a principal',
      'sns',
      'SetTopicAttributes',
      {
        TopicArn: topicArn,
        AttributeName: 'Policy',
        AttributeValue: '{"Statement":{"Effect":"Allow","Principal":null}}',
      },
      /InvalidParameter.*Principal of a statement is not valid/,
    ],
    [
      'a filter named like a member of every object',
      'ssm',
      'DescribeParameters',
      { ParameterFilters: [{ Key: 'constructor', Values: ['web'] }] },
      /InvalidFilterKey/,
    ],
    [
      'a condition named like one',
      'elasticloadbalancing',
      'CreateRule',
      {
        ListenerArn: listenerArn,
        Priority: 1,
        Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
        Conditions: [{ Field: 'toString', Values: ['web'] }],
      },
      /ValidationError.*toString/,
    ],
    [
      'a pattern that is not JSON',
      'events',
      'PutRule',
      { Name: 'web', EventPattern: 'web' },
      /InvalidEventPatternException.*Unrecognized token 'web'/,
    ],
    [
      'a definition that is not JSON',
      'states',
      'CreateStateMachine',
      { name: 'odd', definition: '{', roleArn: 'arn:aws:iam::111122223333:role/web' },
      /InvalidDefinition.*Unexpected end-of-input/,
    ],
  ])('with %s is refused', async (_, service, operation, input, refusal) => {
    const { status, text } = await ask(service, operation, input);

    expect(text).toMatch(refusal);
    expect(status).toBe(400);
  });

  it('for points of a hundred days gets those of the fifteen that CloudWatch keeps', async () => {
    const { status, text } = await ask('cloudwatch', 'GetMetricData', {
      MetricDataQueries: [
        { Id: 'm1', ...query, ReturnData: false },
        { Id: 'e1', Expression: 'FILL(m1, 1)' },
      ],
      StartTime: 1_767_603_600 - 100 * DAY,
      EndTime: 1_767_603_600,
    });

    expect(status).toBe(200);
    const { MetricDataResults } = JSON.parse(text);
    expect(MetricDataResults[0].Values.length).toBeLessThanOrEqual((15 * DAY) / 60 + 1);
  });
});
