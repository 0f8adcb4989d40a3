import type { Caller, Cloud, Permission, Service } from '../../cloud.ts';
import { imageOperations } from './images.ts';
import { type Push, pushInto } from './push.ts';
import { putImage } from './put-image.ts';
import { repositoryOperations } from './repositories.ts';
import { repositoryResource } from './resources.ts';
import { scanOperations } from './scans.ts';
import { registry } from './state.ts';

/** Elastic Container Registry, and the sandbox's own way to fill it. */
export interface EcrService extends Service {
  /** Folder with the files of an image that `push` made. */
  imageFolder(digest: string): string | undefined;
  readonly push: Push;
}

const onRepository = [
  'CreateRepository',
  'PutImage',
  'DescribeImages',
  'ListImages',
  'BatchGetImage',
  'BatchDeleteImage',
  'StartImageScan',
  'DescribeImageScanFindings',
];

/** Elastic Container Registry with repositories, images and the event of every push. */
export const ecrService = (cloud: Cloud): EcrService => {
  const state = registry(cloud.account);
  const folders = new Map<string, string>();

  const repositoryArn = (name: string, { region }: Caller) =>
    `arn:aws:ecr:${region}:${cloud.account}:repository/${name}`;
  const asks =
    (operation: string) =>
    (input: any, caller: Caller): Permission[] => [
      { action: `ecr:${operation}`, resource: repositoryArn(input.repositoryName, caller) },
    ];
  const describeRepositories = (input: any, caller: Caller): Permission[] =>
    (input.repositoryNames ?? ['*']).map((name: string) => ({
      action: 'ecr:DescribeRepositories',
      resource: repositoryArn(name, caller),
    }));

  return {
    id: 'ecr',
    operations: {
      ...repositoryOperations(cloud, state),
      ...imageOperations(state),
      ...scanOperations(cloud, state, (digest) => folders.get(digest)),
      PutImage: putImage(cloud, state, (digest) => folders.has(digest)),
    },
    permissions: {
      ...Object.fromEntries(onRepository.map((operation) => [operation, asks(operation)])),
      DescribeRepositories: describeRepositories,
    },
    resources: { 'AWS::ECR::Repository': repositoryResource },
    imageFolder: (digest) => folders.get(digest),
    push: pushInto(cloud, (digest, folder) => void folders.set(digest, folder)),
  };
};
