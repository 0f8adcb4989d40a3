/** What a key's own policy says of AWS's services; what roles may do is IAM's, to which CDK leaves every key. */
import type { Caller } from '../../cloud.ts';
import { permits, type ResourcePolicy, resourcePolicy } from '../../delivery/resource-policy.ts';
import { denied } from '../../policy/denied.ts';

const namesService = ({ Principal }: any): boolean =>
  typeof Principal === 'object' && Principal?.Service !== undefined;

/** Reads the statements for services out of a policy (JSON text or object); those for roles and accounts have conditions of their own. */
export const servicesPolicy = (source: unknown): ResourcePolicy => {
  const { Statement = [] } = (typeof source === 'string' ? JSON.parse(source) : source) ?? {};
  return resourcePolicy({ Statement: [Statement].flat().filter(namesService) });
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
