/** Who asks, for what, where: what every request goes through, whatever its protocol. */
import { CodeDeployClient, GetDeploymentCommand } from '@aws-sdk/client-codedeploy';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../packages/sandbox/aws-error.ts';
import { chokePoint } from '../../../packages/sandbox/call.ts';
import { virtualClock } from '../../../packages/sandbox/clock/virtual-clock.ts';
import { front } from '../../../packages/sandbox/front/front.ts';
import { frontOver, through } from './loopback.ts';
import { documentOf, form, json, noting, request, scope, textOf } from './requests.ts';

describe('who asks, for what, where', () => {
  it('takes service and Region from the scope of the signature', async () => {
    const { answer, calls } = noting();

    await answer(
      form('Action=DescribeLoadBalancers&Version=2015-12-01', {
        authorization: scope('elasticloadbalancing', 'ap-southeast-2'),
      }),
    );

    expect(calls).toMatchObject([
      {
        service: 'elasticloadbalancing',
        region: 'ap-southeast-2',
        operation: 'DescribeLoadBalancers',
      },
    ]);
  });

  it('takes them from a presigned URL too', async () => {
    const { answer, calls } = noting({ Account: '1', Arn: 'arn', UserId: 'u' });
    const credential = encodeURIComponent('AKID/20260102/eu-central-1/sts/aws4_request');

    const response = await answer(
      request({
        method: 'GET',
        url: `/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Credential=${credential}`,
      }),
    );

    expect(calls).toMatchObject([{ service: 'sts', region: 'eu-central-1' }]);
    expect(textOf(response)).toContain('<Account>1</Account>');
  });

  it('believes the target rather than the name in the scope', async () => {
    const { answer, calls } = noting();

    await answer(
      json('GraniteServiceVersion20100801.DescribeAlarms', {}, { authorization: scope('custom') }),
    );

    expect(calls).toMatchObject([{ service: 'cloudwatch', operation: 'DescribeAlarms' }]);
  });

  it('asks whose the access key is, and answers an error if it is nobody’s', async () => {
    const { answer } = front({
      call: async () => ({}),
      principalOf: (accessKeyId) => {
        throw new AwsError('UnrecognizedClientException', `who is ${accessKeyId}?`);
      },
    });

    const response = await answer(
      json('AWSEvents.ListRules', {}, { authorization: scope('events') }),
    );

    expect(documentOf(response)).toEqual({
      __type: 'UnrecognizedClientException',
      message: 'who is AKIDEXAMPLE?',
    });
  });

  it.each([
    ['JSON', json('AWSEvents.ListRules', {})],
    ['a form', form('Action=GetCallerIdentity')],
    ['REST', request({ method: 'GET', url: '/2015-03-31/functions' })],
  ])('refuses an unsigned request in %s', async (_, unsigned) => {
    const { answer, calls } = noting();

    const response = await answer(unsigned);

    expect(calls).toEqual([]);
    expect(response.status).toBe(403);
    expect(textOf(response) + JSON.stringify(response.headers)).toContain(
      'MissingAuthenticationToken',
    );
  });

  it('refuses a signature whose scope cannot be read', async () => {
    const { answer } = noting();

    const response = await answer(
      json('AWSEvents.ListRules', {}, { authorization: 'AWS4-HMAC-SHA256 Credential=AKID' }),
    );

    expect(documentOf(response)).toMatchObject({ __type: 'IncompleteSignature' });
  });

  it('gives every response another request id', async () => {
    const { answer } = noting();
    const asked = json('AWSEvents.ListRules', {}, { authorization: scope('events') });

    const ids = [await answer(asked), await answer(asked)].map(
      ({ headers }) => headers['x-amzn-requestid'],
    );

    expect(new Set(ids).size).toBe(2);
  });
});

describe('operations that there are none of', () => {
  const empty = frontOver(chokePoint(virtualClock(), () => {}).call);

  it('names one that AWS does not have', async () => {
    const response = await empty.answer(
      json('CodeDeploy_20141006.DeployTheMoon', {}, { authorization: scope('codedeploy') }),
    );

    expect(response.status).toBe(400);
    expect(documentOf(response)).toEqual({
      __type: 'UnknownOperationException',
      message: 'codedeploy.DeployTheMoon is not part of this sandbox',
    });
  });

  it('names one that the sandbox does not have', async () => {
    const client = new CodeDeployClient(through(empty.answer));

    await expect(
      client.send(new GetDeploymentCommand({ deploymentId: 'd-1' })),
    ).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'codedeploy.GetDeployment is not part of this sandbox',
    });
  });

  it('calls it an invalid action in the query protocol', async () => {
    const client = new STSClient(through(empty.answer));

    await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'InvalidAction',
      message: 'sts.GetCallerIdentity is not part of this sandbox',
    });
  });

  it('names a service that it does not know', async () => {
    const response = await empty.answer(
      request({
        method: 'GET',
        url: '/bucket?list-type=2',
        headers: { authorization: scope('s3') },
      }),
    );

    expect(response.headers['x-amzn-errortype']).toBe('UnknownOperationException');
    expect(documentOf(response)).toEqual({
      message: 's3.GET /bucket is not part of this sandbox',
    });
  });
});
