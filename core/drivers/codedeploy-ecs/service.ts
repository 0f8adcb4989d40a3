import { reason } from '../../release/reason.ts';
import { fail, pass, type Verdict } from '../../release/verdict.ts';
import {
  actionInWords,
  type ListenerAction,
  ownActions,
  sharesOf,
  takesHost,
} from './forwarding.ts';
import type { EcsTarget } from './registration.ts';

/** What was read of one listener. */
export interface ListenerReading {
  readonly protocol: string;
  readonly actions: readonly ListenerAction[];
}

/** What was read of an ECS service and its balancer. */
export interface ServiceReading {
  readonly exists: boolean;
  readonly controller: string;
  readonly desired: number;
  /** Task sets that are not draining. */
  readonly taskSets: readonly {
    readonly status: string;
    readonly running: number;
    readonly targetGroup: string;
  }[];
  /** The listeners; undefined for one that does not exist. */
  readonly production: ListenerReading | undefined;
  readonly test: ListenerReading | undefined;
  /** Healthy targets of the group that serves production. */
  readonly healthy: number;
  /** Containers of the running task definition, with the ports on which they listen. */
  readonly containers: readonly { readonly name: string; readonly ports: readonly number[] }[];
}

/** Most actions of a listener that a sentence names. */
const NAMED = 4;

/** The sentence about a listener that leads to neither group; undefined where one of its actions does. */
const astray = (
  { service, targetGroups }: EcsTarget,
  what: string,
  { actions }: ListenerReading,
): string | undefined => {
  if (ownActions(actions, targetGroups).length > 0) return undefined;
  const named = actions.slice(0, NAMED).map(actionInWords);
  const more = actions.length > NAMED ? [`${actions.length - NAMED} more`] : [];
  return `${what} of ${service} forwards to neither of its registered target groups: ${[...named, ...more].join(', ')}`;
};

/** Why checks that have the target's host would not reach it by a listener; undefined if they would. */
const unreachable = (
  { name, targetGroups, host }: EcsTarget,
  what: string,
  { protocol, actions }: ListenerReading,
): string | undefined => {
  const remedy = `set host of target ${name} to the name that users use`;
  if (protocol === 'HTTPS' && host === undefined) {
    return `${what} speaks HTTPS, and no certificate is for the own name of a load balancer: ${remedy}`;
  }
  const own = ownActions(actions, targetGroups);
  if (own.some((action) => takesHost(action, host))) return undefined;
  const wanted = own.flatMap(({ hosts }) => hosts).join(', ');
  return `${what} leads to the service only for ${wanted}, and checks are sent for ${host ?? 'the own name of the load balancer'}: ${remedy}`;
};

/** What a release asks of a service. */
export interface ServiceCheck {
  /** It rolls back from what is ill. */
  readonly mayBeIll?: boolean;
  /** The 2×2 sends requests to blue, through the production listener. */
  readonly asksBlue?: boolean;
}

/**
 * Whether a service is there and runs as its registration says, with all its traffic on one side, and well unless the
 * release rolls back from what is ill.
 */
export const checkService = (
  target: EcsTarget,
  reading: ServiceReading,
  { mayBeIll = false, asksBlue = true }: ServiceCheck = {},
): Verdict => {
  const about = { target: target.name };
  const missing = (text: string) => fail(reason('target-missing', text, about));
  const unhealthy = (text: string) => fail(reason('target-unhealthy', text, about));
  if (!reading.exists) {
    return missing(
      `Service ${target.service} of cluster ${target.cluster} does not exist or is not active`,
    );
  }
  if (reading.controller !== 'CODE_DEPLOY') {
    return unhealthy(
      `Service ${target.service} has the ${reading.controller} controller; CodeDeploy moves only services created with CODE_DEPLOY`,
    );
  }
  const { production, test } = reading;
  if (!production) {
    return missing(`Production listener ${target.productionListener} does not exist`);
  }
  if (!test) return missing(`Test listener ${target.testListener} does not exist`);
  const listeners = [
    [`Production listener ${target.productionListener}`, production],
    [`Test listener ${target.testListener}`, test],
  ] as const;
  const container = reading.containers.find(({ name }) => name === target.container);
  if (!container?.ports.includes(target.port)) {
    const lacking = container
      ? `no port ${target.port} in container ${target.container}`
      : `no container ${target.container}`;
    return missing(`The running task definition of ${target.service} has ${lacking}`);
  }
  for (const [what, listener] of listeners) {
    const lost = astray(target, what, listener);
    if (lost) return unhealthy(lost);
    const isAsked = !mayBeIll && (listener === test || asksBlue);
    const unanswered = isAsked ? unreachable(target, what, listener) : undefined;
    if (unanswered) return fail(reason('host-not-served', unanswered, about));
  }
  const serving = [...sharesOf(production.actions, target.targetGroups)].filter(
    ([, share]) => share > 0,
  );
  if (serving.length !== 1) {
    return fail(
      reason(
        'already-shifting',
        // Of several actions none may lead elsewhere than the others: users would meet both versions.
        `The production listener of ${target.service} splits its traffic over ${serving.length} target groups: an earlier deployment was left unfinished`,
        about,
      ),
    );
  }
  const [group] = serving[0]!;
  if (!target.targetGroups.includes(group)) {
    return unhealthy(
      `The production listener of ${target.service} forwards to ${group}, which is none of the registered target groups`,
    );
  }
  const primary = reading.taskSets.find(({ status }) => status === 'PRIMARY');
  if (!primary || primary.targetGroup !== group) {
    return unhealthy(
      `The primary task set of ${target.service} is not the one that gets production traffic`,
    );
  }
  if (!mayBeIll && (primary.running < reading.desired || reading.healthy < 1)) {
    const { running } = primary;
    const { desired, healthy } = reading;
    return fail(
      reason(
        'target-unhealthy',
        `${target.service} runs ${running} of ${desired} tasks, ${healthy} of them healthy: blue must be healthy before green may come`,
        { ...about, figures: { running, desired, healthy } },
      ),
    );
  }
  return pass;
};
