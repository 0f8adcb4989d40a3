import { ecrService } from '../../../../packages/sandbox/aws/ecr/service.ts';
import { ecsService } from '../../../../packages/sandbox/aws/ecs/service.ts';
import { elasticloadbalancingService } from '../../../../packages/sandbox/aws/elasticloadbalancing/service.ts';
import type { Clock } from '../../../../packages/sandbox/clock/clock.ts';
import type { ContainerHost } from '../../../../packages/sandbox/containers.ts';
import { localCloud, recording } from '../../local-cloud.ts';

const account = '111122223333';
export const taskRoleArn = `arn:aws:iam::${account}:role/task`;
export const executionRoleArn = `arn:aws:iam::${account}:role/execution`;

/** A manifest that carries no configuration; another text is another image. */
const manifest = (name: string) =>
  JSON.stringify({ schemaVersion: 2, config: {}, layers: [], annotations: { name } });

/** A cluster, two target groups behind a production and a test listener, and an empty repository. */
export const shop = async (clock: Clock, containers: ContainerHost) => {
  const local = localCloud(clock, containers);
  const ecr = local.register(ecrService(local.cloud));
  const ecs = local.register(ecsService(local.cloud, { imageFolder: ecr.imageFolder }));
  const elb = local.register(elasticloadbalancingService(local.cloud));
  const sts = local.register(
    recording('sts', {
      AssumeRole: () => ({
        Credentials: { AccessKeyId: 'ASIA1', SecretAccessKey: 'secret', SessionToken: 'token' },
      }),
    }),
  );
  local.register(recording('events', { PutEvents: () => ({}) }));
  local.register(recording('cloudwatch', { PutMetricData: () => ({}) }));

  const ask = (operation: string, input: object = {}) =>
    local.ask('ecs', operation, { cluster: 'shop', ...input });
  const balancing = (operation: string, input: object = {}) =>
    local.ask('elasticloadbalancing', operation, input);

  await local.ask('ecs', 'CreateCluster', { clusterName: 'shop' });
  await local.ask('ecr', 'CreateRepository', { repositoryName: 'web' });

  const group = async (Name: string): Promise<string> => {
    const { TargetGroups } = await balancing('CreateTargetGroup', {
      Name,
      Port: 8080,
      TargetType: 'ip',
      HealthCheckIntervalSeconds: 10,
    });
    return TargetGroups[0].TargetGroupArn;
  };
  const blue = await group('blue');
  const green = await group('green');
  const { LoadBalancers } = await balancing('CreateLoadBalancer', { Name: 'shop' });
  const listener = async (Port: number, TargetGroupArn: string) => {
    const { Listeners } = await balancing('CreateListener', {
      LoadBalancerArn: LoadBalancers[0].LoadBalancerArn,
      Port,
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    });
    return Listeners[0] as { ListenerArn: string; Port: number };
  };
  const production = await listener(80, blue);
  const trial = await listener(9001, green);

  const image = (reference: string) => `${account}.dkr.ecr.us-east-1.amazonaws.com/web${reference}`;
  const put = async (imageTag: string): Promise<string> => {
    const answer = await local.ask('ecr', 'PutImage', {
      repositoryName: 'web',
      imageTag,
      imageManifest: manifest(imageTag),
    });
    return answer.image.imageId.imageDigest;
  };
  const taskDefinition = async (reference: string, container: object = {}): Promise<string> => {
    const answer = await ask('RegisterTaskDefinition', {
      family: 'web',
      networkMode: 'awsvpc',
      taskRoleArn,
      executionRoleArn,
      containerDefinitions: [
        {
          name: 'web',
          image: image(reference),
          portMappings: [{ containerPort: 8080 }],
          command: ['node', 'server.js'],
          ...container,
        },
      ],
    });
    return answer.taskDefinition.taskDefinitionArn;
  };
  const behind = (targetGroupArn: string) => [
    { targetGroupArn, containerName: 'web', containerPort: 8080 },
  ];
  const service = (definition: string, input: object = {}) =>
    ask('CreateService', {
      serviceName: 'web',
      taskDefinition: definition,
      desiredCount: 2,
      deploymentController: { type: 'CODE_DEPLOY' },
      loadBalancers: behind(blue),
      ...input,
    });
  const described = async () => (await ask('DescribeServices', { services: ['web'] })).services[0];
  const tasks = async (desiredStatus = 'RUNNING') => {
    const { taskArns } = await ask('ListTasks', { serviceName: 'web', desiredStatus });
    return (await ask('DescribeTasks', { tasks: taskArns })).tasks;
  };
  const pass = (seconds: number) => clock.until(clock.sleep(seconds * 1000));

  return {
    local,
    ecr,
    ecs,
    elb,
    sts,
    ask,
    balancing,
    blue,
    green,
    production,
    trial,
    image,
    put,
    taskDefinition,
    behind,
    service,
    described,
    tasks,
    pass,
  };
};
