/** restJson1, as Lambda speaks it: labels, query, headers, status, payloads. */
import * as lambda from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../packages/sandbox/aws-error.ts';
import type { Call } from '../../../../packages/sandbox/cloud.ts';
import type { ServiceModel } from '../../../../packages/sandbox/front/model.ts';
import { routeOf } from '../../../../packages/sandbox/front/protocols/rest-route.ts';
import { frontOver, through } from '../loopback.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** A Lambda client whose calls are answered by one function and noted. */
const lambdaOver = (answer: (call: Call) => unknown) => {
  const calls: Call[] = [];
  const statuses: number[] = [];
  const { answer: serve } = frontOver(async (call) => {
    calls.push(call);
    return answer(call);
  });
  const client = new lambda.LambdaClient(
    through(async (request) => {
      const response = await serve(request);
      statuses.push(response.status);
      return response;
    }),
  );
  return { client, calls, statuses };
};

describe('Invoke', () => {
  it('carries the payload, the qualifier and the kind of invocation', async () => {
    const { client, calls } = lambdaOver(() => ({ StatusCode: 200 }));

    await client.send(
      new lambda.InvokeCommand({
        FunctionName: 'arn:aws:lambda:eu-west-1:123456789012:function:api',
        Qualifier: 'live',
        InvocationType: 'DryRun',
        Payload: bytes('{"a":1}'),
      }),
    );

    expect(calls[0]).toMatchObject({
      operation: 'Invoke',
      input: {
        FunctionName: 'arn:aws:lambda:eu-west-1:123456789012:function:api',
        Qualifier: 'live',
        InvocationType: 'DryRun',
        Payload: bytes('{"a":1}'),
      },
    });
  });

  it('answers the payload with the version that ran and the error it ended with', async () => {
    const { client } = lambdaOver(() => ({
      StatusCode: 200,
      ExecutedVersion: '7',
      FunctionError: 'Unhandled',
      Payload: bytes('{"errorType":"Boom"}'),
    }));

    const output = await client.send(new lambda.InvokeCommand({ FunctionName: 'api' }));

    expect(output).toMatchObject({
      StatusCode: 200,
      ExecutedVersion: '7',
      FunctionError: 'Unhandled',
    });
    expect(output.Payload?.transformToString()).toBe('{"errorType":"Boom"}');
  });

  it('answers 202 and nothing to an event', async () => {
    const { client, statuses } = lambdaOver(() => ({ StatusCode: 202 }));

    const output = await client.send(
      new lambda.InvokeCommand({ FunctionName: 'api', InvocationType: 'Event' }),
    );

    expect(statuses).toEqual([202]);
    expect(output.Payload ?? null).toBeNull();
  });

  it('has no payload if none is given', async () => {
    const { client, calls } = lambdaOver(() => ({ StatusCode: 200 }));

    await client.send(new lambda.InvokeCommand({ FunctionName: 'api' }));

    expect(calls[0]?.input).toEqual({ FunctionName: 'api' });
  });
});

describe('addresses', () => {
  it('tells operations apart by their query', async () => {
    const { client, calls } = lambdaOver(() => ({}));

    await client.send(new lambda.ListLayersCommand({ MaxItems: 3 }));
    await client.send(new lambda.GetLayerVersionByArnCommand({ Arn: 'arn:x' }));

    expect(calls).toMatchObject([
      { operation: 'ListLayers', input: { MaxItems: 3 } },
      { operation: 'GetLayerVersionByArn', input: { Arn: 'arn:x' } },
    ]);
  });

  it('prefers a literal segment to a label, and a label to a greedy one', () => {
    const uris = { Greedy: '/things/{Path+}', Label: '/things/{Id}', Literal: '/things/all' };
    const operations = new Map(
      Object.entries(uris).map(([name, uri]) => [name, { name, http: ['GET', uri, 200] }]),
    );
    const found = (url: string) => {
      const request = { method: 'GET', url, headers: {}, body: new Uint8Array() };
      return routeOf(request, { operations } as unknown as ServiceModel);
    };

    expect(found('/things/all')).toMatchObject({ operation: { name: 'Literal' } });
    expect(found('/things/a%2Fb')).toMatchObject({
      operation: { name: 'Label' },
      labels: { Id: 'a/b' },
    });
    expect(found('/things/a/b')).toMatchObject({
      operation: { name: 'Greedy' },
      labels: { Path: 'a/b' },
    });
    expect(found('/other')).toBeUndefined();
  });

  it('reads lists out of the query', async () => {
    const { client, calls } = lambdaOver(() => ({}));

    await client.send(
      new lambda.UntagResourceCommand({ Resource: 'arn:aws:lambda:x', TagKeys: ['a b', 'c,d'] }),
    );

    expect(calls[0]).toMatchObject({
      input: { Resource: 'arn:aws:lambda:x', TagKeys: ['a b', 'c,d'] },
    });
  });

  it('answers with the status of the model', async () => {
    const { client, statuses } = lambdaOver(() => undefined);

    await client.send(new lambda.UntagResourceCommand({ Resource: 'r', TagKeys: ['a'] }));
    await client.send(
      new lambda.CreateAliasCommand({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' }),
    );

    expect(statuses).toEqual([204, 201]);
  });
});

describe('errors', () => {
  it('carry the status of the model and members bound to headers', async () => {
    const { client, statuses } = lambdaOver(() => {
      throw new AwsError('TooManyRequestsException', 'slow down', {
        retryAfterSeconds: '3',
        Reason: 'ConcurrentInvocationLimitExceeded',
      });
    });

    const failed = client.send(new lambda.GetAliasCommand({ FunctionName: 'f', Name: 'live' }));

    await expect(failed).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      message: 'slow down',
      retryAfterSeconds: '3',
      Reason: 'ConcurrentInvocationLimitExceeded',
    });
    expect(statuses).toEqual([429]);
  });
});
