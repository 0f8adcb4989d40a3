// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of CloudFormation and IAM look like this
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../../packages/sandbox/policy/document.ts';
import { evaluate, type Request } from '../../../packages/sandbox/policy/evaluate.ts';

const ROLE = 'arn:aws:iam::111122223333:role/tasks';

const decide = (statements: unknown, action: string, resource: string, passedTo?: string) =>
  evaluate(readPolicy({ Version: '2012-10-17', Statement: statements }, 'identity'), {
    action,
    resource,
    context: { 'iam:passedtoservice': passedTo },
  });

const allow = (Action: unknown, Resource: unknown = '*', more = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: unknown, Resource: unknown = '*', more = {}) => ({
  Effect: 'Deny',
  Action,
  Resource,
  ...more,
});
const passing = (operator: string, service: unknown) =>
  allow('iam:PassRole', ROLE, { Condition: { [operator]: { 'iam:PassedToService': service } } });

describe('evaluate', () => {
  it.each<[string, unknown, [string, string, string?], string]>([
    ['an action by name', allow('s3:Get'), ['s3:Get', 'x'], 'allowed'],
    ['an action in another case', allow('S3:gET'), ['s3:Get', 'x'], 'allowed'],
    ['an action by wildcard', allow('s3:G*'), ['s3:Get', 'x'], 'allowed'],
    ['one character by ?', allow('s3:Ge?'), ['s3:Get', 'x'], 'allowed'],
    ['one of several actions', allow(['s3:Put', 's3:Get']), ['s3:Get', 'x'], 'allowed'],
    ['another action', allow('s3:Put'), ['s3:Get', 'x'], 'implicitDeny'],
    ['an action that only begins alike', allow('s3:Get'), ['s3:GetAll', 'x'], 'implicitDeny'],
    ['a point that is no wildcard', allow('s3:*', 'a.b'), ['s3:Get', 'axb'], 'implicitDeny'],
    [
      'a resource by wildcard',
      allow('s3:*', 'arn:aws:s3:::b/*'),
      ['s3:Get', 'arn:aws:s3:::b/k/l'],
      'allowed',
    ],
    ['a resource in another case', allow('s3:*', 'arn:B'), ['s3:Get', 'arn:b'], 'implicitDeny'],
    [
      'all resources, where only one is allowed',
      allow('s3:*', 'arn:b'),
      ['s3:Get', '*'],
      'implicitDeny',
    ],
    [
      'NotAction',
      { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
      ['s3:Get', 'x'],
      'allowed',
    ],
    [
      'what NotAction leaves out',
      { Effect: 'Allow', NotAction: 'IAM:*', Resource: '*' },
      ['iam:Get', 'x'],
      'implicitDeny',
    ],
    [
      'NotResource',
      { Effect: 'Allow', Action: '*', NotResource: ['a', 'b'] },
      ['s3:Get', 'c'],
      'allowed',
    ],
    [
      'what NotResource leaves out',
      { Effect: 'Allow', Action: '*', NotResource: ['a', 'b'] },
      ['s3:Get', 'b'],
      'implicitDeny',
    ],
    ['a deny beside an allow', [allow('*'), deny('s3:Get')], ['s3:Get', 'x'], 'explicitDeny'],
    ['a deny of something else', [allow('*'), deny('s3:Put')], ['s3:Get', 'x'], 'allowed'],
    [
      'a role passed to the service',
      passing('StringEquals', 'ecs-tasks.amazonaws.com'),
      ['iam:PassRole', ROLE, 'ecs-tasks.amazonaws.com'],
      'allowed',
    ],
    [
      'a role passed to one of the services',
      passing('StringLike', ['a.*', 'ecs-*']),
      ['iam:PassRole', ROLE, 'ecs-tasks.amazonaws.com'],
      'allowed',
    ],
    [
      'a role passed to another service',
      passing('StringEquals', 'ecs-tasks.amazonaws.com'),
      ['iam:PassRole', ROLE, 'lambda.amazonaws.com'],
      'implicitDeny',
    ],
    [
      'a wildcard that StringEquals does not know',
      passing('StringEquals', 'ecs-*'),
      ['iam:PassRole', ROLE, 'ecs-tasks.amazonaws.com'],
      'implicitDeny',
    ],
    [
      'a condition on what the request lacks',
      passing('StringLike', '*'),
      ['iam:PassRole', ROLE],
      'implicitDeny',
    ],
  ])('%s', (_, statements, [action, resource, passedTo], decision) => {
    expect(decide(statements, action, resource, passedTo)).toBe(decision);
  });

  const words = fc.constantFrom('s3:Get', 's3:Put', 's3:*', '*', 'iam:PassRole');
  const resources = fc.constantFrom('a', 'b', '*', 'a*');
  const statement = fc.record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Action: fc.array(words, { minLength: 1, maxLength: 3 }),
    Resource: fc.array(resources, { minLength: 1, maxLength: 3 }),
  });
  const request = fc.record({
    action: fc.constantFrom('s3:Get', 's3:Put', 'iam:PassRole'),
    resource: fc.constantFrom('a', 'ab', 'b', '*'),
    context: fc.constant({}),
  });
  const policy = (statements: unknown[]) => readPolicy({ Statement: statements }, 'identity');

  it('never allows what one statement denies, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.array(statement),
        fc.array(statement),
        request,
        (before, after, asked: Request) => {
          const refusing = deny(asked.action, asked.resource === '*' ? '*' : asked.resource);
          expect(evaluate(policy([...before, refusing, ...after]), asked)).toBe('explicitDeny');
        },
      ),
    );
  });

  it('decides the same in any order of the statements', () => {
    const shuffled = fc.array(statement, { minLength: 1 }).chain((statements) =>
      fc.tuple(
        fc.constant(statements),
        fc.shuffledSubarray(statements, {
          minLength: statements.length,
          maxLength: statements.length,
        }),
      ),
    );
    fc.assert(
      fc.property(shuffled, request, ([one, other], asked: Request) => {
        expect(evaluate(policy(one), asked)).toBe(evaluate(policy(other), asked));
      }),
    );
  });

  it('allows nothing without an allow', () => {
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1 }), request, (statements, asked: Request) => {
        const denying = statements.map((each) => ({ ...each, Effect: 'Deny' }));
        expect(evaluate(policy(denying), asked)).not.toBe('allowed');
      }),
    );
  });
});

describe('readPolicy', () => {
  it.each<[string, unknown, RegExp]>([
    [
      'a condition key it does not evaluate',
      allow('s3:*', '*', { Condition: { StringEquals: { 'aws:SourceVpc': 'v' } } }),
      /StringEquals on aws:SourceVpc is not evaluated/,
    ],
    [
      'an operator it does not evaluate',
      passing('StringNotEquals', 'x'),
      /StringNotEquals on iam:PassedToService/,
    ],
    [
      'a policy variable',
      allow('s3:*', 'arn:${aws:username}'),
      /policy variable in "arn:\$\{aws:username\}"/,
    ],
    [
      'a statement without a resource',
      { Effect: 'Allow', Action: '*' },
      /needs either Resource or NotResource/,
    ],
    [
      'a statement with both',
      allow('*', '*', { NotAction: 's3:*' }),
      /needs either Action or NotAction/,
    ],
    [
      'a principal in an identity policy',
      allow('*', '*', { Principal: '*' }),
      /Principal does not belong/,
    ],
    [
      'another effect',
      { ...allow('*'), Effect: 'allow' },
      /Effect must be Allow or Deny, not allow/,
    ],
    ['no statement', [], /at least one statement/],
  ])('refuses %s', (_, statements, message) => {
    expect(() => readPolicy({ Statement: statements }, 'identity')).toThrow(message);
  });
});
