/** What a user says about a pipeline: where the source is, what it builds of it, and which pair it releases. */
import type { BuildSpec, ComputeType } from 'aws-cdk-lib/aws-codebuild';
import type { IRepository as ISourceRepository } from 'aws-cdk-lib/aws-codecommit';
import type { ExecutionMode } from 'aws-cdk-lib/aws-codepipeline';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { ReleasePair } from '../pair/release-pair.ts';

/** A repository at GitHub, GitLab or Bitbucket, by a connection that somebody has authorised in the console. */
export interface ConnectedSource {
  /** ARN of the connection. */
  readonly connectionArn: string;
  /** Who owns the repository there: a person, an organisation, a group. */
  readonly owner: string;
  /** Name of the repository. */
  readonly repository: string;
  /**
   * Branch whose commits are released.
   * @default 'main'
   */
  readonly branch?: string;
  /**
   * Whether the build gets the repository with its history instead of the files alone. The release then names the
   * author of the commit, who cannot approve it where the pair requires four eyes.
   * @default false
   */
  readonly fullClone?: boolean;
}

/** A repository of CodeCommit. */
export interface CodeCommitSource {
  readonly codeCommit: ISourceRepository;
  /**
   * Branch whose commits are released.
   * @default 'main'
   */
  readonly branch?: string;
  /**
   * Whether the build gets the repository with its history instead of the files alone. The release then names the
   * author of the commit, who cannot approve it where the pair requires four eyes.
   * @default false
   */
  readonly fullClone?: boolean;
}

/** A zip file in a versioned bucket that sends its events to EventBridge. */
export interface BucketSource {
  readonly bucket: IBucket;
  /** Key of the zip file. */
  readonly key: string;
}

export type Source = ConnectedSource | CodeCommitSource | BucketSource;

/** The image of the pair's service. */
export interface ImageBuild {
  /** Name of the target in releases, e.g. `web`. */
  readonly target: string;
  /** Repository that the image is pushed to; the one that the pair's service names. */
  readonly repository: IRepository;
  /**
   * Folder of the source with the Dockerfile.
   * @default - the root of the source
   */
  readonly folder?: string;
  /**
   * Processor that the service's tasks have. The build runs on the same, so nothing is emulated.
   * @default 'arm64'
   */
  readonly architecture?: 'arm64' | 'amd64';
}

/** The code of the pair's function. */
export interface FunctionBuild {
  /** Name of the target in releases, e.g. `api`. */
  readonly target: string;
  readonly function: IFunction;
  /**
   * Folder of the source whose content becomes the function's code. What must be compiled first, `buildSpec` compiles.
   * @default - the root of the source
   */
  readonly folder?: string;
}

export interface ReleasePipelineProps {
  /**
   * The pair, or its name where another stack makes it. With the pair itself more is checked at synth. A pair whose
   * image the pipeline pushes has `join: 'manual'`.
   */
  readonly pair: ReleasePair | string;
  readonly source: Source;
  /**
   * Image to build and to push.
   * @default - the service is left alone
   */
  readonly image?: ImageBuild;
  /**
   * Function to package and to publish.
   * @default - the function is left alone
   */
  readonly function?: FunctionBuild;
  /**
   * What the build does besides: runtimes, caches, commands. Those of `install` and `pre_build` run before image and
   * function are made.
   * @default - nothing
   */
  readonly buildSpec?: BuildSpec;
  /**
   * Size of the machine that builds.
   * @default ComputeType.SMALL
   */
  readonly computeType?: ComputeType;
  /**
   * What becomes of a commit that comes while another is being released. SUPERSEDED releases the newest that waits,
   * as Tandem does with releases; QUEUED releases every one. PARALLEL is refused.
   * @default ExecutionMode.SUPERSEDED
   */
  readonly executionMode?: ExecutionMode;
  /**
   * Name of the pipeline; its build projects begin with it.
   * @default - `tandem-<pair>`
   */
  readonly pipelineName?: string;
  /**
   * Machine that releases; a standard one.
   * @default - `tandem-release` of this account and Region
   */
  readonly machine?: IStateMachine;
  /**
   * Key of the artifacts, for those who must share or revoke them. Its policy must let the roles of this account use it.
   * @default - keys that S3 manages
   */
  readonly encryptionKey?: IKey;
}
