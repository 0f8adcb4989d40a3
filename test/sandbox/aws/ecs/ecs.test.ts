import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../../packages/sandbox/aws-error.ts';
import { virtualClock } from '../../../../packages/sandbox/clock/virtual-clock.ts';
import { modelContainers } from '../../../../packages/sandbox/containers/model-containers.ts';
import type { ContainerRequest } from '../../../../packages/sandbox/containers.ts';
import { executionRoleArn, shop, taskRoleArn } from './shop.ts';

describe('ecs in virtual time', () => {
  let world: Awaited<ReturnType<typeof shop>>;
  let started: ContainerRequest[];
  /** Tags whose containers answer 500, or end at their start. */
  let ill: Set<string>;
  let ending: Set<string>;

  beforeEach(async () => {
    started = [];
    ill = new Set();
    ending = new Set();
    const containers = modelContainers((request) => {
      started.push(request);
      const [tag = ''] = request.tags;
      if (ending.has(tag)) return undefined;
      return () => ({ status: ill.has(tag) ? 500 : 200, body: tag });
    });
    world = await shop(virtualClock(), containers);
    await world.put('1');
  });
  afterEach(() => world.local.close());

  const get = async (port: number) => {
    const answer = await world.elb.serve(port, {
      method: 'GET',
      url: '/',
      headers: {},
      body: new Uint8Array(),
    });
    return `${answer.status} ${new TextDecoder().decode(answer.body)}`;
  };

  it('brings a new service to its count behind its balancer', async () => {
    await world.service(await world.taskDefinition(':1'));
    expect((await world.described()).runningCount).toBe(0);

    await world.pass(1);

    const service = await world.described();
    expect(service).toMatchObject({ runningCount: 2, pendingCount: 0, desiredCount: 2 });
    expect(service.taskSets).toMatchObject([
      { status: 'PRIMARY', stabilityStatus: 'STEADY_STATE', computedDesiredCount: 2 },
    ]);
    expect(await get(world.production.Port)).toBe('200 1');
    expect(service.events.map(({ message }: any) => message)).toEqual([
      `(service web, taskSet ${service.taskSets[0].id}) has reached a steady state.`,
      expect.stringMatching(/ has started 2 tasks: \(task [0-9a-f]{32}\) \(task [0-9a-f]{32}\)\.$/),
    ]);
  });

  it('starts a container with the image by digest, the task role and the sandbox as its AWS', async () => {
    const digest = await world.put('2');
    const environment = [{ name: 'COLOUR', value: 'red' }];
    await world.service(await world.taskDefinition(`@${digest}`, { environment }), {
      desiredCount: 1,
    });
    await world.pass(1);

    expect(started).toMatchObject([
      {
        digest,
        tags: ['2'],
        command: ['node', 'server.js'],
        port: 8080,
        environment: {
          COLOUR: 'red',
          AWS_REGION: 'us-east-1',
          AWS_ACCESS_KEY_ID: 'ASIA1',
          AWS_SESSION_TOKEN: 'token',
          AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
        },
      },
    ]);
    expect(world.sts.asked).toMatchObject([{ input: { RoleArn: taskRoleArn } }]);
    const [{ containers }] = await world.tasks();
    expect(containers).toMatchObject([{ name: 'web', imageDigest: digest, lastStatus: 'RUNNING' }]);
    const puller = world.local.choke.used().find(({ action }) => action === 'ecr:BatchGetImage');
    expect(puller?.role).toBe(executionRoleArn);
  });

  it('stops a task whose image is missing, and tries again with growing pauses', async () => {
    await world.service(await world.taskDefinition(':none'), { desiredCount: 1 });

    await world.pass(75);

    const stopped = await world.tasks('STOPPED');
    expect(stopped[0]).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringMatching(/^CannotPullContainerError: .*:none: not found/),
    });
    // At 0, 10, 30 and 70 s.
    expect(stopped).toHaveLength(4);
    // How tasks ended is in no event: events say what the service does about it.
    const messages = (await world.described()).events.map(({ message }: any) => message);
    expect(messages.filter((text: string) => text.includes('has started 1 tasks'))).toHaveLength(4);
    expect(messages.join()).toContain('is unable to consistently start tasks successfully');
    expect(messages.join()).not.toContain('CannotPullContainerError');
  });

  it('never shows a task whose role may not be assumed, only an event', async () => {
    world.local.choke.inject({
      name: 'no role',
      matches: ({ service }) => service === 'sts',
      effect: { kind: 'refuse', error: new AwsError('AccessDenied', 'not allowed') },
    });
    await world.service(await world.taskDefinition(':1'), { desiredCount: 1 });
    await world.pass(1);

    expect(await world.tasks('STOPPED')).toEqual([]);
    const { events } = await world.described();
    expect(events[0].message).toMatch(
      /^\(service web, taskSet ecs-svc\/\d+\) failed to launch a task with \(error ECS was unable to assume the role .*\)\.$/,
    );
  });

  it('restarts what ends, after a pause, until it stays up', async () => {
    ending.add('1');
    await world.service(await world.taskDefinition(':1'), { desiredCount: 1 });
    await world.pass(12);
    expect(started).toHaveLength(2);
    expect((await world.tasks('STOPPED'))[0]).toMatchObject({
      stopCode: 'EssentialContainerExited',
      containers: [{ exitCode: 1 }],
    });

    ending.clear();
    await world.pass(30);
    expect(await world.described()).toMatchObject({ runningCount: 1 });
    expect(started).toHaveLength(3);
  });

  it('replaces a task that the balancer finds unhealthy, but not within the grace period', async () => {
    await world.service(await world.taskDefinition(':1'), {
      desiredCount: 1,
      healthCheckGracePeriodSeconds: 120,
    });
    await world.pass(1);
    ill.add('1');
    await world.pass(60);
    expect(started).toHaveLength(1);

    await world.pass(90);
    expect(started.length).toBeGreaterThan(1);
    expect((await world.tasks('STOPPED'))[0].stoppedReason).toContain('failed ELB health checks');
  });

  it('follows the desired count up and down', async () => {
    await world.service(await world.taskDefinition(':1'));
    await world.pass(1);

    await world.ask('UpdateService', { service: 'web', desiredCount: 3 });
    await world.pass(1);
    expect(await world.described()).toMatchObject({ runningCount: 3 });

    await world.ask('UpdateService', { service: 'web', desiredCount: 1 });
    await world.pass(1);
    expect(await world.described()).toMatchObject({ runningCount: 1 });
    const { TargetHealthDescriptions } = await world.balancing('DescribeTargetHealth', {
      TargetGroupArn: world.blue,
    });
    expect(TargetHealthDescriptions).toHaveLength(1);
  });

  it.each([-1, 1.5, 5_001])('refuses a desired count of %s', async (desiredCount) => {
    const definition = await world.taskDefinition(':1');
    const refused = {
      name: 'InvalidParameterException',
      message: expect.stringContaining('desiredCount'),
    };

    await expect(world.service(definition, { desiredCount })).rejects.toMatchObject(refused);
    await world.service(definition);
    await expect(
      world.ask('UpdateService', { service: 'web', desiredCount }),
    ).rejects.toMatchObject(refused);
    expect(await world.described()).toMatchObject({ desiredCount: 2 });
  });

  it('describes one to ten services at once', async () => {
    const describe = (services: string[]) => world.ask('DescribeServices', { services });
    const refused = { name: 'InvalidParameterException' };

    await expect(describe([])).rejects.toMatchObject(refused);
    await expect(describe(Array(11).fill('web'))).rejects.toMatchObject(refused);
    expect((await describe(Array(10).fill('web'))).failures).toHaveLength(10);
  });

  it('takes a green task set through its life: created, healthy, primary, and blue taken away', async () => {
    await world.service(await world.taskDefinition(':1'));
    await world.put('2');
    await world.pass(1);
    const [blue] = (await world.described()).taskSets;

    const { taskSet } = await world.ask('CreateTaskSet', {
      service: 'web',
      externalId: 'd-ABCDEFGHI',
      taskDefinition: await world.taskDefinition(':2'),
      loadBalancers: world.behind(world.green),
      scale: { value: 100, unit: 'PERCENT' },
    });
    expect(taskSet).toMatchObject({
      status: 'ACTIVE',
      stabilityStatus: 'STABILIZING',
      externalId: 'd-ABCDEFGHI',
      computedDesiredCount: 2,
    });
    await world.pass(1);
    expect((await world.described()).taskSets).toMatchObject([
      { id: blue.id, status: 'PRIMARY', runningCount: 2 },
      { id: taskSet.id, status: 'ACTIVE', runningCount: 2, stabilityStatus: 'STEADY_STATE' },
    ]);
    expect([await get(world.production.Port), await get(world.trial.Port)]).toEqual([
      '200 1',
      '200 2',
    ]);

    await world.ask('UpdateServicePrimaryTaskSet', { service: 'web', primaryTaskSet: taskSet.id });
    expect(await world.described()).toMatchObject({
      taskDefinition: taskSet.taskDefinition,
      taskSets: [{ status: 'ACTIVE' }, { status: 'PRIMARY' }],
    });

    const deleted = await world.ask('DeleteTaskSet', {
      service: 'web',
      taskSet: blue.taskSetArn,
      force: true,
    });
    expect(deleted.taskSet.status).toBe('DRAINING');
    await world.pass(1);
    expect((await world.described()).taskSets).toMatchObject([
      { id: taskSet.id, status: 'PRIMARY' },
    ]);
    expect(await world.tasks()).toHaveLength(2);
    expect(await get(world.production.Port)).toMatch(/^503/);
  });

  it('holds a task set at STABILIZING while the balancer refuses its tasks', async () => {
    await world.service(await world.taskDefinition(':1'));
    await world.put('2');
    ill.add('2');
    const { taskSet } = await world.ask('CreateTaskSet', {
      service: 'web',
      taskDefinition: await world.taskDefinition(':2'),
      loadBalancers: world.behind(world.green),
      scale: { value: 50, unit: 'PERCENT' },
    });
    await world.pass(300);

    const answer = await world.ask('DescribeTaskSets', { service: 'web', taskSets: [taskSet.id] });
    expect(answer.taskSets).toMatchObject([
      { computedDesiredCount: 1, stabilityStatus: 'STABILIZING' },
    ]);
  });

  it('refuses what AWS refuses to a service that CodeDeploy deploys', async () => {
    const definition = await world.taskDefinition(':1');
    await world.service(definition);
    const update = (input: object) => world.ask('UpdateService', { service: 'web', ...input });

    await expect(update({ taskDefinition: definition })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message:
        'Unable to update task definition on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.',
    });
    await expect(world.service(definition)).rejects.toThrow('not idempotent');
    const [primary] = (await world.described()).taskSets;
    await expect(
      world.ask('DeleteTaskSet', { service: 'web', taskSet: primary.id, force: true }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(world.ask('UpdateService', { service: 'none' })).rejects.toMatchObject({
      name: 'ServiceNotFoundException',
    });
    await expect(
      world.ask('DescribeServices', { cluster: 'none', services: ['web'] }),
    ).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
  });

  it('keeps revisions of a family and finds the latest active one', async () => {
    const first = await world.taskDefinition(':1');
    const second = await world.taskDefinition(':2');
    await world.ask('TagResource', {
      resourceArn: first,
      tags: [{ key: 'team', value: 'shop' }],
    });
    await world.ask('DeregisterTaskDefinition', { taskDefinition: second });

    const latest = await world.ask('DescribeTaskDefinition', {
      taskDefinition: 'web',
      include: ['TAGS'],
    });
    const inactive = await world.ask('DescribeTaskDefinition', { taskDefinition: 'web:2' });

    expect(latest.taskDefinition.taskDefinitionArn).toBe(first);
    expect(latest.tags).toEqual([{ key: 'team', value: 'shop' }]);
    expect(inactive.taskDefinition).toMatchObject({ status: 'INACTIVE', revision: 2 });
    await expect(world.service(second)).rejects.toMatchObject({ name: 'ClientException' });
  });

  it('takes no tag that AWS reserves', async () => {
    const tags = [{ key: 'AWS:cloudformation:stack-name', value: 'shop' }];
    await expect(
      world.ask('RegisterTaskDefinition', {
        family: 'web',
        containerDefinitions: [{ name: 'web', image: world.image(':1') }],
        tags,
      }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('shows a service as it was asked for, and its task set as it runs', async () => {
    const strategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }];
    const definition = await world.taskDefinition(':1');
    await expect(
      world.service(definition, { launchType: 'FARGATE', capacityProviderStrategy: strategy }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });

    const { service } = await world.service(definition, { capacityProviderStrategy: strategy });

    expect(service).toMatchObject({
      platformVersion: 'LATEST',
      capacityProviderStrategy: strategy,
      taskSets: [{ platformVersion: '1.4.0', capacityProviderStrategy: strategy }],
    });
    expect(service.taskSets[0]).not.toHaveProperty('launchType');
  });

  it('asks IAM to pass the roles of a task definition to ECS', async () => {
    const taskDefinition = await world.taskDefinition(':1');
    const caller = { principal: { kind: 'owner' }, region: 'us-east-1' } as const;
    const passed = (operation: string, input: object) =>
      world.ecs.permissions?.[operation]?.(input, caller)
        .filter(({ action }) => action === 'iam:PassRole')
        .map(({ resource, passedToService }) => [resource, passedToService]);

    const both = [
      [taskRoleArn, 'ecs-tasks.amazonaws.com'],
      [executionRoleArn, 'ecs-tasks.amazonaws.com'],
    ];
    expect(passed('RegisterTaskDefinition', { taskRoleArn, executionRoleArn })).toEqual(both);
    expect(passed('CreateTaskSet', { taskDefinition })).toEqual(both);
  });

  it('creates its CloudFormation types and waits for the first tasks', async () => {
    const create = (type: string, properties: object) =>
      world.ecs.resources?.[`AWS::ECS::${type}`]?.create(properties, world.local.contextOf(type));
    const cluster = await create('Cluster', { ClusterName: 'other' });
    const definition = await create('TaskDefinition', {
      Family: 'shop',
      ExecutionRoleArn: executionRoleArn,
      ContainerDefinitions: [
        {
          Name: 'web',
          Image: world.image(':1'),
          PortMappings: [{ ContainerPort: 8080 }],
          DockerLabels: { Kept: 'As It Is' },
        },
      ],
    });
    const properties = {
      Cluster: cluster?.ref,
      TaskDefinition: definition?.ref,
      DesiredCount: 2,
      DeploymentController: { Type: 'CODE_DEPLOY' },
      LoadBalancers: [{ TargetGroupArn: world.blue, ContainerName: 'web', ContainerPort: 8080 }],
    };
    const service = create('Service', properties);
    const made = await world.local.cloud.clock.until(service as Promise<any>);

    const { services } = await world.ask('DescribeServices', {
      cluster: 'other',
      services: [made.ref],
    });
    expect(services[0]).toMatchObject({ runningCount: 2, serviceName: made.attributes.Name });
    const described = await world.ask('DescribeTaskDefinition', {
      taskDefinition: definition?.ref,
    });
    expect(described.taskDefinition.containerDefinitions[0].dockerLabels).toEqual({
      Kept: 'As It Is',
    });
  });

  it('fails the creation of a service whose tasks keep ending, with the reason', async () => {
    ending.add('1');
    const create = world.ecs.resources?.['AWS::ECS::Service']?.create(
      { Cluster: 'shop', TaskDefinition: await world.taskDefinition(':1'), ServiceName: 'web' },
      world.local.contextOf('Service'),
    ) as Promise<unknown>;

    await expect(world.local.cloud.clock.until(create)).rejects.toThrow(
      'Essential container in task exited',
    );
  });
});
