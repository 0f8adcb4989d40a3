import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { region } from '../../local-cloud.ts';
import { localLambda } from './local-lambda.ts';

describe('Invoke', () => {
  let aws: ReturnType<typeof localLambda>;
  beforeEach(() => {
    aws = localLambda();
  });
  afterEach(() => aws.close());

  const failing = 'console.log("try"); throw new Error("out of stock");';
  const tries = () => aws.lambda.logs('api').filter((line) => line.endsWith('try')).length;
  const send = (more: object = {}) =>
    aws.ask('Invoke', {
      FunctionName: 'api',
      InvocationType: 'Event',
      Payload: '{"id":1}',
      ...more,
    });

  it('runs the function with its role and answers what it returned', async () => {
    await aws.create('return { doubled: event.number * 2 };');

    expect(await aws.invoke('api', { number: 4 })).toEqual({
      StatusCode: 200,
      ExecutedVersion: '$LATEST',
      result: { doubled: 8 },
    });
    expect(aws.sts.asked[0]!.input).toEqual({
      RoleArn: 'arn:aws:iam::111122223333:role/api',
      RoleSessionName: 'api',
    });
  });

  it.each([
    'api',
    '111122223333:function:api',
    'arn:aws:lambda:us-east-1:111122223333:function:api',
    'arn:aws:lambda:us-east-1:111122223333:function:api:$LATEST',
  ])('takes %s as a name', async (name) => {
    await aws.create('return 1;');

    expect((await aws.invoke(name)).result).toBe(1);
  });

  it('answers 200 with FunctionError when the function fails', async () => {
    await aws.create(failing);

    expect(await aws.invoke('api')).toMatchObject({
      StatusCode: 200,
      FunctionError: 'Unhandled',
      result: { errorType: 'Error', errorMessage: 'out of stock' },
    });
  });

  it('fails on the share of requests that the function fails on', async () => {
    await aws.create('if (event.number % 4 === 0) throw new Error("unlucky"); return 1;');
    const outcomes: boolean[] = [];
    for (let number = 0; number < 20; number += 1)
      outcomes.push('FunctionError' in (await aws.invoke('api', { number })));

    expect(outcomes.filter(Boolean)).toHaveLength(5);
  });

  it('answers the end of the log when asked', async () => {
    await aws.create('console.log("sold"); return 1;');

    const { LogResult } = await aws.invoke('api', {}, { LogType: 'Tail' });

    const lines = Buffer.from(LogResult, 'base64').toString().trim().split('\n');
    expect(lines[0]).toMatch(/^START RequestId: [0-9a-f-]{36} Version: \$LATEST$/);
    expect(lines[1]).toMatch(/\tINFO\tsold$/);
    expect(lines[3]).toMatch(/^REPORT RequestId: .+\tDuration: .+\tMemory Size: 128 MB/);
    expect(aws.lambda.logs('api')).toEqual(lines);
    expect(aws.lines).toEqual(lines);
  });

  it('runs nothing in a dry run', async () => {
    await aws.create(failing);

    const answer = await aws.ask('Invoke', { FunctionName: 'api', InvocationType: 'DryRun' });

    expect(answer.StatusCode).toBe(204);
    expect(tries()).toBe(0);
  });

  it('makes an error of an answer that is too large, and passes the largest one', async () => {
    await aws.create('return "x".repeat(event.length);');
    const answerOf = (length: number) =>
      aws.ask('Invoke', { FunctionName: 'api', Payload: Buffer.from(JSON.stringify({ length })) });

    const largest = await answerOf(6_291_554);
    const larger = await answerOf(6_291_555);

    expect(largest.FunctionError).toBeUndefined();
    expect(largest.Payload.length).toBe(6_291_556);
    expect(larger.FunctionError).toBe('Unhandled');
    expect(JSON.parse(Buffer.from(larger.Payload).toString())).toEqual({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage:
        'Response payload size (6291557 bytes) exceeded maximum allowed payload size (6291556 bytes).',
    });
  });

  it('takes 4 KB of environment variables, and no more', async () => {
    const variables = (length: number) => ({
      Environment: { Variables: { A: 'x'.repeat(length) } },
    });

    await aws.create('', variables(4096 - '{"A":""}'.length));

    await expect(
      aws.ask('UpdateFunctionConfiguration', {
        FunctionName: 'api',
        ...variables(4097 - '{"A":""}'.length),
      }),
    ).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringContaining('exceeded the 4KB limit'),
    });
  });

  it.each([
    ['an unknown type', { InvocationType: 'Later' }, 'InvalidParameterValueException'],
    ['no JSON', { Payload: Buffer.from('{') }, 'InvalidRequestContentException'],
    ['too much', { Payload: Buffer.alloc(6_291_457, '1') }, 'RequestTooLargeException'],
    [
      'too much for later',
      { Payload: Buffer.alloc(1_048_577, '1'), InvocationType: 'Event' },
      'RequestTooLargeException',
    ],
  ])('refuses %s', async (_what, input, name) => {
    await aws.create('');

    await expect(aws.ask('Invoke', { FunctionName: 'api', ...input })).rejects.toMatchObject({
      name,
    });
  });

  it('says that another runtime cannot run here', async () => {
    await aws.create('', { Runtime: 'python3.13' });

    await expect(aws.invoke('api')).rejects.toThrow('python3.13 cannot run here');
  });

  it('has room for the reserved number of invocations only', async () => {
    await aws.create('return 1;');
    await aws.ask('PutFunctionConcurrency', {
      FunctionName: 'api',
      ReservedConcurrentExecutions: 0,
    });

    await expect(aws.invoke('api')).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      status: 429,
    });
    await aws.ask('DeleteFunctionConcurrency', { FunctionName: 'api' });
    expect((await aws.invoke('api')).result).toBe(1);
  });

  it('throttles a function without a reservation while others take what the account has', async () => {
    await aws.create('return 1;');
    await aws.create('return 2;', { FunctionName: 'reserved' });
    await aws.ask('PutFunctionConcurrency', {
      FunctionName: 'reserved',
      ReservedConcurrentExecutions: 1,
    });

    aws.lambda.occupy(region, 999);

    await expect(aws.invoke('api')).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      members: { Reason: 'ConcurrentInvocationLimitExceeded' },
    });
    expect((await aws.invoke('reserved')).result).toBe(2);
    aws.lambda.occupy(region, 998);
    expect((await aws.invoke('api')).result).toBe(1);
  });

  it('keeps a hundred executions of the account unreserved', async () => {
    await aws.create('return 1;');
    const reserve = (ReservedConcurrentExecutions: number) =>
      aws.ask('PutFunctionConcurrency', { FunctionName: 'api', ReservedConcurrentExecutions });

    await expect(reserve(901)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    await reserve(900);
    expect(await aws.ask('GetAccountSettings', {})).toMatchObject({
      AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 100 },
    });
  });

  it('tries an event twice more, after one and after two minutes', async () => {
    await aws.create(failing);

    const { StatusCode } = await send();
    const counts: number[] = [];
    for (const seconds of [1, 58, 2, 118, 2, 3600]) {
      await aws.pass(seconds * 1000);
      counts.push(tries());
    }

    expect(StatusCode).toBe(202);
    expect(counts).toEqual([1, 1, 2, 2, 3, 3]);
  });

  it.each([
    ['sns', { TopicArn: 'arn:aws:sns:us-east-1:111122223333:failures' }, 'Message'],
    [
      'sqs',
      { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/111122223333/failures' },
      'MessageBody',
    ],
  ] as const)(
    'sends an event that failed for good where the function’s settings say: %s',
    async (service, place, body) => {
      await aws.create(failing);
      await aws.ask('PutFunctionEventInvokeConfig', {
        FunctionName: 'api',
        MaximumRetryAttempts: 1,
        DestinationConfig: {
          OnFailure: { Destination: `arn:aws:${service}:us-east-1:111122223333:failures` },
        },
      });

      await send();
      await aws.pass(600_000);

      expect(tries()).toBe(2);
      expect(aws[service].asked).toHaveLength(1);
      const { input } = aws[service].asked[0]!;
      expect(input).toMatchObject(place);
      expect(JSON.parse(input[body])).toMatchObject({
        requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2 },
        requestPayload: { id: 1 },
        responsePayload: { errorMessage: 'out of stock' },
      });
    },
  );

  it('keeps a throttled event until there is room', async () => {
    await aws.create('console.log("try"); return 1;');
    const reserve = (ReservedConcurrentExecutions: number) =>
      aws.ask('PutFunctionConcurrency', { FunctionName: 'api', ReservedConcurrentExecutions });
    await reserve(0);
    await send();
    await aws.pass(30_000);
    const throttled = tries();

    await reserve(1);
    await aws.pass(300_000);

    expect([throttled, tries()]).toEqual([0, 1]);
  });
});
