import { reason } from '../reason.ts';
import type { EcsTarget } from '../target.ts';
import { fail, pass, type Verdict } from '../verdict.ts';

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
  /** Target groups of the production listener with their weights. */
  readonly weights: readonly { readonly targetGroup: string; readonly weight: number }[];
  readonly testListenerExists: boolean;
  /** Healthy targets of the group that serves production. */
  readonly healthy: number;
  /** Containers of the running task definition, with the ports on which they listen. */
  readonly containers: readonly { readonly name: string; readonly ports: readonly number[] }[];
}

/** Times that a service which runs too few tasks is read again, 15 seconds apart (the machine's retries). */
const SETTLING_TRIES = 4;

/** Whether a release reads a service again: too few tasks are all that speaks against it, as while one is replaced or after scaling out. */
export const maySettle = ({ verdict, reasons }: Verdict, tries: number): boolean =>
  verdict === 'fail' &&
  tries < SETTLING_TRIES &&
  reasons.every(
    ({ code, figures: { healthy = 0, running = 0, desired = 0 } = {} }) =>
      code === 'target-unhealthy' && healthy > 0 && running < desired,
  );

/**
 * Whether a service is there and runs as its registration says, with all its traffic on one side, and well unless the
 * release goes back from what is ill.
 */
export const checkService = (
  target: EcsTarget,
  reading: ServiceReading,
  mayBeIll = false,
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
  if (!reading.testListenerExists) {
    return missing(`Test listener ${target.testListener} does not exist`);
  }
  const container = reading.containers.find(({ name }) => name === target.container);
  if (!container?.ports.includes(target.port)) {
    const lacking = container
      ? `no port ${target.port} in container ${target.container}`
      : `no container ${target.container}`;
    return missing(`The running task definition of ${target.service} has ${lacking}`);
  }
  const serving = reading.weights.filter(({ weight }) => weight > 0);
  if (serving.length !== 1) {
    return fail(
      reason(
        'already-shifting',
        `The production listener of ${target.service} splits its traffic over ${serving.length} target groups: an earlier deployment was left half done`,
        about,
      ),
    );
  }
  if (!target.targetGroups.includes(serving[0]!.targetGroup)) {
    return unhealthy(
      `The production listener of ${target.service} forwards to ${serving[0]!.targetGroup}, which is none of the registered target groups`,
    );
  }
  const primary = reading.taskSets.find(({ status }) => status === 'PRIMARY');
  if (!primary || primary.targetGroup !== serving[0]!.targetGroup) {
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
