/** The packs AwsSolutions and Serverless of cdk-nag over a pipeline. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { describe, expect, it } from 'vitest';
import { findingsIn, openOf, staleOf } from './nag-findings.ts';
import { pipelineStack } from './pipelines.ts';
import type { Acknowledgement } from './security-findings.ts';

/** In this order the first one that fits counts. */
const ACKNOWLEDGED: readonly Acknowledgement[] = [
  {
    finding: /^AwsSolutions-S1$/,
    at: /\/Artifacts\//,
    reason:
      'Access logs need a bucket that outlives the pipeline. It holds the source and inputs of releases for a month, for three roles.',
  },
  {
    finding: /^AwsSolutions-CB4$/,
    at: /\/(Build|End)\//,
    reason:
      'Artifacts are encrypted with keys that S3 manages; a key of their own is the property `encryptionKey`.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    at: /\/BuildRole\//,
    reason: 'ecr:GetAuthorizationToken, which knows no resource.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::.*:function:shop-api:\*\]$/,
    at: /\/BuildRole\//,
    reason: 'Versions of one function: they have no ARN before they are published.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::<PipelineArtifacts\w+\.Arn>\/\*\]$/,
    at: /\/(Build|End|)Role\//,
    reason: 'Objects of one bucket: CodePipeline names them.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::.*:execution:tandem-release:shop-\*\]$/,
    at: /\/(End|)Role\//,
    reason: 'Executions that begin with the name of the pair: CodePipeline names them.',
  },
];

const findingsOfPipeline = (...how: Parameters<typeof pipelineStack>) => {
  const { app } = pipelineStack(...how);
  app.synth();
  return findingsIn(app).filter(({ at }) => at.startsWith('shop/Pipeline/'));
};

describe('what cdk-nag finds in a pipeline', () => {
  it('is acknowledged with a reason, and every reason is needed', () => {
    const findings = findingsOfPipeline();

    expect(openOf(findings, ACKNOWLEDGED)).toEqual([]);
    expect(staleOf(findings, ACKNOWLEDGED)).toEqual([]);
  });

  it('has nothing to do with encryption where the artifacts have a key of their own', () => {
    const findings = findingsOfPipeline((stack) => ({
      encryptionKey: new Key(stack, 'Key', { removalPolicy: RemovalPolicy.DESTROY }),
    }));

    expect(findings.filter(({ rule }) => rule === 'AwsSolutions-CB4')).toEqual([]);
  });
});
