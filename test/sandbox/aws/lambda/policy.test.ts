import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Principal } from '../../../../packages/sandbox/cloud.ts';
import { localLambda } from './local-lambda.ts';

const EVENTS: Principal = { kind: 'service', service: 'events.amazonaws.com' };
const RULE = 'arn:aws:events:us-east-1:111122223333:rule/push';
const FUNCTION = 'arn:aws:lambda:us-east-1:111122223333:function:api';

describe('permissions of Lambda', () => {
  let aws: ReturnType<typeof localLambda>;
  beforeEach(async () => {
    aws = localLambda();
    await aws.create('return 1;');
    await aws.publish('return 2;');
    await aws.ask('CreateAlias', { FunctionName: 'api', Name: 'live', FunctionVersion: '1' });
  });
  afterEach(() => aws.close());

  const allow = (more: object = {}) =>
    aws.ask('AddPermission', {
      FunctionName: 'api',
      StatementId: 'rule',
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      ...more,
    });
  const invokeAs = (principal: Principal, more: object = {}) =>
    aws.askAs(principal, 'Invoke', { FunctionName: 'api', ...more });
  const denied = { name: 'AccessDeniedException', status: 403 };

  it('let a service in only with a statement of the resource policy', async () => {
    await expect(invokeAs(EVENTS)).rejects.toMatchObject(denied);
    await allow();
    expect((await invokeAs(EVENTS)).StatusCode).toBe(200);
    await expect(invokeAs({ kind: 'service', service: 'sns.amazonaws.com' })).rejects.toMatchObject(
      denied,
    );
    await aws.ask('RemovePermission', { FunctionName: 'api', StatementId: 'rule' });
    await expect(invokeAs(EVENTS)).rejects.toMatchObject(denied);
  });

  it('compare the source that a service names', async () => {
    await allow({ SourceArn: `${RULE}*` });

    expect((await invokeAs(EVENTS, { SourceArn: `${RULE}-1` })).StatusCode).toBe(200);
    await expect(
      invokeAs(EVENTS, { SourceArn: 'arn:aws:events:us-east-1:111122223333:rule/other' }),
    ).rejects.toMatchObject(denied);
  });

  it('are of the alias or of the function, not of both', async () => {
    await allow({ Qualifier: 'live' });

    expect((await invokeAs(EVENTS, { Qualifier: 'live' })).StatusCode).toBe(200);
    await expect(invokeAs(EVENTS)).rejects.toMatchObject(denied);
  });

  it('can be read, and do not take the same statement twice', async () => {
    await allow({ SourceArn: RULE });

    const { Policy } = await aws.ask('GetPolicy', { FunctionName: 'api' });

    expect(JSON.parse(Policy).Statement).toEqual([
      {
        Sid: 'rule',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: FUNCTION,
        Condition: { ArnLike: { 'AWS:SourceArn': RULE } },
      },
    ]);
    await expect(allow()).rejects.toMatchObject({ name: 'ResourceConflictException' });
    await expect(
      aws.ask('GetPolicy', { FunctionName: 'api', Qualifier: 'live' }),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it.each([
    ['Invoke', { FunctionName: 'api' }, 'lambda:InvokeFunction', FUNCTION],
    ['Invoke', { FunctionName: 'api:live' }, 'lambda:InvokeFunction', `${FUNCTION}:live`],
    [
      'Invoke',
      { FunctionName: FUNCTION, Qualifier: '1' },
      'lambda:InvokeFunction',
      `${FUNCTION}:1`,
    ],
    ['UpdateAlias', { FunctionName: 'api', Name: 'live' }, 'lambda:UpdateAlias', FUNCTION],
    ['TagResource', { Resource: FUNCTION }, 'lambda:TagResource', FUNCTION],
  ])('ask IAM in %s of %j for %s on %s', (operation, input, action, resource) => {
    const asked = aws.lambda.permissions?.[operation]?.(input, {
      principal: { kind: 'owner' },
      region: 'us-east-1',
    });

    expect(asked).toEqual([{ action, resource }]);
  });

  it('ask IAM for the right to pass the role of a new function', () => {
    const Role = 'arn:aws:iam::111122223333:role/api';
    const asked = aws.lambda.permissions?.CreateFunction?.(
      { FunctionName: 'new', Role },
      { principal: { kind: 'owner' }, region: 'us-east-1' },
    );

    expect(asked).toContainEqual({
      action: 'iam:PassRole',
      resource: Role,
      passedToService: 'lambda.amazonaws.com',
    });
  });
});
