/** The project that builds a commit: image, function, and the input of their release. */
import { type BuildSpec, mergeBuildSpecs, type PipelineProject } from 'aws-cdk-lib/aws-codebuild';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { useArtifacts } from './artifacts.ts';
import { buildProject } from './build-project.ts';
import { publishVersions, pushImages } from './permissions.ts';
import type { FunctionBuild, ImageBuild, ReleasePipelineProps } from './props.ts';
import { buildCommands } from './scripts.ts';

/** The root of the source. */
const ROOT = '.';

const ARCHITECTURE = 'arm64';

const settingsOfImage = ({
  target,
  repository,
  folder = ROOT,
  architecture = ARCHITECTURE,
}: ImageBuild) => ({
  IMAGE_TARGET: target,
  IMAGE_URI: repository.repositoryUri,
  IMAGE_FOLDER: folder,
  IMAGE_PLATFORM: `linux/${architecture}`,
});

const settingsOfFunction = ({ target, function: code, folder = ROOT }: FunctionBuild) => ({
  FUNCTION_TARGET: target,
  FUNCTION_NAME: code.functionName,
  FUNCTION_FOLDER: folder,
});

/** Our commands with those of the user beside them. */
const withOwn = (pair: string, own: BuildSpec | undefined): BuildSpec => {
  if (!own) return buildCommands();
  try {
    return mergeBuildSpecs(buildCommands(), own);
  } catch (error) {
    throw new Error(
      `The buildSpec of the pipeline of pair "${pair}" cannot be joined with the pipeline's: ${(error as Error).message} ` +
        'Make it with BuildSpec.fromObject, version 0.2, without artifacts.',
    );
  }
};

export interface CommitBuildProps
  extends Pick<
    ReleasePipelineProps,
    'image' | 'function' | 'buildSpec' | 'computeType' | 'encryptionKey'
  > {
  readonly pair: string;
  readonly name: string;
  /** What is built, for people. */
  readonly label: string;
  readonly artifacts: IBucket;
  /** What it needs to clone the source. */
  readonly cloneStatements: readonly PolicyStatement[];
}

/** Makes the project. */
export const commitBuild = (
  scope: Construct,
  {
    pair,
    name,
    label,
    artifacts,
    cloneStatements,
    image,
    function: code,
    buildSpec,
    computeType,
    encryptionKey,
  }: CommitBuildProps,
): PipelineProject =>
  buildProject(scope, 'Build', {
    name,
    description: `Builds what a commit holds for the pair ${pair}.`,
    buildSpec: withOwn(pair, buildSpec),
    settings: {
      PAIR: pair,
      SOURCE: label,
      ...(image && settingsOfImage(image)),
      ...(code && settingsOfFunction(code)),
    },
    statements: [
      ...useArtifacts(artifacts, 'read', 'write'),
      ...cloneStatements,
      ...(image ? pushImages(image) : []),
      ...(code ? publishVersions(code) : []),
    ],
    privileged: image !== undefined,
    architecture: image?.architecture ?? ARCHITECTURE,
    computeType,
    encryptionKey,
  });
