/** What a key's own policy says of AWS's services; what roles may do is IAM's, to which CDK leaves every key. */
import { AwsError } from '../../aws-error.ts';
import type { Caller } from '../../cloud.ts';
import {
  permits,
  policyOf,
  type Refuse,
  type ResourcePolicy,
  type Statement,
  statementsOf,
} from '../../delivery/resource-policy.ts';
import { denied } from '../../policy/denied.ts';

const namesService = ({ Principal }: Statement): boolean =>
  typeof Principal === 'object' && Principal.Service !== undefined;

const malformed: Refuse = (reason) => new AwsError('MalformedPolicyDocumentException', reason);

/** Reads the statements for services out of a policy (JSON text or object); those for roles and accounts have conditions of their own. */
export const servicesPolicy = (source: unknown): ResourcePolicy => {
  const statements = statementsOf(source ?? { Statement: [] }, malformed);
  return policyOf(statements.filter(namesService), malformed);
};

/** Throws what KMS throws when a service uses a key whose policy does not name it. `source`: for what it acts. */
export const admit = (
  { arn, policy }: { readonly arn: string; readonly policy: ResourcePolicy },
  caller: Caller,
  action: string,
  source?: string,
): void => {
  const { principal } = caller;
  if (principal.kind !== 'service' || permits(policy, caller, action, source)) return;
  throw denied(
    'kms',
    `User: ${principal.service} is not authorized to perform: ${action} on resource: ${arn} because no resource-based policy allows the ${action} action`,
  );
};
