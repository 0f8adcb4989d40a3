/** A CodeBuild project of a pipeline, with a role that may do exactly what it is told. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  type BuildSpec,
  ComputeType,
  type IBuildImage,
  LinuxArmBuildImage,
  LinuxBuildImage,
  PipelineProject,
} from 'aws-cdk-lib/aws-codebuild';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { inlineRole } from '../inline-role.ts';
import { writeLog } from './permissions.ts';
import type { ImageBuild } from './props.ts';

/** The newest of AWS's images for each processor. */
const BUILD_IMAGES: Readonly<Record<NonNullable<ImageBuild['architecture']>, IBuildImage>> = {
  arm64: LinuxArmBuildImage.AMAZON_LINUX_2023_STANDARD_4_0,
  amd64: LinuxBuildImage.AMAZON_LINUX_2023_6,
};

export interface BuildProjectProps {
  readonly name: string;
  readonly description: string;
  readonly buildSpec: BuildSpec;
  /** Settings of its script. */
  readonly settings: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
  /**
   * Whether it builds images: only the Docker daemon needs a privileged container.
   * @default false
   */
  readonly privileged?: boolean;
  /**
   * Processor that it runs on.
   * @default 'arm64'
   */
  readonly architecture?: ImageBuild['architecture'];
  /**
   * Size of its machine.
   * @default ComputeType.SMALL
   */
  readonly computeType?: ComputeType | undefined;
  /**
   * Key of the artifacts.
   * @default - keys that S3 manages
   */
  readonly encryptionKey?: IKey | undefined;
}

/** Makes the project, its role and its log. */
export const buildProject = (
  scope: Construct,
  id: string,
  {
    name,
    description,
    buildSpec,
    settings,
    statements,
    privileged = false,
    architecture = 'arm64',
    computeType = ComputeType.SMALL,
    encryptionKey,
  }: BuildProjectProps,
): PipelineProject => {
  const logGroup = new LogGroup(scope, `${id}Logs`, {
    logGroupName: `/aws/codebuild/${name}`,
    retention: RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  return new PipelineProject(scope, id, {
    projectName: name,
    description,
    buildSpec,
    role: inlineRole(scope, `${id}Role`, 'codebuild.amazonaws.com', [
      ...statements,
      writeLog(logGroup),
    ]),
    environment: { buildImage: BUILD_IMAGES[architecture], computeType, privileged },
    environmentVariables: Object.fromEntries(
      Object.entries(settings).map(([key, value]) => [key, { value }]),
    ),
    logging: { cloudWatch: { logGroup } },
    timeout: Duration.hours(1),
    ...(encryptionKey && { encryptionKey }),
  });
};
