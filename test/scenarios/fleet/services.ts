/** One service of the fleet: tasks, a balancer with two listeners, and two colours. */
import { Duration } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import {
  ContainerImage,
  DeploymentControllerType,
  FargateService,
  FargateTaskDefinition,
  type ICluster,
} from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { inlineRole } from '../../../infra/inline-role.ts';
import type { EcsHalf } from '../../../infra/pair/props.ts';

const PORT = 8080;

const PULL = [
  'ecr:GetAuthorizationToken',
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:GetDownloadUrlForLayer',
];

export interface Surroundings {
  readonly vpc: IVpc;
  readonly cluster: ICluster;
  readonly repository: IRepository;
}

/** Makes a service that runs the storefront's web application, ready to be a target of this name. */
export const fleetService = (
  scope: Construct,
  id: string,
  name: string,
  { vpc, cluster, repository }: Surroundings,
): EcsHalf => {
  const own = new Construct(scope, id);
  const task = new FargateTaskDefinition(own, 'Task', {
    family: id,
    executionRole: inlineRole(own, 'ExecutionRole', 'ecs-tasks.amazonaws.com', [
      new PolicyStatement({ actions: PULL, resources: ['*'] }),
    ]),
    taskRole: new Role(own, 'TaskRole', {
      assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
    }),
  });
  task.addContainer('web', {
    image: ContainerImage.fromEcrRepository(repository, '1.0.0'),
    portMappings: [{ containerPort: PORT }],
  });
  const balancer = new ApplicationLoadBalancer(own, 'Balancer', { loadBalancerName: id, vpc });
  const colour = (word: string) =>
    new ApplicationTargetGroup(own, word, {
      targetGroupName: `${id}-${word.toLowerCase()}`,
      vpc,
      targetType: TargetType.IP,
      protocol: ApplicationProtocol.HTTP,
      port: PORT,
      deregistrationDelay: Duration.seconds(30),
      healthCheck: { path: '/ready', interval: Duration.seconds(10) },
    });
  const [blue, green] = [colour('Blue'), colour('Green')];
  const listener = (word: string, port: number, group: ApplicationTargetGroup) =>
    new ApplicationListener(own, word, {
      loadBalancer: balancer,
      port,
      protocol: ApplicationProtocol.HTTP,
      open: false,
      defaultTargetGroups: [group],
    });
  const productionListener = listener('Production', 80, blue);
  const testListener = listener('Test', 9000, green);
  const service = new FargateService(own, 'Service', {
    serviceName: id,
    cluster,
    taskDefinition: task,
    desiredCount: 1,
    deploymentController: { type: DeploymentControllerType.CODE_DEPLOY },
  });
  service.attachToApplicationTargetGroup(blue);
  service.node.addDependency(productionListener, testListener);
  return {
    name,
    service,
    container: 'web',
    port: PORT,
    repository,
    productionListener,
    testListener,
    blue,
    green,
    checks: [{ path: '/health' }],
  };
};
