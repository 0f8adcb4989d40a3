import { describe, expect, it } from 'vitest';
import type { Principal } from '../../../packages/sandbox/cloud.ts';
import { readPolicy } from '../../../packages/sandbox/policy/document.ts';
import { trusts } from '../../../packages/sandbox/policy/trust.ts';

const account = '111122223333';
const service = (name: string): Principal => ({
  kind: 'service',
  service: `${name}.amazonaws.com`,
});
const role = (name: string): Principal => ({
  kind: 'role',
  arn: `arn:aws:iam::${account}:role/${name}`,
  session: 's',
});

const trusting = (Trusted: unknown, Condition = {}, Effect = 'Allow') => ({
  Effect,
  Action: 'sts:AssumeRole',
  Principal: Trusted,
  Condition,
});

describe('trusts', () => {
  it.each<[string, unknown, Principal, boolean]>([
    ['the named service', trusting({ Service: 'lambda.amazonaws.com' }), service('lambda'), true],
    ['another service', trusting({ Service: 'lambda.amazonaws.com' }), service('ecs-tasks'), false],
    [
      'one of several services',
      trusting({ Service: ['a.amazonaws.com', 'lambda.amazonaws.com'] }),
      service('lambda'),
      true,
    ],
    [
      'a service by its name in a Region',
      trusting({ Service: 'states.eu-west-1.amazonaws.com' }),
      service('states'),
      true,
    ],
    ['the named role', trusting({ AWS: `arn:aws:iam::${account}:role/ci` }), role('ci'), true],
    ['another role', trusting({ AWS: `arn:aws:iam::${account}:role/ci` }), role('web'), false],
    [
      'any role of a trusted account',
      trusting({ AWS: `arn:aws:iam::${account}:root` }),
      role('web'),
      true,
    ],
    [
      'a role of another account',
      trusting({ AWS: 'arn:aws:iam::999999999999:root' }),
      role('web'),
      false,
    ],
    [
      'a service, when only the account is trusted',
      trusting({ AWS: '999999999999' }),
      service('lambda'),
      false,
    ],
    [
      'a service for this account',
      trusting(
        { Service: 'lambda.amazonaws.com' },
        { StringEquals: { 'aws:SourceAccount': account } },
      ),
      service('lambda'),
      true,
    ],
    [
      'a service for another account',
      trusting(
        { Service: 'lambda.amazonaws.com' },
        { StringEquals: { 'aws:SourceAccount': '999999999999' } },
      ),
      service('lambda'),
      false,
    ],
    [
      'a service for a source of this account',
      trusting(
        { Service: 'lambda.amazonaws.com' },
        { ArnLike: { 'aws:SourceArn': `arn:aws:lambda:*:${account}:function:*` } },
      ),
      service('lambda'),
      true,
    ],
    [
      'a service for a source of another account',
      trusting(
        { Service: 'lambda.amazonaws.com' },
        { ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:*:999999999999:*' } },
      ),
      service('lambda'),
      false,
    ],
    [
      'the one role of the account that a condition names',
      trusting(
        { AWS: `arn:aws:iam::${account}:root` },
        { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/ci` } },
      ),
      role('ci'),
      true,
    ],
    [
      'another role of the account than a condition names',
      trusting(
        { AWS: `arn:aws:iam::${account}:root` },
        { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/ci` } },
      ),
      role('web'),
      false,
    ],
    [
      'a service, where a condition names a role',
      trusting('*', { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/ci` } }),
      service('lambda'),
      false,
    ],
    [
      'a role that is denied beside an allow',
      [trusting('*'), trusting({ AWS: `arn:aws:iam::${account}:role/ci` }, {}, 'Deny')],
      role('ci'),
      false,
    ],
  ])('%s', (_, statements, principal, expected) => {
    expect(trusts(readPolicy({ Statement: statements }, 'trust'), principal, account)).toBe(
      expected,
    );
  });
});
