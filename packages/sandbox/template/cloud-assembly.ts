/** Reads the folder that `cdk synth` writes: its stacks with templates, dependencies, environments and assets. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from './template.ts';

/** One stack of a cloud assembly. */
export interface AssemblyStack {
  /** Name of the artifact, by which the CDK's command line knows the stack. */
  readonly artifact: string;
  readonly name: string;
  readonly template: Template;
  /** Undefined where the app leaves them open. */
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  /** Artifacts of the stacks that must exist before it. */
  readonly needs: readonly string[];
  /** The parameter that tells the version of the bootstrap stack, and the least version that is needed. */
  readonly bootstrap: { readonly parameter: string; readonly version: number } | undefined;
}

/** A file or folder of the assembly that a template names by bucket and key, which hold pseudo parameters. */
export interface AssemblyAsset {
  readonly bucket: string;
  readonly key: string;
  readonly path: string;
}

/** What a cloud assembly folder holds. */
export interface CloudAssembly {
  readonly stacks: readonly AssemblyStack[];
  readonly assets: readonly AssemblyAsset[];
  /** Display names of container images that the assembly would build and push. */
  readonly images: readonly string[];
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly properties?: Readonly<Record<string, any>>;
  readonly dependencies?: readonly string[];
}

/** `aws://111122223333/eu-west-1`, where each half may be `unknown-account`, `unknown-region`. */
const environmentOf = (environment = ''): Pick<AssemblyStack, 'account' | 'region'> => {
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(environment) ?? [];
  return {
    account: account === 'unknown-account' ? undefined : account,
    region: region === 'unknown-region' ? undefined : region,
  };
};

/** Reads a cloud assembly. Throws if the folder holds none, or one with stages (nested assemblies). */
export const readAssembly = (folder: string): CloudAssembly => {
  const json = (file: string): any => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const artifacts = Object.entries<Artifact>(json('manifest.json').artifacts ?? {});
  const ofType = (type: string) => artifacts.filter(([, artifact]) => artifact.type === type);

  const [nested] = ofType('cdk:cloud-assembly');
  if (nested)
    throw new Error(
      `${folder}: give the folder of one stage, e.g. ${join(folder, nested[1].properties?.directoryName)}`,
    );

  const stackArtifacts = ofType('aws:cloudformation:stack');
  const isStack = new Set(stackArtifacts.map(([name]) => name));
  const manifests = ofType('cdk:asset-manifest').map(([, { properties }]) =>
    json(properties?.file),
  );

  return {
    stacks: stackArtifacts.map(
      ([artifact, { environment, properties = {}, dependencies = [] }]) => ({
        artifact,
        name: properties.stackName ?? artifact,
        template: json(properties.templateFile),
        ...environmentOf(environment),
        parameters: properties.parameters ?? {},
        needs: dependencies.filter((name) => isStack.has(name)),
        bootstrap: properties.bootstrapStackVersionSsmParameter && {
          parameter: properties.bootstrapStackVersionSsmParameter,
          version: properties.requiresBootstrapStackVersion ?? 0,
        },
      }),
    ),
    assets: manifests.flatMap(({ files = {} }) =>
      Object.values<any>(files).flatMap(({ source, destinations }) =>
        Object.values<any>(destinations).map(({ bucketName, objectKey }) => ({
          bucket: bucketName,
          key: objectKey,
          path: join(folder, source.path ?? ''),
        })),
      ),
    ),
    images: manifests.flatMap(({ dockerImages = {} }) =>
      Object.entries<any>(dockerImages).map(([id, { displayName }]) => displayName ?? id),
    ),
  };
};
