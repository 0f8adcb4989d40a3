import { describe, expect, it } from 'vitest';
import { loadedFunctions } from '../../../../packages/sandbox/aws/lambda/hosts/in-process/loaded-functions.ts';
import { inProcessHost } from '../../../../packages/sandbox/aws/lambda/hosts/in-process-host.ts';
import { AwsError } from '../../../../packages/sandbox/aws-error.ts';
import { virtualClock } from '../../../../packages/sandbox/clock/virtual-clock.ts';
import type { Call, CallFunction, Principal } from '../../../../packages/sandbox/cloud.ts';
import { front } from '../../../../packages/sandbox/front/front.ts';
import { folderOf, handlerOf } from './handlers.ts';
import { run, unitOf } from './host-conformance.ts';

/** A handler that imports from the SDK without bringing it. */
const withSdk = (imported: string, from: string, body: string) => {
  const { 'index.mjs': source } = handlerOf(body);
  return { 'index.mjs': `import { ${imported} } from '@aws-sdk/${from}'; ${source}` };
};

const PARAMETER =
  'const client = new SSMClient(); return client.send(new GetParameterCommand({ Name: "/shop" }))';

const principalOf = (key: string | undefined): Principal => ({
  kind: 'role',
  arn: `of ${key}`,
  session: '',
});

const accountOf = (operation: (call: Call, calls: number) => unknown) => {
  const calls: Call[] = [];
  const call: CallFunction = async (one) => {
    calls.push(one);
    return operation(one, calls.length);
  };
  return { calls, answer: front({ call, principalOf }).answer };
};

/** Runs a function once, in an account that answers its calls so. */
const played = async (
  files: Readonly<Record<string, string>>,
  operation: (call: Call, calls: number) => unknown,
) => {
  const { calls, answer } = accountOf(operation);
  const host = inProcessHost({ clock: virtualClock(), answer });
  const { result } = await run(host, unitOf(folderOf(files)));
  await host.close();
  return { result, calls };
};

describe('the SDK of the runtime', () => {
  it('makes the calls of its function: with its session, in its Region, with what the wire would carry', async () => {
    const changed = new Date('2026-01-05T09:00:00.500Z');
    const { result, calls } = await played(
      withSdk(
        'SSMClient, GetParameterCommand',
        'client-ssm',
        'const { Parameter, $metadata } = await new SSMClient({}).send(new GetParameterCommand({ Name: "/shop", WithDecryption: undefined, Odd: 1 })); return [Parameter.Value, Parameter.LastModifiedDate instanceof Date, Parameter.LastModifiedDate.getTime(), "Odd" in Parameter, $metadata.httpStatusCode, $metadata.attempts]',
      ),
      () => ({ Parameter: { Value: 'v', LastModifiedDate: changed, Odd: 1 } }),
    );

    expect(result).toEqual(['v', true, changed.getTime(), false, 200, 1]);
    expect(calls).toMatchObject([
      { service: 'ssm', operation: 'GetParameter', region: 'eu-west-1', input: { Name: '/shop' } },
    ]);
    expect(Object.keys(calls[0]?.input as object)).toEqual(['Name']);
    expect(calls[0]?.principal).toEqual(principalOf('ASIAFUNCTION'));
  });

  it('writes and reads paths, headers and bytes', async () => {
    const { result, calls } = await played(
      withSdk(
        'LambdaClient, InvokeCommand',
        'client-lambda',
        'const { StatusCode, FunctionError, Payload } = await new LambdaClient({ region: "us-west-2" }).send(new InvokeCommand({ FunctionName: "a b", Qualifier: "li:ve", Payload: "{}" })); return [StatusCode, FunctionError, Payload.transformToString()]',
      ),
      () => ({ StatusCode: 200, FunctionError: 'Unhandled', Payload: Buffer.from('[1]') }),
    );

    expect(result).toEqual([200, 'Unhandled', '[1]']);
    expect(calls).toMatchObject([
      { region: 'us-west-2', input: { FunctionName: 'a b', Qualifier: 'li:ve' } },
    ]);
    expect(calls.map(({ input }: any) => Buffer.from(input.Payload).toString())).toEqual(['{}']);
  });

  it.each([
    ['without bytes', '{ S: "a", "n": undefined }', { S: 'a' }, 'a'],
    ['with bytes', '{ B: new Uint8Array([104, 105]) }', { B: 'aGk=' }, [104, 105]],
  ])('writes and reads items as DynamoDB does, %s', async (_what, value, carried, given) => {
    const { result, calls } = await played(
      withSdk(
        'DynamoDBClient, PutItemCommand',
        'client-dynamodb',
        `const { Attributes, $metadata } = await new DynamoDBClient({}).send(new PutItemCommand({ TableName: "t", Item: { a: ${value} } })); return [Attributes.a.S ?? [...Attributes.a.B], $metadata.httpStatusCode, typeof $metadata.requestId]`,
      ),
      ({ input }: any) => ({ Attributes: input.Item }),
    );

    expect(calls[0]?.input).toEqual({ TableName: 't', Item: { a: carried } });
    expect(result).toEqual([given, 200, 'string']);
  });

  it("refuses with the SDK's own errors, and tries such a call once", async () => {
    const { result, calls } = await played(
      withSdk(
        'SSMClient, GetParameterCommand, ParameterNotFound',
        'client-ssm',
        `return await (async () => { ${PARAMETER} })().catch((error) => [error instanceof ParameterNotFound, error.name, error.message, error.$metadata.httpStatusCode, error.$metadata.attempts])`,
      ),
      () => {
        throw new AwsError('ParameterNotFound', 'there is none');
      },
    );

    expect(result).toEqual([true, 'ParameterNotFound', 'there is none', 400, 1]);
    expect(calls).toHaveLength(1);
  });

  it.each([
    ['throttled twice', 2, 'v', 3],
    ['throttled for ever', 9, 'ThrottlingException', 3],
  ])('tries again as the SDK does when it is %s', async (_how, refusals, wanted, attempts) => {
    const { result, calls } = await played(
      withSdk(
        'SSMClient, GetParameterCommand',
        'client-ssm',
        `return await (async () => { ${PARAMETER} })().then(({ Parameter, $metadata }) => [Parameter.Value, $metadata.attempts], (error) => [error.name, error.$metadata.attempts])`,
      ),
      (_call, count) => {
        if (count <= refusals) throw new AwsError('ThrottlingException', 'Rate exceeded');
        return { Parameter: { Value: 'v' } };
      },
    );

    expect(result).toEqual([wanted, attempts]);
    expect(calls).toHaveLength(attempts);
  });

  it('gives a call up when its signal comes', async () => {
    const { result } = await played(
      withSdk(
        'SSMClient, GetParameterCommand',
        'client-ssm',
        'const stop = new AbortController(); setTimeout(() => stop.abort(), 10); return new SSMClient({}).send(new GetParameterCommand({ Name: "/shop" }), { abortSignal: stop.signal }).catch((error) => error.name)',
      ),
      () => new Promise(() => undefined),
    );

    expect(result).toBe('AbortError');
  });

  it.each([
    ['new SSMClient({ endpoint: "http://a.test" })', 'takes no endpoint: bundle the SDK'],
    ['new SSMClient({}).middlewareStack.add(() => {})', 'takes no middleware: bundle the SDK'],
  ])('refuses what it does not have: %s', async (made, refusal) => {
    const { result } = await played(
      withSdk('SSMClient', 'client-ssm', `try { ${made} } catch (error) { return error.message }`),
      () => ({}),
    );

    expect(result).toContain(refusal);
  });

  it('is there for CommonJS, and for functions with nothing but its pure packages', async () => {
    const { result } = await played(
      {
        'index.cjs':
          'const { SSMClient, GetParameterCommand } = require("@aws-sdk/client-ssm"); const { marshall } = require("@aws-sdk/util-dynamodb"); exports.handler = async () => [(await new SSMClient({}).send(new GetParameterCommand({ Name: "a" }))).Parameter.Value, marshall({ a: 1 })];',
      },
      () => ({ Parameter: { Value: 'v' } }),
    );

    expect(result).toEqual(['v', { a: { N: '1' } }]);
  });

  it('stands back for what a function brings itself', async () => {
    const { result, calls } = await played(
      {
        ...withSdk('SSMClient', 'client-ssm', 'return new SSMClient().own'),
        'node_modules/@aws-sdk/client-ssm/package.json': '{ "main": "index.js" }',
        'node_modules/@aws-sdk/client-ssm/index.js': 'exports.SSMClient = class { own = "mine" };',
      },
      () => ({}),
    );

    expect(result).toBe('mine');
    expect(calls).toEqual([]);
  });

  it('signs with the session of today where a function outlives its simulation', async () => {
    const functions = loadedFunctions();
    const source = withSdk(
      'SSMClient, GetParameterCommand',
      'client-ssm',
      'return (await client.send(new GetParameterCommand({ Name: "a" }))).Parameter.Value',
    )['index.mjs'].replace('export const', 'const client = new SSMClient(); export const');
    const folder = folderOf({ 'index.mjs': source });
    const simulate = async (accessKeyId: string) => {
      const { calls, answer } = accountOf(() => ({ Parameter: { Value: 'v' } }));
      const host = inProcessHost({ clock: virtualClock(), answer, functions });
      const keys = async () => ({ accessKeyId, secretAccessKey: 's', sessionToken: 't' });
      await run(host, unitOf(folder, { codeSha256: 'same', keys }));
      await host.close();
      return calls[0]?.principal;
    };

    expect(await simulate('ASIAONE')).toEqual(principalOf('ASIAONE'));
    expect(await simulate('ASIATWO')).toEqual(principalOf('ASIATWO'));
  });
});
