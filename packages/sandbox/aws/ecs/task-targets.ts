import { setTimeout as realTime } from 'node:timers/promises';
import type { Cloud } from '../../cloud.ts';
import type { Task, TaskSet } from './state.ts';

/** Real milliseconds between two looks at a target that drains. */
const look = 25;
/** A call to the balancer that fails is made again after this many milliseconds of service time, so often. */
const pause = 1000;
const attempts = 10;

interface Place {
  readonly TargetGroupArn: string;
  readonly Targets: readonly [{ readonly Id: string; readonly Port: number }];
}

/** Registers tasks with their target groups and takes them out again, as ECS's service-linked role does. */
export const taskTargets = (cloud: Cloud) => {
  const balancing = (region: string, operation: string, input: unknown) =>
    cloud.call({
      principal: { kind: 'service', service: 'ecs.amazonaws.com' },
      region,
      service: 'elasticloadbalancing',
      operation,
      input,
    });

  const placesOf = (task: Task): Place[] =>
    task.taskSet.loadBalancers.flatMap(({ targetGroupArn, containerName }) => {
      const address = task.addresses.get(containerName ?? '');
      if (!targetGroupArn || !address) return [];
      return [
        { TargetGroupArn: targetGroupArn, Targets: [{ Id: address.host, Port: address.port }] },
      ];
    });

  /** ECS keeps trying: one refused call must not leave a dead target behind a balancer. */
  const persist = async (work: () => Promise<unknown>): Promise<void> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await work();
        return;
      } catch (error) {
        if (attempt === attempts) throw error;
        await cloud.clock.sleep(pause);
      }
    }
  };

  const stateOf = async (region: string, place: Place): Promise<string> => {
    const answer = await balancing(region, 'DescribeTargetHealth', place);
    return answer.TargetHealthDescriptions?.[0]?.TargetHealth?.State ?? 'unused';
  };

  return {
    register: async (task: Task) => {
      for (const place of placesOf(task)) {
        await persist(() => balancing(task.cluster.region, 'RegisterTargets', place));
      }
    },

    /** Deregisters and waits, in real time, until no request is in flight or the delay of the group is over. */
    deregister: async (task: Task, { wait }: { wait: boolean }) => {
      const { region } = task.cluster;
      for (const place of placesOf(task)) {
        await persist(() => balancing(region, 'DeregisterTargets', place));
      }
      if (!wait) return;
      await cloud.clock.busy(async () => {
        for (const place of placesOf(task)) {
          while ((await stateOf(region, place).catch(() => 'unused')) === 'draining') {
            await realTime(look);
          }
        }
      });
    },

    /** The balancer's states of the running tasks' targets, by task. */
    health: async ({ service, loadBalancers, tasks }: TaskSet): Promise<Map<Task, string[]>> => {
      const { region } = service.cluster;
      const found = new Map<Task, string[]>();
      for (const { targetGroupArn } of loadBalancers) {
        if (!targetGroupArn) continue;
        const answer = await balancing(region, 'DescribeTargetHealth', {
          TargetGroupArn: targetGroupArn,
        });
        const states = new Map<string, string>(
          answer.TargetHealthDescriptions.map((description: any) => [
            `${description.Target.Id}:${description.Target.Port}`,
            description.TargetHealth.State,
          ]),
        );
        for (const task of tasks) {
          if (task.lastStatus !== 'RUNNING') continue;
          for (const { TargetGroupArn, Targets } of placesOf(task)) {
            if (TargetGroupArn !== targetGroupArn) continue;
            const state = states.get(`${Targets[0].Id}:${Targets[0].Port}`) ?? 'unused';
            found.set(task, [...(found.get(task) ?? []), state]);
          }
        }
      }
      return found;
    },
  };
};

/** What `taskTargets` makes. */
export type TaskTargets = ReturnType<typeof taskTargets>;
