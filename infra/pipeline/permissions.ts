/** What the roles of a pipeline may do: each on the one repository, function and machine that it is for. */
import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { IProject } from 'aws-cdk-lib/aws-codebuild';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { arnOf } from '../arn.ts';
import type { FunctionBuild, ImageBuild } from './props.ts';

/** Allows actions on resources. */
export const allow = (actions: readonly string[], ...resources: string[]): PolicyStatement =>
  new PolicyStatement({ effect: Effect.ALLOW, actions: [...actions], resources });

/** Looks for a tag, and pushes it. A login knows no resource. */
export const pushImages = ({ repository }: ImageBuild): PolicyStatement[] => [
  allow(['ecr:GetAuthorizationToken'], '*'),
  allow(
    [
      'ecr:BatchCheckLayerAvailability',
      'ecr:BatchGetImage',
      'ecr:CompleteLayerUpload',
      'ecr:DescribeImages',
      'ecr:GetDownloadUrlForLayer',
      'ecr:InitiateLayerUpload',
      'ecr:PutImage',
      'ecr:UploadLayerPart',
    ],
    repository.repositoryArn,
  ),
];

/** Brings new code and publishes it; a version has no ARN before. Aliases stay with the releases. */
export const publishVersions = ({
  function: { functionArn },
}: FunctionBuild): PolicyStatement[] => [
  allow(['lambda:PublishVersion', 'lambda:UpdateFunctionCode'], functionArn),
  allow(['lambda:GetFunctionConfiguration'], functionArn, `${functionArn}:*`),
];

/** Writes the log of a build. */
export const writeLog = ({ logGroupArn }: LogGroup): PolicyStatement =>
  allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroupArn);

/** Starts builds and follows them. */
export const runBuilds = (...projects: readonly IProject[]): PolicyStatement =>
  allow(
    ['codebuild:BatchGetBuilds', 'codebuild:StartBuild', 'codebuild:StopBuild'],
    ...projects.map(({ projectArn }) => projectArn),
  );

/** Reads executions whose name begins with the pair's, as those that the pipeline starts do. */
export const readReleases = (
  scope: Construct,
  { stateMachineArn }: IStateMachine,
  pair: string,
): PolicyStatement => {
  const { resourceName: name } = Stack.of(scope).splitArn(
    stateMachineArn,
    ArnFormat.COLON_RESOURCE_NAME,
  );
  return allow(['states:DescribeExecution'], arnOf(scope, 'states', `execution:${name}:${pair}-*`));
};

/** Starts releases. */
export const startReleases = ({ stateMachineArn }: IStateMachine): PolicyStatement =>
  allow(['states:DescribeStateMachine', 'states:StartExecution'], stateMachineArn);
