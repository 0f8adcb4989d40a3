import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  elasticloadbalancingService,
  type LoadBalancingService,
} from '../../../../packages/sandbox/aws/elasticloadbalancing/service.ts';
import { virtualClock } from '../../../../packages/sandbox/clock/virtual-clock.ts';
import { modelContainers } from '../../../../packages/sandbox/containers/model-containers.ts';
import type { Container, ContainerRequest } from '../../../../packages/sandbox/containers.ts';
import { localCloud, recording } from '../../local-cloud.ts';

/** Status that each modelled revision answers with, and for how long it works. */
type Behaviour = { status: number; milliseconds?: number } | 'broken';

describe('an application load balancer in virtual time', () => {
  const behaviours: Record<string, Behaviour> = {};
  const clock = () => local.cloud.clock;
  let local: ReturnType<typeof localCloud>;
  let elb: LoadBalancingService;
  let metrics: ReturnType<typeof recording>;

  beforeEach(() => {
    for (const name of Object.keys(behaviours)) delete behaviours[name];
    const containers = modelContainers(({ image }) => ({ path }) => {
      const behaviour = behaviours[image] ?? { status: 200 };
      if (behaviour === 'broken') throw new Error('reset');
      return { ...behaviour, body: `${image} ${path}` };
    });
    local = localCloud(virtualClock(), containers);
    elb = local.register(elasticloadbalancingService(local.cloud));
    metrics = local.register(recording('cloudwatch', { PutMetricData: () => ({}) }));
  });
  afterEach(() => local.close());

  const ask = (operation: string, input: unknown) =>
    local.ask('elasticloadbalancing', operation, input);
  const container = (image: string): Promise<Container> => {
    const request = { image, port: 8080 } as ContainerRequest;
    return local.cloud.containers.start(request);
  };
  const group = async (name: string, health: object = {}): Promise<string> => {
    const { TargetGroups } = await ask('CreateTargetGroup', {
      Name: name,
      Port: 8080,
      TargetType: 'ip',
      HealthCheckIntervalSeconds: 10,
      HealthCheckPath: '/health',
      ...health,
    });
    return TargetGroups[0].TargetGroupArn;
  };
  const register = async (arn: string, image: string) => {
    const { address } = await container(image);
    const target = { Id: address.host, Port: address.port };
    await ask('RegisterTargets', { TargetGroupArn: arn, Targets: [target] });
    return target;
  };
  const forward = (weights: Record<string, number>) => [
    {
      Type: 'forward',
      ForwardConfig: {
        TargetGroups: Object.entries(weights).map(([TargetGroupArn, Weight]) => ({
          TargetGroupArn,
          Weight,
        })),
      },
    },
  ];
  const listener = async (weights: Record<string, number>) => {
    const { LoadBalancers } = await ask('CreateLoadBalancer', {
      Name: `lb-${Object.keys(weights).length}`,
    });
    const { Listeners } = await ask('CreateListener', {
      LoadBalancerArn: LoadBalancers[0].LoadBalancerArn,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: forward(weights),
    });
    return Listeners[0] as { ListenerArn: string; Port: number };
  };
  const pass = (seconds: number) => clock().until(clock().sleep(seconds * 1000));
  const health = async (arn: string) => {
    const { TargetHealthDescriptions } = await ask('DescribeTargetHealth', { TargetGroupArn: arn });
    return TargetHealthDescriptions.map(({ TargetHealth }: any) => TargetHealth);
  };
  const states = async (arn: string) => (await health(arn)).map(({ State }: any) => State);
  const get = async (port: number, url = '/') => {
    const answer = await elb.serve(port, {
      method: 'GET',
      url,
      headers: {},
      body: new Uint8Array(),
    });
    return { status: answer.status, body: new TextDecoder().decode(answer.body) };
  };
  const count = async (port: number, requests: number) => {
    const seen: Record<string, number> = {};
    for (let made = 0; made < requests; made += 1) {
      const { body } = await get(port);
      const [image = ''] = body.split(' ');
      seen[image] = (seen[image] ?? 0) + 1;
    }
    return seen;
  };

  it('takes a target that passes its first check, and gives it up after two failures', async () => {
    const blue = await group('blue');
    await register(blue, 'web');
    expect(await health(blue)).toMatchObject([{ State: 'unused', Reason: 'Target.NotInUse' }]);

    await listener({ [blue]: 1 });
    expect(await states(blue)).toEqual(['initial']);
    await pass(1);
    expect(await states(blue)).toEqual(['healthy']);

    behaviours.web = { status: 500 };
    await pass(10);
    expect(await states(blue)).toEqual(['healthy']);
    await pass(10);
    expect(await health(blue)).toMatchObject([
      { State: 'unhealthy', Description: 'Health checks failed with these codes: [500]' },
    ]);

    behaviours.web = { status: 200 };
    await pass(40);
    expect(await states(blue)).toEqual(['unhealthy']);
    await pass(10);
    expect(await states(blue)).toEqual(['healthy']);
  });

  it('tells a time-out and a broken connection from a wrong answer', async () => {
    const slow = await group('slow', { HealthCheckTimeoutSeconds: 2 });
    const dead = await group('dead');
    await register(slow, 'slow');
    await register(dead, 'dead');
    behaviours.slow = { status: 200, milliseconds: 3000 };
    behaviours.dead = 'broken';
    await listener({ [slow]: 1, [dead]: 1 });

    await pass(15);

    expect(await health(slow)).toMatchObject([{ Reason: 'Target.Timeout' }]);
    expect(await health(dead)).toMatchObject([{ Reason: 'Target.FailedHealthChecks' }]);
  });

  it('reads ranges and lists of a matcher', async () => {
    const blue = await group('blue', { Matcher: { HttpCode: '200,301-303' } });
    await register(blue, 'web');
    behaviours.web = { status: 302 };
    await listener({ [blue]: 1 });

    await pass(1);

    expect(await states(blue)).toEqual(['healthy']);
  });

  it('checks a group at weight 0 and stops when it leaves the listener', async () => {
    const blue = await group('blue');
    const green = await group('green');
    await register(green, 'green');
    const { ListenerArn } = await listener({ [blue]: 100, [green]: 0 });

    await pass(1);
    expect(await states(green)).toEqual(['healthy']);

    await ask('ModifyListener', { ListenerArn, DefaultActions: forward({ [blue]: 1 }) });
    expect(await states(green)).toEqual(['unused']);
  });

  it('shares requests out by weight', async () => {
    const blue = await group('blue');
    const green = await group('green');
    await register(blue, 'blue');
    await register(green, 'green');
    const { ListenerArn, Port } = await listener({ [blue]: 90, [green]: 10 });
    await pass(1);

    const seen = await count(Port, 1000);
    expect(seen.green).toBeGreaterThan(60);
    expect(seen.green).toBeLessThan(140);

    await ask('ModifyListener', {
      ListenerArn,
      DefaultActions: forward({ [blue]: 0, [green]: 7 }),
    });
    expect(await count(Port, 50)).toEqual({ green: 50 });
  });

  it('takes healthy targets in turn, and all of them when none is healthy', async () => {
    const blue = await group('blue');
    for (const image of ['a', 'b', 'c']) await register(blue, image);
    behaviours.c = { status: 500 };
    const { Port } = await listener({ [blue]: 1 });
    await pass(20);

    expect(await count(Port, 10)).toEqual({ a: 5, b: 5 });

    behaviours.a = { status: 500 };
    behaviours.b = { status: 500 };
    await pass(30);
    expect(await count(Port, 9)).toEqual({ a: 3, b: 3, c: 3 });
  });

  it('answers 503 without targets and 502 for one that breaks', async () => {
    const blue = await group('blue');
    const { Port } = await listener({ [blue]: 1 });
    expect((await get(Port)).status).toBe(503);

    await register(blue, 'web');
    await pass(1);
    behaviours.web = 'broken';
    expect((await get(Port)).status).toBe(502);
  });

  it('lets an idle target go at once', async () => {
    const blue = await group('blue');
    const target = await register(blue, 'web');
    await listener({ [blue]: 1 });
    await pass(1);

    await ask('DeregisterTargets', { TargetGroupArn: blue, Targets: [target] });

    expect(await states(blue)).toEqual([]);
  });

  it('publishes what it counted, and nothing of requests when there were none', async () => {
    const names = () =>
      metrics.asked.flatMap(({ input }) => input.MetricData.map((datum: any) => datum.MetricName));
    const blue = await group('blue');
    await register(blue, 'web');
    const { Port } = await listener({ [blue]: 1 });
    await pass(70);
    expect(new Set(names())).toEqual(new Set(['HealthyHostCount', 'UnHealthyHostCount']));

    metrics.asked.length = 0;
    behaviours.web = { status: 201, milliseconds: 250 };
    for (let made = 0; made < 3; made += 1) await get(Port);
    behaviours.web = 'broken';
    await get(Port);
    await pass(5);

    const input = metrics.asked[0]?.input;
    expect(input.Namespace).toBe('AWS/ApplicationELB');
    const find = (name: string, dimensions: number) =>
      input.MetricData.find(
        (datum: any) => datum.MetricName === name && datum.Dimensions.length === dimensions,
      );
    expect(find('RequestCount', 1)).toMatchObject({ Values: [1], Counts: [4] });
    expect(find('HTTPCode_Target_2XX_Count', 2)).toMatchObject({ Values: [1], Counts: [3] });
    expect(find('TargetResponseTime', 2)).toMatchObject({ Values: [0.25], Counts: [3] });
    expect(find('HTTPCode_ELB_5XX_Count', 1)).toMatchObject({ Counts: [1] });
    expect(find('RequestCount', 2).Dimensions).toEqual([
      { Name: 'TargetGroup', Value: expect.stringMatching(/^targetgroup\/blue\/[0-9a-f]{16}$/) },
      { Name: 'LoadBalancer', Value: expect.stringMatching(/^app\/lb-1\/[0-9a-f]{16}$/) },
    ]);
  });

  it('counts connections that a target did not take, apart from answers that broke', async () => {
    const blue = await group('blue');
    const nobody = { Id: '127.0.0.1', Port: 1 };
    await ask('RegisterTargets', { TargetGroupArn: blue, Targets: [nobody] });
    const { Port } = await listener({ [blue]: 1 });
    const counted = async () => {
      metrics.asked.length = 0;
      expect((await get(Port)).status).toBe(502);
      await pass(5);
      return metrics.asked
        .flatMap(({ input }) => input.MetricData)
        .filter(({ MetricName }) => MetricName === 'TargetConnectionErrorCount');
    };

    expect(await counted()).toMatchObject([
      { Counts: [1], Dimensions: [{ Name: 'LoadBalancer' }] },
      { Counts: [1], Dimensions: [{ Name: 'TargetGroup' }, { Name: 'LoadBalancer' }] },
    ]);

    await ask('DeregisterTargets', { TargetGroupArn: blue, Targets: [nobody] });
    behaviours.web = 'broken';
    await register(blue, 'web');
    expect(await counted()).toEqual([]);
  });

  it('refuses weights, groups and ports that AWS refuses', async () => {
    const blue = await group('blue');
    const { ListenerArn } = await listener({ [blue]: 1 });
    const modify = (weights: Record<string, number>) =>
      ask('ModifyListener', { ListenerArn, DefaultActions: forward(weights) });

    await expect(modify({ [blue]: 1000 })).rejects.toMatchObject({ name: 'ValidationError' });
    await expect(modify({ none: 1 })).rejects.toMatchObject({
      name: 'TargetGroupNotFoundException',
    });
    await expect(group('blue')).rejects.toMatchObject({
      name: 'DuplicateTargetGroupNameException',
    });
    await expect(ask('DescribeListeners', { ListenerArns: ['none'] })).rejects.toMatchObject({
      name: 'ListenerNotFoundException',
    });
  });

  it.each([
    ['DescribeListeners', {}, 'ValidationError'],
    ['DescribeRules', {}, 'ValidationError'],
    ['DescribeRules', { RuleArns: ['none'] }, 'RuleNotFoundException'],
  ])('refuses %s with %j', async (operation, input, name) => {
    await expect(ask(operation, input)).rejects.toMatchObject({ name });
  });

  it('finds a rule by its ARN', async () => {
    const { ListenerArn } = await listener({ [await group('blue')]: 1 });
    const { Rules } = await ask('DescribeRules', { ListenerArn });

    expect(await ask('DescribeRules', { RuleArns: [Rules[0].RuleArn] })).toEqual({ Rules });
  });

  it.each([
    { Id: 'banana', Port: 80 },
    { Id: '10.0.0.1', Port: 0 },
    { Id: '10.0.0.1', Port: 65_536 },
  ])('takes no target %j', async (target) => {
    const TargetGroupArn = await group('blue');

    await expect(
      ask('RegisterTargets', { TargetGroupArn, Targets: [target] }),
    ).rejects.toMatchObject({ name: 'ValidationError' });
    expect(await health(TargetGroupArn)).toEqual([]);
  });

  it('creates its CloudFormation types', async () => {
    const create = (type: string, properties: object) =>
      elb.resources?.[`AWS::ElasticLoadBalancingV2::${type}`]?.create(
        properties,
        local.contextOf(type),
      );
    const balancer = await create('LoadBalancer', {
      LoadBalancerAttributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '30' }],
      SecurityGroups: ['sg-1'],
    });
    const target = await create('TargetGroup', {
      Port: '8080',
      TargetType: 'ip',
      TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '5' }],
    });
    const made = await create('Listener', {
      LoadBalancerArn: balancer?.ref,
      Port: 80,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: target?.ref }],
    });

    expect(balancer?.attributes).toMatchObject({
      DNSName: '127.0.0.1',
      LoadBalancerFullName: expect.stringMatching(/^app\//),
      SecurityGroups: ['sg-1'],
    });
    expect(target?.attributes).toMatchObject({
      TargetGroupFullName: expect.stringMatching(/^targetgroup\//),
    });
    const { TargetGroups } = await ask('DescribeTargetGroups', { TargetGroupArns: [target?.ref] });
    expect(TargetGroups[0].LoadBalancerArns).toEqual([balancer?.ref]);
    const { Listeners } = await ask('DescribeListeners', { ListenerArns: [made?.ref] });
    expect(Listeners[0].DefaultActions[0].ForwardConfig.TargetGroups).toEqual([
      { TargetGroupArn: target?.ref, Weight: 1 },
    ]);
  });
});
