/** What is asked of one Region: its operations, its stacks, its registry. */
import type { Clock } from './clock/clock.ts';
import type { CallFunction } from './cloud.ts';
import { deployAssembly } from './template/assembly.ts';
import { type DeployedStack, deployStack } from './template/deploy.ts';
import type { StackEvent } from './template/stack-events.ts';

type StackRequest = Parameters<typeof deployStack>[0];

/** A Region of the account. */
export interface Regional {
  readonly region: string;
  /** Calls an operation as the owner of the account. */
  call(service: string, operation: string, input: unknown): Promise<any>;
  /** Deploys stacks of a CDK cloud assembly (default: all), in the order in which they need each other. */
  deploy(
    folder: string,
    options?: { stacks?: readonly string[]; progress?: (event: StackEvent) => void },
  ): Promise<Record<string, DeployedStack>>;
  /** Deploys one template; `assets` gives the folder or zip file behind a bucket and key. */
  deployTemplate(
    stack: string,
    template: unknown,
    options?: {
      parameters?: Record<string, string>;
      assets?: (bucket: string, key: string) => string;
    },
  ): Promise<DeployedStack>;
  /** The sandbox's docker push: makes an image of a folder by its Dockerfile. */
  push(
    repository: string,
    tag: string,
    folder: string,
    /** With platforms (`linux/arm64`) an index is pushed, with an image for each. */
    platforms?: readonly string[],
  ): Promise<{ digest: string; image: string }>;
}

/** What all Regions of an account share. */
interface Shared extends Pick<StackRequest, 'account' | 'providers' | 'note' | 'id'> {
  readonly clock: Clock;
  readonly call: CallFunction;
  readonly push: (
    region: string,
    ...image: Parameters<Regional['push']>
  ) => ReturnType<Regional['push']>;
}

const noAssets = (bucket: string, key: string): never => {
  throw new Error(`nobody said where s3://${bucket}/${key} lies: give \`assets\``);
};

/** Gives each Region of an account, the same one for the same name. */
export const regionsOf = ({ clock, push, ...shared }: Shared): ((region: string) => Regional) => {
  const known = new Map<string, Regional>();
  const deployer = { ...shared, exports: new Map<string, string>() };

  const open = (region: string): Regional => {
    const existing = new Set<string>();
    return {
      region,
      call: (service, operation, input) =>
        shared.call({ principal: { kind: 'owner' }, region, service, operation, input }),
      deploy: async (folder, { stacks, progress } = {}) => {
        const deployed = await clock.until(
          deployAssembly({
            ...deployer,
            folder,
            region,
            existing,
            ...(stacks ? { stacks } : {}),
            ...(progress ? { progress } : {}),
          }),
        );
        for (const name of Object.keys(deployed)) existing.add(name);
        return deployed;
      },
      deployTemplate: (stack, template, { parameters = {}, assets = noAssets } = {}) =>
        clock.until(
          deployStack({
            ...deployer,
            template: template as StackRequest['template'],
            stack,
            region,
            parameters,
            assets,
          }),
        ),
      push: (...image) => push(region, ...image),
    };
  };

  return (region) => {
    const found = known.get(region) ?? open(region);
    known.set(region, found);
    return found;
  };
};
