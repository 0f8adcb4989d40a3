/** Deploys the stacks of a CDK cloud assembly, each after those it needs. */
import {
  type AssemblyAsset,
  type AssemblyStack,
  type CloudAssembly,
  readAssembly,
} from './cloud-assembly.ts';
import { type DeployedStack, type Deployer, deployStack } from './deploy.ts';
import { creationOrder } from './order.ts';
import type { AssetResolver } from './resource-context.ts';
import { substitute } from './substitution.ts';

/** What to deploy from which folder. */
export interface AssemblyRequest extends Deployer {
  readonly folder: string;
  /** Artifact or stack names; those they need come with them. Default: all. */
  readonly stacks?: readonly string[] | undefined;
  /** Region of the stacks that name none. */
  readonly region: string;
  /** Stacks that are deployed already, by name: they are not created again. */
  readonly existing?: ReadonlySet<string> | undefined;
  /** Parameters by stack name. */
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
}

const selected = (
  { stacks }: CloudAssembly,
  names: readonly string[] | undefined,
): AssemblyStack[] => {
  const byArtifact = new Map(stacks.map((stack) => [stack.artifact, stack]));
  const chosen = names?.map((name) => {
    const stack = stacks.find(
      ({ artifact, name: stackName }) => name === artifact || name === stackName,
    );
    if (stack) return stack.artifact;
    throw new Error(
      `the assembly has no stack ${name}; it has: ${stacks.map((each) => each.name).join(', ')}`,
    );
  });
  const order = creationOrder(
    chosen ?? [...byArtifact.keys()],
    (name) => byArtifact.get(name)?.needs ?? [],
  );
  return order.map((artifact) => byArtifact.get(artifact) as AssemblyStack);
};

/** Resolves assets by bucket and key, once the pseudo parameters in these are replaced. */
const assetResolver = (
  assets: readonly AssemblyAsset[],
  account: string,
  region: string,
): AssetResolver => {
  const pseudo: Record<string, string> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
  };
  const concrete = (name: string) =>
    substitute(name, (placeholder) => pseudo[placeholder] ?? placeholder);
  const paths = new Map(
    assets.map(({ bucket, key, path }) => [`${concrete(bucket)}/${concrete(key)}`, path]),
  );
  return (bucket, key) => {
    const path = paths.get(`${bucket}/${key}`);
    if (path) return path;
    throw new Error(`the assembly has no asset s3://${bucket}/${key}. Synthesize it again.`);
  };
};

/** The bootstrap stack of an account is, for us, only the parameter that tells its version. */
const bootstrap = async (
  { call }: AssemblyRequest,
  region: string,
  { bootstrap: wanted }: AssemblyStack,
) => {
  if (!wanted) return;
  const principal = { kind: 'owner' } as const;
  const input = {
    Name: wanted.parameter,
    Type: 'String',
    Value: String(wanted.version),
    Overwrite: true,
  };
  await call({ principal, region, service: 'ssm', operation: 'PutParameter', input });
};

/** Deploys the chosen stacks of an assembly; gives them by stack name, in the order of their deployment. */
export const deployAssembly = async (
  request: AssemblyRequest,
): Promise<Record<string, DeployedStack>> => {
  const assembly = readAssembly(request.folder);
  for (const image of assembly.images)
    request.note(`container image ${image} of the assembly is not built`);

  const deployed: Record<string, DeployedStack> = {};
  for (const stack of selected(assembly, request.stacks)) {
    if (request.existing?.has(stack.name)) continue;
    if (stack.account && stack.account !== request.account) {
      throw new Error(
        `stack ${stack.name} is made for account ${stack.account}, the sandbox is ${request.account}. Synthesize it without an account, or start the sandbox with that one.`,
      );
    }
    const region = stack.region ?? request.region;
    await bootstrap(request, region, stack);
    deployed[stack.name] = await deployStack({
      ...request,
      template: stack.template,
      stack: stack.name,
      region,
      parameters: { ...stack.parameters, ...request.parameters?.[stack.name] },
      assets: assetResolver(assembly.assets, request.account, region),
    });
  }
  return deployed;
};
