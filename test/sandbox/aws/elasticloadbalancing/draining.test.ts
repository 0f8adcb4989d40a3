import { mkdtempSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { elasticloadbalancingService } from '../../../../packages/sandbox/aws/elasticloadbalancing/service.ts';
import { scaledClock } from '../../../../packages/sandbox/clock/scaled-clock.ts';
import { processContainers } from '../../../../packages/sandbox/containers/process-containers.ts';
import type { Container } from '../../../../packages/sandbox/containers.ts';
import { type Answers, collectAnswers } from '../../../../rehearsal/traffic/app-log.ts';
import { startTraffic } from '../../../../rehearsal/traffic/traffic.ts';
import { localCloud } from '../../local-cloud.ts';

const folder = fileURLToPath(new URL('../../containers/fixture', import.meta.url));

/** Requests in a second, and the milliseconds that their answers take: a dozen are under way at a time. */
const RATE = 120;

/** Requests that are due since a moment, at that rate. */
const dueSince = (began: number) => () => ((performance.now() - began) / 1000) * RATE;
const WAITS = [20, 60, 100, 140, 180];

const journeys = (port: number) =>
  WAITS.map((wait) => ({
    application: 'web',
    url: new URL(`http://127.0.0.1:${port}/?wait=${wait}`),
    weight: 1,
  }));

/** A whole answer that the application made; everything else is a lost request. */
const answered = (port: number, wait: number, agent: Agent): Promise<boolean> =>
  new Promise((resolve) => {
    const asked = request(
      { host: '127.0.0.1', port, path: `/?wait=${wait}`, agent },
      (response) => {
        response.resume();
        response.once('close', () => resolve(response.complete && response.statusCode === 200));
      },
    );
    asked.once('error', () => resolve(false));
    asked.end();
  });

describe('real targets behind a real listener', () => {
  let local: ReturnType<typeof localCloud>;
  let arn: string;
  let port: number;
  let answers: Answers;
  let said: number;

  /** Waits until the applications have written so many lines more. */
  const saidMore = (lines: number) => {
    const wanted = said + lines;
    return vi.waitFor(() => expect(said).toBeGreaterThan(wanted), 30_000);
  };
  const ask = (operation: string, input: unknown) =>
    local.ask('elasticloadbalancing', operation, input);
  const targetOf = ({ address }: Container) => ({ Id: address.host, Port: address.port });
  const healthy = async (count: number) => {
    const { TargetHealthDescriptions } = await ask('DescribeTargetHealth', { TargetGroupArn: arn });
    const states = TargetHealthDescriptions.map(({ TargetHealth }: any) => TargetHealth.State);
    expect(states.filter((state: string) => state === 'healthy')).toHaveLength(count);
  };
  const start = async (version: string): Promise<Container> => {
    const container = await local.cloud.containers.start({
      image: 'fixture',
      digest: 'sha256:0',
      tags: [],
      folder,
      command: ['node', 'server.js'],
      environment: { VERSION: version },
      port: 8080,
      onOutput: (line) => {
        said += 1;
        answers.hear(line);
      },
    });
    await ask('RegisterTargets', { TargetGroupArn: arn, Targets: [targetOf(container)] });
    return container;
  };

  beforeEach(async () => {
    answers = collectAnswers();
    said = 0;
    const clock = scaledClock(60);
    local = localCloud(
      clock,
      processContainers({ clock, folder: mkdtempSync(join(tmpdir(), 'containers-')) }),
    );
    local.register(elasticloadbalancingService(local.cloud));
    const groups = await ask('CreateTargetGroup', {
      Name: 'web',
      Port: 8080,
      TargetType: 'ip',
      HealthCheckIntervalSeconds: 10,
    });
    arn = groups.TargetGroups[0].TargetGroupArn;
    const balancers = await ask('CreateLoadBalancer', { Name: 'web' });
    const listeners = await ask('CreateListener', {
      LoadBalancerArn: balancers.LoadBalancers[0].LoadBalancerArn,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: arn }],
    });
    port = listeners.Listeners[0].Port;
  });
  afterEach(async () => {
    await local.cloud.containers.close();
    await local.close();
  });

  /** What users met while `leave` took one of two targets away, with requests under way all the time. */
  const countWhile = async (leave: (container: Container) => Promise<void>) => {
    const old = await start('1.0.0');
    await start('2.0.0');
    await vi.waitFor(() => healthy(2), 5000);

    const traffic = startTraffic(journeys(port), dueSince(performance.now()), answers);
    await saidMore(64);
    await leave(old);
    await saidMore(64);
    return traffic.stop();
  };

  it('loses no request when a target is drained before it is stopped', async () => {
    const { lost, answeredBy } = await countWhile(async (container) => {
      const target = targetOf(container);
      await ask('DeregisterTargets', { TargetGroupArn: arn, Targets: [target] });
      await vi.waitFor(async () => {
        const answer = await ask('DescribeTargetHealth', {
          TargetGroupArn: arn,
          Targets: [target],
        });
        expect(answer.TargetHealthDescriptions[0].TargetHealth.State).toBe('unused');
      }, 5000);
      await container.stop(30);
    });

    expect(lost).toBe(0);
    expect(answeredBy).toMatchObject({
      'web 1.0.0': expect.any(Number),
      'web 2.0.0': expect.any(Number),
    });
  });

  it('loses requests when a target is killed without draining', async () => {
    const { lost, failed, losses } = await countWhile((container) => container.stop(0));

    expect(lost).toBeGreaterThan(0);
    expect(failed).toBe(0);
    expect(losses[0]).toContain('502, which no application answered');
  });

  it('gives a draining target no new request, while the last one ends', async () => {
    const container = await start('1.0.0');
    await vi.waitFor(() => healthy(1), 5000);
    const agent = new Agent();
    const slow = answered(port, 700, agent);
    await vi.waitFor(async () => expect(await answered(port, 0, agent)).toBe(true));

    await ask('DeregisterTargets', { TargetGroupArn: arn, Targets: [targetOf(container)] });
    const late = await fetch(`http://127.0.0.1:${port}/`);

    expect(late.status).toBe(503);
    expect(await slow).toBe(true);
  });

  it('tells the application where a request came from, and passes bodies both ways', async () => {
    await start('1.0.0');
    await vi.waitFor(() => healthy(1), 5000);

    const answer = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      body: 'x'.repeat(100_000),
    });
    const { headers, version } = (await answer.json()) as any;

    expect(version).toBe('1.0.0');
    expect(headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-port': `${port}`,
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      'content-length': '100000',
    });
  });

  it('gives up on a target that is idle for too long', async () => {
    await start('1.0.0');
    await vi.waitFor(() => healthy(1), 5000);
    const { LoadBalancers } = await ask('DescribeLoadBalancers', {});
    await ask('ModifyLoadBalancerAttributes', {
      LoadBalancerArn: LoadBalancers[0].LoadBalancerArn,
      Attributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '1' }],
    });

    expect((await fetch(`http://127.0.0.1:${port}/?wait=3000`)).status).toBe(504);
  });
});
