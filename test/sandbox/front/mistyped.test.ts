/** Values that are not of their member's type never reach a service. */
import { describe, expect, it } from 'vitest';
import { documentOf, form, json, noting, request, scope, textOf } from './requests.ts';

const updateService = (more: object) =>
  json(
    'AmazonEC2ContainerServiceV20141113.UpdateService',
    { service: 'web', ...more },
    { authorization: scope('ecs') },
  );

describe('a JSON document', () => {
  it.each([
    [
      'a text for a number',
      { desiredCount: 'many' },
      "STRING_VALUE cannot be converted to Number: 'desiredCount'",
    ],
    [
      'a number for a text',
      { service: 5 },
      "NUMBER_VALUE cannot be converted to String: 'service'",
    ],
    [
      'a truth for a text',
      { service: true },
      "TRUE_VALUE cannot be converted to String: 'service'",
    ],
    [
      'an object for a text',
      { service: {} },
      "Start of structure or map found where not expected: 'service'",
    ],
    [
      'a text for a truth',
      { forceNewDeployment: 'no' },
      "STRING_VALUE cannot be converted to Boolean: 'forceNewDeployment'",
    ],
    ['a text for a list', { loadBalancers: 'web' }, "Unexpected field type: 'loadBalancers'"],
    [
      'an object for a list',
      { loadBalancers: {} },
      "Start of structure or map found where not expected: 'loadBalancers'",
    ],
    [
      'a text for an item',
      { loadBalancers: [{}, 'web'] },
      "Unexpected field type: 'loadBalancers.2'",
    ],
    [
      'a list for a structure',
      { networkConfiguration: [1] },
      "Start of list found where not expected: 'networkConfiguration'",
    ],
    [
      'a text inside a structure',
      { networkConfiguration: { awsvpcConfiguration: { subnets: [7] } } },
      "NUMBER_VALUE cannot be converted to String: 'networkConfiguration.awsvpcConfiguration.subnets.1'",
    ],
  ])('does not pass with %s', async (_, given, message) => {
    const { answer, calls } = noting();

    const response = await answer(updateService(given));

    expect(calls).toEqual([]);
    expect(response.status).toBe(400);
    expect(documentOf(response)).toEqual({ __type: 'SerializationException', message });
  });

  it.each([
    ['a list', [1, 2]],
    ['nothing', null],
    ['a text', 'x'],
    ['a number', 5],
  ])('is an object, not %s', async (_, document) => {
    const { answer, calls } = noting();

    const responses = await Promise.all([
      answer(json('AWSEvents.ListRules', document, { authorization: scope('events') })),
      answer(json('DynamoDB_20120810.ListTables', document, { authorization: scope('dynamodb') })),
      answer(
        request({
          url: '/2015-03-31/functions/f/versions',
          headers: { authorization: scope('lambda') },
          text: JSON.stringify(document),
        }),
      ),
    ]);

    expect(calls).toEqual([]);
    expect(responses.map(({ status }) => status)).toEqual([400, 400, 400]);
    expect(documentOf(responses[0]!).__type).toBe('SerializationException');
    expect(responses[2]!.headers['x-amzn-errortype']).toBe('SerializationException');
  });

  it('passes with members that are null', async () => {
    const { answer, calls } = noting();

    await answer(updateService({ desiredCount: null, loadBalancers: null }));

    expect(calls).toHaveLength(1);
  });
});

describe('a REST request', () => {
  it.each([
    ['its query', request({ method: 'GET', url: '/2015-03-31/functions?MaxItems=few' })],
    [
      'a blob of its body',
      request({ method: 'PUT', url: '/2015-03-31/functions/f/code', text: '{"ZipFile":5}' }),
    ],
    ['a map of its body', request({ url: '/2017-03-31/tags/arn', text: '{"Tags":{"team":5}}' })],
  ])('does not pass with a wrong type in %s', async (_, given) => {
    const { answer, calls } = noting();

    const response = await answer({ ...given, headers: { authorization: scope('lambda') } });

    expect(calls).toEqual([]);
    expect(response.status).toBe(400);
    expect(response.headers['x-amzn-errortype']).toBe('SerializationException');
  });
});

describe('a path', () => {
  it('that is not percent-encoded is the mistake of the caller', async () => {
    const { answer, calls } = noting();

    const response = await answer(
      request({
        method: 'GET',
        url: '/2015-03-31/functions/%zz/configuration',
        headers: { authorization: scope('lambda') },
      }),
    );

    expect(calls).toEqual([]);
    expect(response.status).toBe(400);
    expect(documentOf(response).message).toContain('%zz');
  });
});

describe('a form', () => {
  it.each([
    ['elasticloadbalancing', 'Action=DescribeTargetGroups&PageSize=abc', '&apos;abc&apos;'],
    ['monitoring', 'Action=DescribeAlarms&MaxRecords=few', '&apos;few&apos;'],
    ['monitoring', 'Action=DescribeAlarmHistory&StartDate=yesterday', 'timestamp'],
    ['monitoring', 'Action=PutMetricAlarm&ActionsEnabled=perhaps', '&apos;perhaps&apos;'],
  ])('of %s does not pass: %s', async (service, text, why) => {
    const { answer, calls } = noting();

    const response = await answer(form(text, { authorization: scope(service) }));

    expect(calls).toEqual([]);
    expect(response.status).toBe(400);
    expect(textOf(response)).toContain('<Code>MalformedInput</Code>');
    expect(textOf(response)).toContain(why);
  });
});
