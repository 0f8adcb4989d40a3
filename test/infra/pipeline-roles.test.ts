import { describe, expect, it } from 'vitest';
import { CONNECTION, permissionsOf, pipelineTemplate } from './pipelines.ts';

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

  it('let the build clone the source only where it wants the history', () => {
    const source = {
      connectionArn: CONNECTION,
      owner: 'corner',
      repository: 'shop',
      fullClone: true,
    };
    const clones = (of: typeof template) =>
      permissionsOf(of, 'codebuild.amazonaws.com', 'ecr:').filter((one) => /^code/.test(one));

    expect(clones(template)).toEqual([]);
    expect(clones(pipelineTemplate(() => ({ source })))).toEqual([
      `codeconnections:UseConnection ${CONNECTION}`,
      `codestar-connections:UseConnection ${CONNECTION}`,
    ]);
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
