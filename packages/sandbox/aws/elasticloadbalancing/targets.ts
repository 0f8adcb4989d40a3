import { Agent } from 'node:http';
import { isIP } from 'node:net';
import type {
  DescribeTargetHealthInput,
  RegisterTargetsInput,
  TargetDescription,
  TargetHealth,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Operation } from '../../cloud.ts';
import {
  loadBalancersOf,
  type State,
  type Target,
  type TargetGroup,
  targetGroupOf,
} from './state.ts';

const keyOf = (group: TargetGroup, { Id, Port }: TargetDescription) =>
  `${Id}:${Port ?? group.port}`;

const check = ({ targetType }: TargetGroup, { Id = '', Port = 1 }: TargetDescription) => {
  if (targetType === 'ip' && !isIP(Id)) {
    throw new AwsError('ValidationError', `The IP address '${Id}' is not valid`);
  }
  if (Port < 1 || Port > 65_535) {
    throw new AwsError('ValidationError', `The port '${Port}' must be from 1 to 65535`);
  }
};

const newTarget = (group: TargetGroup, { Id = '', Port }: TargetDescription): Target => ({
  id: Id,
  port: Number(Port ?? group.port),
  state: 'initial',
  reason: 'Elb.RegistrationInProgress',
  description: 'Target registration is in progress',
  inFlight: 0,
  onIdle: undefined,
  agent: new Agent({ keepAlive: true }),
  upgraded: new Set(),
});

const notRegistered: TargetHealth = {
  State: 'unused',
  Reason: 'Target.NotRegistered',
  Description: 'Target is not registered to the target group',
};

const notInUse: TargetHealth = {
  State: 'unused',
  Reason: 'Target.NotInUse',
  Description: 'Target group is not configured to receive traffic from the load balancer',
};

const healthOf = (target: Target | undefined, inUse: boolean): TargetHealth => {
  if (!target) return notRegistered;
  if (!inUse && target.state !== 'draining') return notInUse;
  return {
    State: target.state,
    ...(target.reason && { Reason: target.reason as NonNullable<TargetHealth['Reason']> }),
    ...(target.description && { Description: target.description }),
  };
};

/** Operations on the targets of a group; `changed` is told when health checks may have to begin or end. */
export const targetOperations = (
  state: State,
  changed: () => void,
): { readonly operations: Record<string, Operation>; close(): void } => {
  const delays = new Set<NodeJS.Timeout>();

  /**
   * Gives a target no new request and lets it go when none is in flight, or when the delay (real time) is over: that
   * ends its WebSockets.
   */
  const drain = (group: TargetGroup, key: string, target: Target) => {
    target.state = 'draining';
    target.reason = 'Target.DeregistrationInProgress';
    target.description = 'Target deregistration is in progress';
    const seconds = Number(group.attributes.get('deregistration_delay.timeout_seconds'));

    const leave = () => {
      clearTimeout(delay);
      delays.delete(delay);
      target.onIdle = undefined;
      if (target.state !== 'draining' || group.targets.get(key) !== target) return;
      group.targets.delete(key);
      target.agent.destroy();
      for (const socket of target.upgraded) socket.destroy();
    };
    const delay = setTimeout(leave, seconds * 1000);
    delays.add(delay);
    if (target.inFlight === 0) leave();
    else target.onIdle = leave;
  };

  const operations: Record<string, Operation> = {
    RegisterTargets: (input: RegisterTargetsInput, { region }: Caller) => {
      const group = targetGroupOf(state.of(region), input.TargetGroupArn);
      for (const description of input.Targets ?? []) check(group, description);
      for (const description of input.Targets ?? []) {
        const key = keyOf(group, description);
        const known = group.targets.get(key);
        if (known && known.state !== 'draining') continue;
        group.targets.set(key, newTarget(group, description));
      }
      changed();
      return {};
    },

    DeregisterTargets: (input: RegisterTargetsInput, { region }: Caller) => {
      const group = targetGroupOf(state.of(region), input.TargetGroupArn);
      for (const description of input.Targets ?? []) {
        const key = keyOf(group, description);
        const target = group.targets.get(key);
        if (target && target.state !== 'draining') drain(group, key, target);
      }
      changed();
      return {};
    },

    DescribeTargetHealth: (input: DescribeTargetHealthInput, { region }: Caller) => {
      const current = state.of(region);
      const group = targetGroupOf(current, input.TargetGroupArn);
      const inUse = loadBalancersOf(current, group).length > 0;
      const asked: readonly TargetDescription[] =
        input.Targets ??
        [...group.targets.values()].map(({ id, port }) => ({ Id: id, Port: port }));
      return {
        TargetHealthDescriptions: asked.map((description) => ({
          Target: { Id: description.Id, Port: description.Port ?? group.port },
          HealthCheckPort: `${description.Port ?? group.port}`,
          TargetHealth: healthOf(group.targets.get(keyOf(group, description)), inUse),
        })),
      };
    },
  };

  return {
    operations,
    close: () => {
      for (const delay of delays) clearTimeout(delay);
    },
  };
};
