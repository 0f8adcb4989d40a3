/** The stack `tandem-registry`: where the images of the sample's web service are pushed. */
import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Repository, TagMutability, TagStatus } from 'aws-cdk-lib/aws-ecr';
import type { Construct } from 'constructs';

/** Name of the repository. */
export const REPOSITORY = 'storefront-web';

/** One repository: a tag names one image for ever, and what nobody names any more goes after a month. */
export class RegistryStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    new Repository(this, 'StorefrontWeb', {
      repositoryName: REPOSITORY,
      imageTagMutability: TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      lifecycleRules: [
        {
          description: 'Untagged images go after 30 days',
          tagStatus: TagStatus.UNTAGGED,
          maxImageAge: Duration.days(30),
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
