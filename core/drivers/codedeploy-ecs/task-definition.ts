import { type Reason, reason } from '../../release/reason.ts';
import type { EcsTarget } from './registration.ts';
import { wrongWithImage } from './wanted.ts';

/** What was read of a revision of a task definition. */
export interface TaskDefinitionReading {
  /** `family:revision`. */
  readonly name: string;
  readonly family: string;
  readonly active: boolean;
  /** ARNs of its task role and its execution role, as far as it has them. */
  readonly roles: readonly string[];
  readonly containers: readonly {
    readonly name: string;
    readonly image: string;
    readonly ports: readonly number[];
  }[];
}

/** The image of the container that gets the traffic; empty when the revision has no such container. */
export const mainImage = (
  { container }: EcsTarget,
  { containers }: TaskDefinitionReading,
): string => containers.find(({ name }) => name === container)?.image ?? '';

/**
 * Whether a target's tasks may have a role, which a task definition names by its ARN or by its name alone. A registration
 * that is older than this rule lists none; then only the roles of what runs are known to be passable.
 */
const mayHave = (
  { taskRoles }: EcsTarget,
  { roles }: TaskDefinitionReading,
  role: string,
): boolean =>
  (taskRoles.length > 0 ? taskRoles : roles).some(
    (allowed) => allowed === role || allowed.endsWith(`/${role}`),
  );

/**
 * What is wrong with a revision whose settings shall be released. Its own image counts only if the release names no
 * other one.
 */
export const checkTaskDefinition = (
  target: EcsTarget,
  asked: { readonly taskDefinition: string; readonly image?: string | undefined },
  found: TaskDefinitionReading | undefined,
  running: TaskDefinitionReading,
): readonly Reason[] => {
  const about = { target: target.name };
  if (!found) {
    return [
      reason(
        'no-such-task-definition',
        `Task definition ${asked.taskDefinition} of ${target.name} does not exist: register it, or name one that does`,
        about,
      ),
    ];
  }
  if (found.family !== running.family) {
    return [
      reason(
        'wrong-revision',
        `${target.name} runs task definitions of the family ${running.family}, not of ${found.family}`,
        about,
      ),
    ];
  }
  if (!found.active) {
    return [
      reason(
        'no-such-task-definition',
        `Task definition ${found.name} of ${target.name} was deregistered: ECS starts no new service from it; register its settings again`,
        about,
      ),
    ];
  }
  const main = found.containers.find(({ name }) => name === target.container);
  if (!main?.ports.includes(target.port)) {
    const lacking = main
      ? `no port ${target.port} in container ${target.container}`
      : `no container ${target.container}`;
    return [reason('target-missing', `Task definition ${found.name} has ${lacking}`, about)];
  }
  const foreign = found.roles.filter((role) => !mayHave(target, running, role));
  return [
    ...foreign.map((role) =>
      reason(
        'role-not-allowed',
        `Task definition ${found.name} names ${role}, which is none of the roles that ${target.name} may have: add it to taskRoles of the pair and deploy its stack`,
        about,
      ),
    ),
    ...(asked.image === undefined ? wrongWithImage(target, main.image) : []),
  ];
};
