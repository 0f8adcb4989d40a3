import {
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  type ServiceEvent,
  type Task,
} from '@aws-sdk/client-ecs';
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { readGreenStart } from '../../../handlers/drivers/codedeploy-ecs/green-start.ts';

const LAUNCH = new Date('2026-11-23T09:00:00Z');
const at = (minute: number) => new Date(LAUNCH.getTime() + minute * 60_000);

const green = {
  id: 'ecs-svc/2',
  createdAt: LAUNCH,
  computedDesiredCount: 3,
  runningCount: 2,
  loadBalancers: [{ targetGroupArn: 'arn:green' }],
};

const read = (tasks: Task[], events: ServiceEvent[] = [], states: string[] = []) => {
  const ecs = mockClient(ECSClient);
  ecs
    .on(ListTasksCommand, { cluster: 'shop', startedBy: 'ecs-svc/2', desiredStatus: 'STOPPED' })
    .resolves({ taskArns: tasks.map((_, index) => `task/${index}`) });
  ecs.on(DescribeTasksCommand).resolves({ tasks });
  mockClient(ElasticLoadBalancingV2Client)
    .on(DescribeTargetHealthCommand, { TargetGroupArn: 'arn:green' })
    .resolves({
      TargetHealthDescriptions: states.map((State) => ({ TargetHealth: { State } }) as never),
    });
  return readGreenStart({ clusterArn: 'shop', events }, green);
};

it('counts how tasks ended, each in its own way, and keeps the words about the last one', async () => {
  const found = await read([
    {
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      stoppedAt: at(1),
      containers: [{ exitCode: 137, reason: 'OutOfMemoryError: container killed' }],
    },
    {
      stopCode: 'TaskFailedToStart',
      stoppedReason: 'CannotPullContainerError: x',
      stoppedAt: at(0),
    },
    {
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Task failed ELB health checks in (target-group arn:green)',
      stoppedAt: at(0.5),
    },
    // Scaling in and people are nobody's fault.
    { stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'Scaling activity initiated by (x)' },
    { stopCode: 'UserInitiated', stoppedReason: 'Task stopped by user' },
  ]);
  expect(found).toEqual({
    desired: 3,
    running: 2,
    healthy: 0,
    checked: 0,
    exited: 1,
    unstarted: 1,
    unhealthy: 1,
    unplaced: 0,
    exitCode: 137,
    why: 'Essential container in task exited (OutOfMemoryError: container killed)',
  });
});

it('takes a running task for healthy when the balancer does, or checks nothing yet', async () => {
  const states = ['healthy', 'unused', 'unused', 'draining', 'initial'];
  expect(await read([], [], states)).toMatchObject({ running: 2, healthy: 2, checked: 1 });
  expect(await read([], [], ['healthy', 'initial'])).toMatchObject({ healthy: 1 });
});

it('counts only failed placements of green itself, since its launch', async () => {
  const unplaced = 'was unable to place a task. Reason: Capacity is unavailable at this time.';
  const { unplaced: count, why } = await read(
    [],
    [
      { message: `(service web, taskSet ecs-svc/2) ${unplaced}`, createdAt: at(2) },
      { message: `(service web) ${unplaced}`, createdAt: at(1) },
      { message: `(service web, taskSet ecs-svc/1) ${unplaced}`, createdAt: at(1) },
      { message: `(service web) ${unplaced}`, createdAt: at(-5) },
      { message: '(service web, taskSet ecs-svc/2) has reached a steady state.', createdAt: at(1) },
    ],
  );
  expect({ count, why }).toEqual({
    count: 2,
    why: `(service web, taskSet ecs-svc/2) ${unplaced}`,
  });
});
