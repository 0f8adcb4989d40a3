/** Resource policies: which AWS service may invoke which function, version or alias. */
import type { Caller, Operation } from '../../cloud.ts';
import { matches } from '../../policy/evaluate.ts';
import type { Reference } from './arns.ts';
import { lambdaError, requireRevision } from './errors.ts';
import { type Functions, type LambdaFunction, revisionOf } from './functions.ts';

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: unknown;
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

interface Policy {
  readonly statements: ReadonlyMap<string, Statement>;
  readonly revisionId: string;
}

/** Policies of all functions, their versions and aliases. */
export interface Policies {
  readonly operations: Readonly<Record<string, Operation>>;
  /** Throws AccessDeniedException unless a statement lets the service in that calls. */
  requireAllowed(fn: LambdaFunction, reference: Reference, caller: Caller, source?: string): void;
  /** Whether anybody may use the Function URL without a signature. */
  isPublic(fn: LambdaFunction, qualifier: string | undefined): boolean;
}

const conditionOf = (input: any): Statement['Condition'] => {
  const like = input.SourceArn && { ArnLike: { 'AWS:SourceArn': input.SourceArn } };
  const equals = {
    ...(input.SourceAccount && { 'AWS:SourceAccount': input.SourceAccount }),
    ...(input.PrincipalOrgID && { 'aws:PrincipalOrgID': input.PrincipalOrgID }),
    ...(input.FunctionUrlAuthType && { 'lambda:FunctionUrlAuthType': input.FunctionUrlAuthType }),
  };
  const all = { ...like, ...(Object.keys(equals).length > 0 && { StringEquals: equals }) };
  return Object.keys(all).length > 0 ? all : undefined;
};

const principalOf = (principal: string): unknown => {
  if (principal === '*') return '*';
  if (principal.endsWith('.amazonaws.com')) return { Service: principal };
  const root = /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal;
  return { AWS: root };
};

/** Makes the resource policies; `newRevision` gives a RevisionId. */
export const resourcePolicies = (functions: Functions, newRevision: () => string): Policies => {
  const policies = new WeakMap<LambdaFunction, Map<string | undefined, Policy>>();
  const policyOf = (fn: LambdaFunction, qualifier: string | undefined): Policy | undefined =>
    policies.get(fn)?.get(qualifier);
  const keep = (
    fn: LambdaFunction,
    qualifier: string | undefined,
    statements: ReadonlyMap<string, Statement>,
  ) => {
    const ofFunction = policies.get(fn) ?? new Map<string | undefined, Policy>();
    policies.set(fn, ofFunction);
    if (statements.size === 0) ofFunction.delete(qualifier);
    else ofFunction.set(qualifier, { statements, revisionId: newRevision() });
  };
  const missing = () =>
    lambdaError('ResourceNotFoundException', 'The resource you requested does not exist.');

  const operations: Record<string, Operation> = {
    AddPermission: (input, caller) => {
      const { fn, reference } = functions.find(input, caller);
      const { qualifier } = reference;
      revisionOf(fn, qualifier);
      const policy = policyOf(fn, qualifier);
      if (policy) requireRevision(input.RevisionId, policy.revisionId);
      if (policy?.statements.has(input.StatementId))
        throw lambdaError(
          'ResourceConflictException',
          `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
        );
      const condition = conditionOf(input);
      const statement: Statement = {
        Sid: input.StatementId,
        Effect: 'Allow',
        Principal: principalOf(input.Principal),
        Action: input.Action,
        Resource: reference.qualifiedArn,
        ...(condition && { Condition: condition }),
      };
      keep(fn, qualifier, new Map([...(policy?.statements ?? []), [statement.Sid, statement]]));
      return { Statement: JSON.stringify(statement) };
    },

    RemovePermission: (input, caller) => {
      const { fn, reference } = functions.find(input, caller);
      const policy = policyOf(fn, reference.qualifier);
      if (!policy?.statements.has(input.StatementId))
        throw lambdaError(
          'ResourceNotFoundException',
          `Statement ${input.StatementId} is not found in resource policy.`,
        );
      requireRevision(input.RevisionId, policy.revisionId);
      const left = [...policy.statements].filter(([id]) => id !== input.StatementId);
      keep(fn, reference.qualifier, new Map(left));
      return {};
    },

    GetPolicy: (input, caller) => {
      const { fn, reference } = functions.find(input, caller);
      const policy = policyOf(fn, reference.qualifier);
      if (!policy) throw missing();
      const Statement = [...policy.statements.values()];
      return {
        Policy: JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement }),
        RevisionId: policy.revisionId,
      };
    },
  };

  const statementsOf = (fn: LambdaFunction, qualifier: string | undefined) => [
    ...(policyOf(fn, qualifier)?.statements.values() ?? []),
  ];

  return {
    operations,
    requireAllowed: (fn, { qualifier, qualifiedArn }, { principal }, source) => {
      if (principal.kind !== 'service') return;
      const allowed = statementsOf(fn, qualifier).some(({ Action, Principal, Condition }) => {
        const who = Principal === '*' ? '*' : (Principal as { Service?: string }).Service;
        const from = Condition?.ArnLike?.['AWS:SourceArn'];
        return (
          (who === '*' || who === principal.service) &&
          matches(Action, 'lambda:InvokeFunction') &&
          (!from || !source || matches(from, source))
        );
      });
      if (allowed) return;
      throw lambdaError(
        'AccessDeniedException',
        `User: ${principal.service} is not authorized to perform: lambda:InvokeFunction on resource: ${qualifiedArn} because no resource-based policy allows the lambda:InvokeFunction action`,
      );
    },
    isPublic: (fn, qualifier) =>
      statementsOf(fn, qualifier).some(
        ({ Action, Principal }) => Principal === '*' && matches(Action, 'lambda:InvokeFunctionUrl'),
      ),
  };
};
