import '../environment.ts';

import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import {
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { untilGreenAnswers } from '../../../handlers/drivers/codedeploy-ecs/test-traffic.ts';
import { web } from '../../core/fixture.ts';

const [blue, green] = ['targetgroup/one', 'targetgroup/two'];
const ecs = mockClient(ECSClient);
const balancer = mockClient(ElasticLoadBalancingV2Client);

const taskSet = (externalId: string, targetGroupArn: string) => ({
  externalId,
  loadBalancers: [{ targetGroupArn }],
});

/** Lets each reading of the test listener show the next of these groups, the last one from then on. */
const showing = (...groups: readonly string[]) => {
  let reading = 0;
  balancer.on(DescribeRulesCommand, { ListenerArn: 'listener/test' }).callsFake(async () => {
    const TargetGroupArn = groups[Math.min(reading, groups.length - 1)];
    reading += 1;
    return {
      Rules: [
        { Priority: '10', Actions: [{ Type: 'forward', TargetGroupArn }] },
        { Priority: 'default', Actions: [{ Type: 'fixed-response' }] },
      ],
    };
  });
  return () => reading;
};

beforeEach(() => {
  vi.useFakeTimers();
  ecs.on(DescribeServicesCommand).resolves({
    services: [{ taskSets: [taskSet('d-before', blue), taskSet('d-now', green)] }],
  });
});
afterEach(() => {
  vi.useRealTimers();
  ecs.reset();
  balancer.reset();
});

/** The verdict; its pauses pass at once. */
const waited = async (deployment = 'd-now') => {
  const verdict = untilGreenAnswers(web(), deployment);
  await vi.runAllTimersAsync();
  return verdict;
};

describe('before green is checked', () => {
  it('the test listener is read until three readings lead to green', async () => {
    const readings = showing(blue, green, blue, green, green, green);

    expect(await waited()).toMatchObject({ verdict: 'pass' });
    expect(readings()).toBe(6);
  });

  it('green is given up whose test listener stays with blue', async () => {
    const readings = showing(blue);

    expect(await waited()).toMatchObject({
      verdict: 'fail',
      reasons: [
        {
          code: 'traffic-not-moved',
          target: 'web',
          text: 'Test listener listener/test does not send all requests to green, target group targetgroup/two',
        },
      ],
    });
    expect(readings()).toBe(24);
  });

  it('green is given up that has no task set', async () => {
    showing(green);

    expect(await waited('d-other')).toMatchObject({
      reasons: [{ text: 'Deployment d-other has no task set in service web' }],
    });
  });
});
