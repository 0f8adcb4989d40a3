import type { CreateRepositoryRequest, DescribeRepositoriesRequest } from '@aws-sdk/client-ecr';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud, Operation } from '../../cloud.ts';
import { page } from '../../paging.ts';
import { denied } from '../../policy/denied.ts';
import { paging, refusePages } from './paging.ts';
import type { Registry, Repository } from './state.ts';

const describe = (account: string, repository: Repository) => ({
  repositoryArn: repository.arn,
  registryId: account,
  repositoryName: repository.name,
  repositoryUri: repository.uri,
  createdAt: repository.createdAt,
  imageTagMutability: repository.tagMutability,
  imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
  encryptionConfiguration: { encryptionType: 'AES256' },
});

/** Operations on repositories themselves, and the token that `docker login` asks for. */
export const repositoryOperations = (
  cloud: Cloud,
  registry: Registry,
): Record<string, Operation> => ({
  CreateRepository: (input: CreateRepositoryRequest, { region }: Caller) => {
    const repositories = registry.repositories(region);
    const name = input.repositoryName ?? '';
    if (!/^[a-z0-9]+([._/-][a-z0-9]+)*$/.test(name) || name.length < 2) {
      throw new AwsError(
        'InvalidParameterException',
        `Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*''`,
      );
    }
    if (repositories.has(name)) {
      throw new AwsError(
        'RepositoryAlreadyExistsException',
        `The repository with name '${name}' already exists in the registry with id '${cloud.account}'`,
      );
    }
    const repository: Repository = {
      arn: `arn:aws:ecr:${region}:${cloud.account}:repository/${name}`,
      name,
      uri: `${cloud.account}.dkr.ecr.${region}.amazonaws.com/${name}`,
      createdAt: new Date(cloud.clock.now()),
      tagMutability: input.imageTagMutability ?? 'MUTABLE',
      scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
      images: new Map(),
    };
    repositories.set(name, repository);
    return { repository: describe(cloud.account, repository) };
  },

  DescribeRepositories: (input: DescribeRepositoriesRequest, { region }: Caller) => {
    if (input.repositoryNames) refusePages(input, 'repositoryNames');
    const { registryId = cloud.account } = input;
    const wanted = input.repositoryNames?.map((repositoryName) =>
      registry.repository(region, { repositoryName, registryId }),
    );
    if (!wanted && registryId !== cloud.account) {
      throw denied('ecr', `The registry with id '${registryId}' is not part of this sandbox`);
    }
    const all = [...registry.repositories(region).values()];
    const { items, next } = wanted ? { items: wanted, next: {} } : page(paging, all, input);
    return {
      repositories: items.map((repository) => describe(cloud.account, repository)),
      ...next,
    };
  },

  GetAuthorizationToken: (_: unknown, { region }: Caller) => ({
    authorizationData: [
      {
        authorizationToken: Buffer.from(`AWS:${cloud.id(40)}`).toString('base64'),
        expiresAt: new Date(cloud.clock.now() + 12 * 3_600_000),
        proxyEndpoint: `https://${cloud.account}.dkr.ecr.${region}.amazonaws.com`,
      },
    ],
  }),
});
