import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localLambda } from './local-lambda.ts';

const signature = ({
  service = 'lambda',
  region = 'us-east-1',
  date = '20260105T090000Z',
  hash = createHash('sha256').digest('hex'),
} = {}): Record<string, string> => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIA/20260105/${region}/${service}/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
  'x-amz-date': date,
  'x-amz-content-sha256': hash,
});

describe('a Function URL', () => {
  let aws: ReturnType<typeof localLambda>;
  beforeEach(() => {
    aws = localLambda();
  });
  afterEach(() => aws.close());

  const urlOf = async (body: string, more: object = {}): Promise<string> => {
    await aws.create(body);
    const input = { FunctionName: 'api', AuthType: 'NONE', ...more };
    return (await aws.ask('CreateFunctionUrlConfig', input)).FunctionUrl;
  };

  it('gives the function the request as an event of format 2.0', async () => {
    const url = await urlOf('return event;');

    const response = await fetch(`${url}orders/7?a=1&a=2&b=x%20y`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: 'k=v; l=w', 'X-Id': '5' },
      body: '{"n":1}',
    });
    const event = (await response.json()) as any;

    expect(event).toMatchObject({
      version: '2.0',
      rawPath: '/orders/7',
      rawQueryString: 'a=1&a=2&b=x%20y',
      queryStringParameters: { a: '1,2', b: 'x y' },
      cookies: ['k=v', 'l=w'],
      headers: { 'x-id': '5', 'content-type': 'application/json' },
      requestContext: {
        http: { method: 'POST', path: '/orders/7', sourceIp: '127.0.0.1' },
        timeEpoch: aws.clock.now(),
        time: '05/Jan/2026:09:00:02 +0000',
      },
      body: '{"n":1}',
      isBase64Encoded: false,
    });
    expect(event.headers).not.toHaveProperty('cookie');
  });

  it('gives the function binary bodies in base64', async () => {
    const url = await urlOf('return [event.isBase64Encoded, event.body];');
    const headers = { 'content-type': 'application/octet-stream' };

    const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array([0, 255]) });

    expect(await response.json()).toEqual([true, 'AP8=']);
  });

  it.each([
    [
      'a described response',
      'return { statusCode: 404, headers: { "Content-Type": "text/plain" }, body: "gone" };',
      { status: 404, type: 'text/plain', text: 'gone' },
    ],
    [
      'a body in base64',
      'return { statusCode: 200, headers: { "content-type": "image/png" }, body: "aGk=", isBase64Encoded: true };',
      { status: 200, type: 'image/png', text: 'hi' },
    ],
    [
      'a plain value',
      'return { a: 1 };',
      { status: 200, type: 'application/json', text: '{"a":1}' },
    ],
    ['a text', 'return "hi";', { status: 200, type: 'application/json', text: '"hi"' }],
    [
      'an error',
      'throw new Error("secret");',
      { status: 502, type: 'application/json', text: 'Internal Server Error' },
    ],
    [
      'an invalid status',
      'return { statusCode: "many" };',
      { status: 502, type: 'application/json', text: 'Internal Server Error' },
    ],
  ])('maps %s', async (_what, body, expected) => {
    const response = await fetch(await urlOf(body));

    expect({
      status: response.status,
      type: response.headers.get('content-type'),
      text: await response.text(),
    }).toEqual(expected);
  });

  it('follows its alias', async () => {
    await aws.create('return 0;');
    await aws.publish('return "blue";');
    await aws.publish('return "green";');
    await aws.ask('CreateAlias', { FunctionName: 'api', Name: 'live', FunctionVersion: '1' });
    const { FunctionUrl } = await aws.ask('CreateFunctionUrlConfig', {
      FunctionName: 'api',
      Qualifier: 'live',
      AuthType: 'NONE',
    });
    const get = async () => (await fetch(FunctionUrl)).json();

    const before = await get();
    await aws.ask('UpdateAlias', { FunctionName: 'api', Name: 'live', FunctionVersion: '2' });

    expect([before, await get()]).toEqual(['blue', 'green']);
  });

  it('wants a signature with AWS_IAM', async () => {
    const url = await urlOf('return 1;', { AuthType: 'AWS_IAM' });

    const bare = await fetch(url);
    const signed = await fetch(url, { headers: signature() });
    const otherwise = await Promise.all(
      [{ service: 's3' }, { region: 'eu-west-1' }, { date: '' }, { hash: 'ff' }].map((fault) =>
        fetch(url, { headers: signature(fault) }),
      ),
    );

    expect([bare.status, signed.status]).toEqual([403, 200]);
    expect(otherwise.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  });

  it('tells the function who signed', async () => {
    const url = await urlOf('return event.requestContext;', { AuthType: 'AWS_IAM' });

    const context = await (await fetch(url, { headers: signature() })).json();

    expect(context).toMatchObject({
      accountId: '111122223333',
      authorizer: {
        iam: {
          accessKey: 'AKIA',
          userArn: 'arn:aws:iam::111122223333:root',
          callerId: '111122223333',
          cognitoIdentity: null,
        },
      },
    });
  });

  it('answers 429 when the function is throttled', async () => {
    const url = await urlOf('return 1;');
    await aws.ask('PutFunctionConcurrency', {
      FunctionName: 'api',
      ReservedConcurrentExecutions: 0,
    });

    expect((await fetch(url)).status).toBe(429);
  });

  it('can be asked without a socket', async () => {
    const port = Number(new URL(await urlOf('return event.rawPath;')).port);

    const { body } = await aws.lambda.serve(port, {
      method: 'GET',
      url: '/direct',
      headers: {},
      body: new Uint8Array(),
    });

    expect(Buffer.from(body).toString()).toBe('"/direct"');
    expect([aws.lambda.servesPort(port), aws.lambda.servesPort(1)]).toEqual([true, false]);
  });

  it('notes that AWS would not let everybody in', async () => {
    await fetch(await urlOf('return 1;'));

    expect([...aws.notes].join()).toContain('lambda:InvokeFunctionUrl');
  });

  it('says nothing when everybody may use it', async () => {
    const url = await urlOf('return 1;');
    await aws.ask('AddPermission', {
      FunctionName: 'api',
      StatementId: 'public',
      Action: 'lambda:InvokeFunctionUrl',
      Principal: '*',
      FunctionUrlAuthType: 'NONE',
    });
    await fetch(url);

    expect([...aws.notes]).toEqual([]);
  });

  it('exists once for each function or alias', async () => {
    await urlOf('return 1;');
    const input = { FunctionName: 'api', AuthType: 'NONE' };

    await expect(aws.ask('CreateFunctionUrlConfig', input)).rejects.toMatchObject({
      name: 'ResourceConflictException',
    });
    await aws.ask('DeleteFunctionUrlConfig', input);
    expect(await aws.ask('ListFunctionUrlConfigs', input)).toEqual({ FunctionUrlConfigs: [] });
  });
});
