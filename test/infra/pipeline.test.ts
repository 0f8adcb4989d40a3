import { RemovalPolicy } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { BuildSpec } from 'aws-cdk-lib/aws-codebuild';
import { Repository as SourceRepository } from 'aws-cdk-lib/aws-codecommit';
import { ExecutionMode } from 'aws-cdk-lib/aws-codepipeline';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { CONNECTION, pipelineTemplate, propertiesOf } from './pipelines.ts';

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

/** What a role may do, as `action resource` with the intrinsic functions taken out of the resource. */
const permissionsOf = (template: Template, service: string, about: string): readonly string[] => {
  const roles = Object.values(template.findResources('AWS::IAM::Role')).filter(
    ({ Properties }) =>
      JSON.stringify(Properties.AssumeRolePolicyDocument).includes(service) &&
      JSON.stringify(Properties.Policies).includes(about),
  );
  expect(roles).toHaveLength(1);
  const plain = (value: any): string =>
    typeof value === 'string'
      ? value
      : value.Ref
        ? `<${value.Ref}>`
        : value['Fn::GetAtt']
          ? `<${value['Fn::GetAtt'][0].replace(/[0-9A-F]{8}$/, '')}>`
          : value['Fn::Join'][1].map(plain).join('');
  return roles[0]!.Properties.Policies.flatMap(({ PolicyDocument }: any) =>
    PolicyDocument.Statement.flatMap(({ Action, Resource }: any) =>
      [Action]
        .flat()
        .flatMap((action) => [Resource].flat().map((resource) => `${action} ${plain(resource)}`)),
    ),
  ).sort();
};

const ARTIFACTS = [
  's3:GetBucketAcl <PipelineArtifacts>',
  's3:GetBucketLocation <PipelineArtifacts>',
  's3:GetBucketVersioning <PipelineArtifacts>',
  's3:GetObject <PipelineArtifacts>/*',
  's3:GetObjectVersion <PipelineArtifacts>/*',
];
const WRITE_ARTIFACTS = [
  's3:PutObject <PipelineArtifacts>/*',
  's3:PutObjectAcl <PipelineArtifacts>/*',
];

const logs = (project: string) => [
  `logs:CreateLogStream <Pipeline${project}Logs>`,
  `logs:PutLogEvents <Pipeline${project}Logs>`,
];

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

describe('the roles of a pipeline', () => {
  const template = pipelineTemplate();

  it('let it take the source, run its two projects, and start and read releases of its pair', () => {
    const permissions = permissionsOf(template, 'codepipeline.amazonaws.com', 'states:');
    const projects = ['PipelineBuild', 'PipelineEnd'].flatMap((project) =>
      ['BatchGetBuilds', 'StartBuild', 'StopBuild'].map(
        (action) => `codebuild:${action} <${project}>`,
      ),
    );

    expect(permissions).toEqual(
      [
        `codeconnections:UseConnection ${CONNECTION}`,
        `codestar-connections:UseConnection ${CONNECTION}`,
        ...ARTIFACTS,
        ...WRITE_ARTIFACTS,
        ...projects,
        'states:DescribeExecution arn:<AWS::Partition>:states:eu-west-1:111122223333:execution:tandem-release:shop-*',
        'states:DescribeStateMachine arn:<AWS::Partition>:states:eu-west-1:111122223333:stateMachine:tandem-release',
        'states:StartExecution arn:<AWS::Partition>:states:eu-west-1:111122223333:stateMachine:tandem-release',
      ].sort(),
    );
  });

  it('let the build push to the one repository and bring code to the one function, whose alias it cannot move', () => {
    const permissions = permissionsOf(template, 'codebuild.amazonaws.com', 'ecr:');
    const of = (service: string) => permissions.filter((one) => one.startsWith(service));
    const api = 'arn:aws:lambda:eu-west-1:111122223333:function:shop-api';

    expect(new Set(of('ecr:').map((one) => one.split(' ')[1]))).toEqual(
      new Set(['*', 'arn:<AWS::Partition>:ecr:eu-west-1:111122223333:repository/shop-web']),
    );
    expect(of('ecr:').filter((one) => one.endsWith(' *'))).toEqual(['ecr:GetAuthorizationToken *']);
    expect(of('lambda:')).toEqual([
      `lambda:GetFunctionConfiguration ${api}`,
      `lambda:GetFunctionConfiguration ${api}:*`,
      `lambda:PublishVersion ${api}`,
      `lambda:UpdateFunctionCode ${api}`,
    ]);
    expect(of('states:')).toEqual([]);
    expect(permissions.filter((one) => /^(s3|logs):/.test(one))).toEqual(
      [...ARTIFACTS, ...WRITE_ARTIFACTS, ...logs('Build')].sort(),
    );
  });

  it('let the end be read, and nothing be changed', () => {
    expect(permissionsOf(template, 'codebuild.amazonaws.com', 'states:')).toEqual(
      [
        ...ARTIFACTS,
        ...logs('End'),
        'states:DescribeExecution arn:<AWS::Partition>:states:eu-west-1:111122223333:execution:tandem-release:shop-*',
      ].sort(),
    );
  });

  it('are the only ones: the construct adds none behind our back, and no policy to them', () => {
    const own = Object.keys(template.findResources('AWS::IAM::Role')).filter((id) =>
      id.startsWith('Pipeline'),
    );
    const policies = Object.keys(template.findResources('AWS::IAM::Policy')).filter((id) =>
      id.startsWith('Pipeline'),
    );

    expect(own).toHaveLength(3);
    expect(policies).toEqual([]);
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
