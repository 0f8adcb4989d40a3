/** What a provider is given about the stack and the resource that it creates. */
import type { CallFunction, ResourceContext } from '../cloud.ts';

/** The local file or folder of the asset that a template names by bucket and key; throws if there is none. */
export type AssetResolver = (bucket: string, key: string) => string;

/** The stack for which resources are created. */
export interface StackIdentity {
  readonly stack: string;
  readonly region: string;
  readonly account: string;
}

/** A name as CloudFormation makes it; if there is too little room, the longer part is cut. */
const physicalName = (stack: string, logicalId: string, suffix: string, longest = 255): string => {
  const room = longest - suffix.length - 2;
  const stackRoom = Math.max(Math.floor(room / 2), room - logicalId.length);
  const head = stack.slice(0, stackRoom);
  return `${head}-${logicalId.slice(0, room - head.length)}-${suffix}`;
};

/** Makes the context of one resource. Its calls are CloudFormation's own, which IAM denies nothing. */
export const resourceContext = (
  identity: StackIdentity,
  logicalId: string,
  suffix: string,
  { call, assets }: { call: CallFunction; assets: AssetResolver },
): ResourceContext => ({
  ...identity,
  logicalId,
  physicalName: (longest) => physicalName(identity.stack, logicalId, suffix, longest),
  asset: assets,
  call: (service, operation, input) =>
    call({
      principal: { kind: 'service', service: 'cloudformation.amazonaws.com' },
      region: identity.region,
      service,
      operation,
      input,
    }),
});
