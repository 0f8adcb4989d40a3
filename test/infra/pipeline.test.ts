import { RemovalPolicy } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { BuildSpec } from 'aws-cdk-lib/aws-codebuild';
import { Repository as SourceRepository } from 'aws-cdk-lib/aws-codecommit';
import { ExecutionMode } from 'aws-cdk-lib/aws-codepipeline';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { CONNECTION, permissionsOf, pipelineTemplate, propertiesOf } from './pipelines.ts';

const PIPELINE = 'AWS::CodePipeline::Pipeline';
const PROJECT = 'AWS::CodeBuild::Project';
const BUILD = 'tandem-shop-build';
const END = 'tandem-shop-end';

const actionsOf = (template: Template): readonly any[] =>
  propertiesOf(template, PIPELINE).Stages.flatMap(({ Name, Actions }: any) =>
    [...Actions]
      .sort((one, other) => one.RunOrder - other.RunOrder)
      .map((action) => ({ stage: Name, ...action })),
  );

const actionOf = (template: Template, name: string): any =>
  actionsOf(template).find(({ Name }) => Name === name);

const variablesOf = (template: Template, project: string): Record<string, unknown> =>
  Object.fromEntries(
    propertiesOf(template, PROJECT, `"Name":"${project}"`).Environment.EnvironmentVariables.map(
      ({ Name, Value }: any) => [Name, Value],
    ),
  );

describe('a pipeline', () => {
  const template = pipelineTemplate();

  it('takes the commit, builds it, releases it, and then looks how the release ended', () => {
    expect(actionsOf(template).map(({ stage, Name }) => `${stage}: ${Name}`)).toEqual([
      'Source: Source',
      'Build: Build',
      'Release: Release',
      'Release: End',
    ]);
    expect(propertiesOf(template, PIPELINE)).toMatchObject({
      Name: 'tandem-shop',
      PipelineType: 'V2',
      ExecutionMode: 'SUPERSEDED',
    });
  });

  it('follows the branch main by the connection', () => {
    expect(actionOf(template, 'Source').Configuration).toMatchObject({
      ConnectionArn: CONNECTION,
      FullRepositoryId: 'corner/shop',
      BranchName: 'main',
    });
  });

  it('starts the release machine with the file that the build has written', () => {
    const build = actionOf(template, 'Build');
    const release = actionOf(template, 'Release');
    const machine = JSON.stringify(release.Configuration.StateMachineArn);
    const spec = JSON.parse(propertiesOf(template, PROJECT, `"Name":"${BUILD}"`).Source.BuildSpec);

    expect(release.ActionTypeId).toMatchObject({ Category: 'Invoke', Provider: 'StepFunctions' });
    expect(machine).toContain(':states:eu-west-1:111122223333:stateMachine:tandem-release');
    expect(release.InputArtifacts).toEqual(build.OutputArtifacts);
    expect(release.Configuration).toMatchObject({ InputType: 'FilePath', Input: 'release.json' });
    expect(spec.artifacts.files).toEqual(['release.json']);
  });

  it('gives releases ids that begin with the pair', () => {
    expect(actionOf(template, 'Release').Configuration.ExecutionNamePrefix).toBe('shop');
  });

  it('looks at the end of the execution that it has started', () => {
    const { Namespace } = actionOf(template, 'Release');

    expect(JSON.parse(actionOf(template, 'End').Configuration.EnvironmentVariables)).toEqual([
      { name: 'EXECUTION', type: 'PLAINTEXT', value: `#{${Namespace}.ExecutionArn}` },
    ]);
  });

  it('names the image by the commit that the source has found', () => {
    const { Namespace } = actionOf(template, 'Source');
    const variables = JSON.parse(actionOf(template, 'Build').Configuration.EnvironmentVariables);

    expect(variables).toContainEqual({
      name: 'REVISION',
      type: 'PLAINTEXT',
      value: `#{${Namespace}.CommitId}`,
    });
  });

  it('tells the build what to make and where it goes', () => {
    expect(variablesOf(template, BUILD)).toMatchObject({
      PAIR: 'shop',
      SOURCE: 'corner/shop main',
      IMAGE_TARGET: 'web',
      IMAGE_FOLDER: 'web',
      IMAGE_PLATFORM: 'linux/arm64',
      FUNCTION_TARGET: 'api',
      FUNCTION_NAME: 'shop-api',
      FUNCTION_FOLDER: 'api',
    });
  });

  it('builds on ARM, privileged only where images are built', () => {
    const environmentOf = (project: string) =>
      propertiesOf(template, PROJECT, `"Name":"${project}"`).Environment;

    expect(environmentOf(BUILD)).toMatchObject({
      Type: 'ARM_CONTAINER',
      Image: 'aws/codebuild/amazonlinux-aarch64-standard:4.0',
      PrivilegedMode: true,
    });
    expect(environmentOf(END).PrivilegedMode).toBe(false);
    const code = pipelineTemplate(() => ({ image: undefined }) as object);
    expect(propertiesOf(code, PROJECT, `"Name":"${BUILD}"`).Environment.PrivilegedMode).toBe(false);
  });

  it('keeps artifacts encrypted, private and for a month', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: Match.anyValue(),
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 30 })] },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      },
    });
    template.resourceCountIs('AWS::KMS::Key', 0);
  });
});

describe('what may be chosen', () => {
  it('a queue: every commit is released, one after the other', () => {
    const template = pipelineTemplate(() => ({ executionMode: ExecutionMode.QUEUED }));

    expect(propertiesOf(template, PIPELINE).ExecutionMode).toBe('QUEUED');
  });

  it('a processor: the build then runs on the same', () => {
    const template = pipelineTemplate((_, { services }) => ({
      image: { target: 'web', repository: services[0]!.repository, architecture: 'amd64' },
    }));

    expect(variablesOf(template, BUILD)).toMatchObject({
      IMAGE_PLATFORM: 'linux/amd64',
      IMAGE_FOLDER: '.',
    });
    expect(propertiesOf(template, PROJECT, `"Name":"${BUILD}"`).Environment.Type).toBe(
      'LINUX_CONTAINER',
    );
  });

  it('commands before ours', () => {
    const template = pipelineTemplate(() => ({
      buildSpec: BuildSpec.fromObject({
        version: '0.2',
        phases: {
          install: { 'runtime-versions': { nodejs: 24 } },
          pre_build: { commands: ['npm ci', 'npm run build'] },
        },
      }),
    }));
    const { phases, artifacts } = JSON.parse(
      propertiesOf(template, PROJECT, `"Name":"${BUILD}"`).Source.BuildSpec,
    );

    expect(phases.pre_build.commands).toEqual(['npm ci', 'npm run build']);
    expect(phases.install['runtime-versions']).toEqual({ nodejs: 24 });
    expect(phases.build.commands).toHaveLength(1);
    expect(artifacts.files).toEqual(['release.json']);
  });

  it('a key of their own, which the three roles may then use', () => {
    const template = pipelineTemplate((stack) => ({
      encryptionKey: new Key(stack, 'Key', { removalPolicy: RemovalPolicy.DESTROY }),
    }));
    const roles = Object.entries(template.findResources('AWS::IAM::Role')).filter(([id]) =>
      id.startsWith('Pipeline'),
    );

    expect(propertiesOf(template, PIPELINE).ArtifactStore.EncryptionKey.Type).toBe('KMS');
    expect(roles.map(([, role]) => JSON.stringify(role).includes('kms:Decrypt'))).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('a repository of CodeCommit, by a rule that starts the pipeline', () => {
    const template = pipelineTemplate((stack) => ({
      source: { codeCommit: SourceRepository.fromRepositoryName(stack, 'Source', 'shop') },
    }));

    expect(actionOf(template, 'Source').ActionTypeId.Provider).toBe('CodeCommit');
    expect(propertiesOf(template, 'AWS::Events::Rule').EventPattern.source).toEqual([
      'aws.codecommit',
    ]);
    expect(variablesOf(template, BUILD).SOURCE).toBe('shop main');
    expect(permissionsOf(template, 'codepipeline.amazonaws.com', 'states:')).toContain(
      'codecommit:UploadArchive arn:<AWS::Partition>:codecommit:eu-west-1:111122223333:shop',
    );
  });

  it('a zip file in a bucket, by the event of its upload', () => {
    const template = pipelineTemplate((stack) => ({
      source: { bucket: Bucket.fromBucketName(stack, 'Source', 'shop-source'), key: 'shop.zip' },
    }));
    const variables = JSON.parse(actionOf(template, 'Build').Configuration.EnvironmentVariables);

    expect(actionOf(template, 'Source').Configuration).toEqual({
      S3Bucket: 'shop-source',
      S3ObjectKey: 'shop.zip',
      PollForSourceChanges: false,
    });
    expect(propertiesOf(template, 'AWS::Events::Rule').EventPattern).toEqual({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { bucket: { name: ['shop-source'] }, object: { key: ['shop.zip'] } },
    });
    expect(variables[0].value).toMatch(/^s3-#\{.*VersionId\}$/);
  });
});
