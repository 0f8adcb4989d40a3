/** The sample's web service on Fargate, in the hands of CodeDeploy from its first day. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import {
  Cluster,
  ContainerImage,
  ContainerInsights,
  CpuArchitecture,
  DeploymentControllerType,
  FargateService,
  FargateTaskDefinition,
  type ICluster,
  LogDriver,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { inlineRole } from '../inline-role.ts';
import { CONTAINER_PORT } from './load-balancer.ts';

/** Name of the service's container. */
export const CONTAINER = 'web';

/** The image that the service starts with; from then on releases say what it runs. */
const BOOTSTRAP_TAG = '1.0.0';

const allow = (actions: string[], ...resources: string[]) =>
  new PolicyStatement({ effect: Effect.ALLOW, actions, resources });

const healthCheck = `fetch('http://127.0.0.1:${CONTAINER_PORT}/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))`;

export interface WebServiceProps {
  readonly vpc: IVpc;
  readonly repository: IRepository;
  /** The function that the service calls, as `<name>:<alias>`, and its ARN. */
  readonly api: { readonly name: string; readonly arn: string };
}

const taskDefinitionOf = (scope: Construct, { repository, api }: WebServiceProps) => {
  const logGroup = new LogGroup(scope, 'WebLogs', {
    logGroupName: '/ecs/storefront-web',
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const taskDefinition = new FargateTaskDefinition(scope, 'WebTask', {
    family: 'storefront-web',
    cpu: 256,
    memoryLimitMiB: 512,
    runtimePlatform: {
      cpuArchitecture: CpuArchitecture.ARM64,
      operatingSystemFamily: OperatingSystemFamily.LINUX,
    },
    executionRole: inlineRole(scope, 'WebExecutionRole', 'ecs-tasks.amazonaws.com', [
      allow(['ecr:GetAuthorizationToken'], '*'),
      allow(
        ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        repository.repositoryArn,
      ),
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], `${logGroup.logGroupArn}`),
    ]),
    taskRole: inlineRole(scope, 'WebTaskRole', 'ecs-tasks.amazonaws.com', [
      allow(['lambda:InvokeFunction'], api.arn),
    ]),
  });
  // What a release went from must stay ACTIVE: from a deregistered revision no rollback starts.
  taskDefinition.applyRemovalPolicy(RemovalPolicy.RETAIN);
  taskDefinition.addContainer(CONTAINER, {
    image: ContainerImage.fromEcrRepository(repository, BOOTSTRAP_TAG),
    portMappings: [{ containerPort: CONTAINER_PORT }],
    environment: { API_FUNCTION: api.name },
    readonlyRootFilesystem: true,
    healthCheck: {
      command: ['CMD', 'node', '-e', healthCheck],
      interval: Duration.seconds(10),
      timeout: Duration.seconds(5),
      retries: 3,
      startPeriod: Duration.seconds(10),
    },
    stopTimeout: Duration.seconds(60),
    logging: LogDriver.awsLogs({ logGroup, streamPrefix: CONTAINER }),
  });
  return taskDefinition;
};

/** Makes cluster, task definition and service. */
export const webService = (scope: Construct, props: WebServiceProps): FargateService =>
  new FargateService(scope, 'Web', {
    serviceName: 'storefront-web',
    cluster: new Cluster(scope, 'Cluster', {
      clusterName: 'storefront',
      containerInsightsV2: ContainerInsights.ENABLED,
      vpc: props.vpc,
    }) as ICluster,
    taskDefinition: taskDefinitionOf(scope, props),
    desiredCount: 2,
    minHealthyPercent: 100,
    healthCheckGracePeriod: Duration.seconds(30),
    deploymentController: { type: DeploymentControllerType.CODE_DEPLOY },
  });
