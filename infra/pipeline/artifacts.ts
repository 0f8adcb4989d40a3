/** Where the stages of a pipeline hand over what they have made. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** Days that source and release input are kept: so long can a stage be tried again. */
const KEPT_DAYS = 30;

/** A private bucket whose objects go after a month. */
export const artifactBucket = (scope: Construct, encryptionKey?: IKey): IBucket =>
  new Bucket(scope, 'Artifacts', {
    ...(encryptionKey
      ? { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }
      : { encryption: BucketEncryption.S3_MANAGED }),
    enforceSSL: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    lifecycleRules: [
      {
        expiration: Duration.days(KEPT_DAYS),
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      },
    ],
    removalPolicy: RemovalPolicy.RETAIN,
  }) as IBucket;

const OBJECT_ACTIONS = {
  read: ['s3:GetObject', 's3:GetObjectVersion'],
  write: ['s3:PutObject', 's3:PutObjectAcl'],
} as const;

const KEY_ACTIONS = {
  read: ['kms:Decrypt'],
  write: ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
} as const;

/** Reads artifacts, or reads and writes them. */
export const useArtifacts = (
  bucket: IBucket,
  ...uses: readonly (keyof typeof OBJECT_ACTIONS)[]
): PolicyStatement[] => [
  new PolicyStatement({
    effect: Effect.ALLOW,
    actions: uses.flatMap((use) => OBJECT_ACTIONS[use]),
    resources: [bucket.arnForObjects('*')],
  }),
  new PolicyStatement({
    effect: Effect.ALLOW,
    actions: ['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetBucketVersioning'],
    resources: [bucket.bucketArn],
  }),
  ...(bucket.encryptionKey
    ? [
        new PolicyStatement({
          effect: Effect.ALLOW,
          actions: ['kms:DescribeKey', ...uses.flatMap((use) => KEY_ACTIONS[use])],
          resources: [bucket.encryptionKey.keyArn],
        }),
      ]
    : []),
];
