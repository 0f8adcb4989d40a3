/** The first action of a pipeline: it takes the commit that is released. */

import type { Artifact, IAction, Pipeline } from 'aws-cdk-lib/aws-codepipeline';
import {
  CodeCommitSourceAction,
  CodeStarConnectionsSourceAction,
  S3SourceAction,
  S3Trigger,
} from 'aws-cdk-lib/aws-codepipeline-actions';
import { Rule } from 'aws-cdk-lib/aws-events';
import { CodePipeline } from 'aws-cdk-lib/aws-events-targets';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { allow } from './permissions.ts';
import type { BucketSource, CodeCommitSource, ConnectedSource, Source } from './props.ts';

/** What the rest of the pipeline knows of its source. */
export interface SourceAction {
  readonly action: IAction;
  /** What is released, for people: repository and branch. */
  readonly label: string;
  /** The commit, as a variable of the pipeline; the image's tag is made of it. */
  readonly revision: string;
  /** What the pipeline's role needs. */
  readonly statements: readonly PolicyStatement[];
  /** What the build's role needs to clone it. */
  readonly cloneStatements: readonly PolicyStatement[];
  /** Starts the pipeline where the action itself does not. */
  readonly startBy?: (pipeline: Pipeline) => void;
}

const BRANCH = 'main';
const actionName = 'Source';

const connected = (source: ConnectedSource, output: Artifact): SourceAction => {
  const { connectionArn, owner, repository, branch = BRANCH, fullClone = false } = source;
  const action = new CodeStarConnectionsSourceAction({
    actionName,
    output,
    connectionArn,
    owner,
    repo: repository,
    branch,
    codeBuildCloneOutput: fullClone,
  });
  // The service has two names; which of them asks depends on the age of the connection.
  const use = () =>
    allow(['codeconnections:UseConnection', 'codestar-connections:UseConnection'], connectionArn);
  return {
    action,
    label: `${owner}/${repository} ${branch}`,
    revision: action.variables.commitId,
    statements: [use()],
    cloneStatements: fullClone ? [use()] : [],
  };
};

const fromCodeCommit = (
  { codeCommit, branch = BRANCH, fullClone = false }: CodeCommitSource,
  output: Artifact,
): SourceAction => {
  const action = new CodeCommitSourceAction({
    actionName,
    output,
    repository: codeCommit,
    branch,
    codeBuildCloneOutput: fullClone,
  });
  return {
    action,
    label: `${codeCommit.repositoryName} ${branch}`,
    revision: action.variables.commitId,
    statements: [
      allow(
        [
          'codecommit:CancelUploadArchive',
          'codecommit:GetBranch',
          'codecommit:GetCommit',
          'codecommit:GetUploadArchiveStatus',
          'codecommit:UploadArchive',
          // A full clone begins with where the repository is.
          ...(fullClone ? ['codecommit:GetRepository'] : []),
        ],
        codeCommit.repositoryArn,
      ),
    ],
    cloneStatements: fullClone ? [allow(['codecommit:GitPull'], codeCommit.repositoryArn)] : [],
  };
};

/** Events of the bucket instead of polling, and instead of a trail. */
const onUpload =
  ({ bucket, key }: BucketSource) =>
  (pipeline: Pipeline): void =>
    void new Rule(pipeline, 'Upload', {
      description: `Starts ${pipeline.node.path} when its source is uploaded.`,
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [bucket.bucketName] }, object: { key: [key] } },
      },
      targets: [new CodePipeline(pipeline)],
    });

const fromBucket = (source: BucketSource, output: Artifact): SourceAction => {
  const { bucket, key } = source;
  const action = new S3SourceAction({
    actionName,
    output,
    bucket,
    bucketKey: key,
    trigger: S3Trigger.NONE,
  });
  return {
    action,
    label: `${bucket.bucketName}/${key}`,
    // The version of an object may begin with a character that no tag begins with.
    revision: `s3-${action.variables.versionId}`,
    statements: [
      allow(['s3:GetObject', 's3:GetObjectVersion'], bucket.arnForObjects(key)),
      allow(
        ['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetBucketVersioning'],
        bucket.bucketArn,
      ),
      ...(bucket.encryptionKey ? [allow(['kms:Decrypt'], bucket.encryptionKey.keyArn)] : []),
    ],
    cloneStatements: [],
    startBy: onUpload(source),
  };
};

/** The action for a source of any kind. */
export const sourceAction = (source: Source, output: Artifact): SourceAction => {
  if ('connectionArn' in source) return connected(source, output);
  return 'bucket' in source ? fromBucket(source, output) : fromCodeCommit(source, output);
};
