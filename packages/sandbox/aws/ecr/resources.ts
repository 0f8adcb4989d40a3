import type { ResourceProvider } from '../../cloud.ts';

/** CloudFormation's AWS::ECR::Repository. */
export const repositoryResource: ResourceProvider = {
  properties: ['RepositoryName', 'ImageTagMutability', 'ImageScanningConfiguration'],
  ignored: [
    'LifecyclePolicy',
    'EncryptionConfiguration',
    'RepositoryPolicyText',
    'EmptyOnDelete',
    'Tags',
  ],
  create: async (properties, context) => {
    const { repository } = await context.call('ecr', 'CreateRepository', {
      repositoryName: properties.RepositoryName ?? context.physicalName(256).toLowerCase(),
      imageTagMutability: properties.ImageTagMutability,
      imageScanningConfiguration: {
        scanOnPush: properties.ImageScanningConfiguration?.ScanOnPush ?? false,
      },
    });
    return {
      ref: repository.repositoryName,
      attributes: { Arn: repository.repositoryArn, RepositoryUri: repository.repositoryUri },
    };
  },
};
