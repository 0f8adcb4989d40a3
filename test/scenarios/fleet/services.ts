/** One service of the fleet: its tasks, and where it has one of its own, a balancer with two listeners and two colours. */
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
import { Construct, type IDependable } from 'constructs';
import { inlineRole } from '../../../infra/inline-role.ts';
import type { EcsHalf } from '../../../infra/pair/props.ts';

/** Port of the containers. */
export const PORT = 8080;

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

/** Where a service of the fleet gets its requests from. */
interface Place {
  readonly blue: ApplicationTargetGroup;
  /** What must lead to its groups before it can be made. */
  readonly behind: readonly IDependable[];
}

/** Makes a service that runs the storefront's web application, ready to be a target of this name but for its balancer. */
export const fleetService = (
  scope: Construct,
  id: string,
  name: string,
  { cluster, repository }: Surroundings,
  { blue, behind }: Place,
): Pick<EcsHalf, 'name' | 'service' | 'container' | 'port' | 'repository' | 'checks'> => {
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
  const service = new FargateService(own, 'Service', {
    serviceName: id,
    cluster,
    taskDefinition: task,
    desiredCount: 1,
    deploymentController: { type: DeploymentControllerType.CODE_DEPLOY },
  });
  service.attachToApplicationTargetGroup(blue);
  service.node.addDependency(...behind);
  return {
    name,
    service,
    container: 'web',
    port: PORT,
    repository,
    checks: [{ path: '/health' }],
  };
};

/** Makes a service with a balancer of its own, ready to be a target of this name. */
export const ownBalancer = (
  scope: Construct,
  id: string,
  name: string,
  around: Surroundings,
): EcsHalf => {
  const own = new Construct(scope, `${id}-balancer`);
  const { vpc } = around;
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
  const behind = [productionListener, testListener];
  return {
    ...fleetService(scope, id, name, around, { blue, behind }),
    productionListener,
    testListener,
    blue,
    green,
  };
};
