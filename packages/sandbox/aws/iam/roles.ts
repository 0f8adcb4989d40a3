/** The roles and customer managed policies of the sandbox's account; IAM is the same in every Region. */
import { AwsError } from '../../aws-error.ts';
import type { Cloud } from '../../cloud.ts';
import type { Statement } from '../../policy/document.ts';

/** A policy as it was given and as it is evaluated. */
export interface StoredPolicy {
  readonly document: string;
  readonly statements: readonly Statement[];
}

/** A role with its inline policies and the ARNs of its managed ones. */
export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  readonly path: string;
  readonly created: Date;
  readonly description: string | undefined;
  readonly longestSession: number;
  trust: string;
  readonly inline: Map<string, StoredPolicy>;
  readonly attached: Set<string>;
}

/** A customer managed policy. */
export interface ManagedPolicy extends StoredPolicy {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  readonly path: string;
  readonly created: Date;
}

/** Everything that IAM remembers. */
export interface Account {
  readonly roles: Map<string, Role>;
  readonly policies: Map<string, ManagedPolicy>;
  /** The role of that name; throws NoSuchEntityException. */
  role(name: string): Role;
  /** All statements of the role with that ARN; none if there is no such role. */
  statements(roleArn: string): readonly Statement[];
  /** An id of IAM's form, e.g. `AROA` and 17 characters. */
  uniqueId(prefix: 'AROA' | 'ANPA'): string;
}

/** Makes an account without roles. */
export const emptyAccount = (cloud: Cloud): Account => {
  const roles = new Map<string, Role>();
  const policies = new Map<string, ManagedPolicy>();
  return {
    roles,
    policies,
    role: (name) => {
      const role = roles.get(name);
      if (role) return role;
      throw new AwsError('NoSuchEntityException', `The role with name ${name} cannot be found.`, {
        status: 404,
      });
    },
    statements: (roleArn) => {
      const role = roles.get(roleArn.slice(roleArn.lastIndexOf('/') + 1));
      if (!role || role.arn !== roleArn) return [];
      const attached = [...role.attached].flatMap((arn) => policies.get(arn) ?? []);
      return [...role.inline.values(), ...attached].flatMap(({ statements }) => statements);
    },
    uniqueId: (prefix) => prefix + cloud.id(17, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'),
  };
};
