/** The commands about a CodeDeploy deployment, or the group that it keeps busy. */
import type { Commands, MovedTarget } from '../driver.ts';
import { onlyIf, PRINTED, until } from '../shell.ts';

type Group = Pick<MovedTarget['registration'], 'application' | 'deploymentGroup'>;

/** The flags that name a group. */
export const groupFlags = ({ application, deploymentGroup }: Group): string =>
  `--application-name ${application} --deployment-group-name ${deploymentGroup}`;

/** Prints the deployments that keep a group busy. */
const underWay = (group: Group): string =>
  `aws deploy list-deployments ${groupFlags(group)} --include-only-statuses Created Queued InProgress Baking Ready --query deployments --output text`;

/** Ends a deployment; CodeDeploy rolls it back if it is to. */
const stop = (id: string, rollsBack: boolean): string =>
  `aws deploy stop-deployment --deployment-id ${id} --${rollsBack ? '' : 'no-'}auto-rollback-enabled`;

/** Prints one member of a deployment. */
export const get = (id: string, member: string): string =>
  `aws deploy get-deployment --deployment-id ${id} --query deploymentInfo.${member} --output text`;

const goOn = (id: string, wait: 'READY_WAIT' | 'TERMINATION_WAIT'): string =>
  `aws deploy continue-deployment --deployment-id ${id} --deployment-wait-type ${wait}`;

const awaitFree = ({ registration }: MovedTarget): readonly string[] => [
  until('nothing', underWay(registration)),
];

const endGuard = (id: string): readonly string[] => [
  goOn(id, 'TERMINATION_WAIT'),
  until('Succeeded', get(id, 'status')),
];

/** The commands that are the same for every platform of CodeDeploy. */
export const codedeployCommands = {
  look: (id) => `aws deploy get-deployment --deployment-id ${id}`,
  awaitFree,
  stopAndWait: (target, id, { rollsBack }) => [stop(id, rollsBack), ...awaitFree(target)],
  awaitOthers: (target, id) => [
    onlyIf('it should not go on', stop(id, true)),
    ...awaitFree(target),
  ],
  findAndWait: (target) => [
    underWay(target.registration),
    onlyIf('it prints a deployment that should not go on', stop(PRINTED, true)),
    ...awaitFree(target),
  ],
  endGuard,
  shift: (id) => [
    goOn(id, 'READY_WAIT'),
    until('True', get(id, 'instanceTerminationWaitTimeStarted')),
    ...endGuard(id),
  ],
} satisfies Omit<Commands, 'bringBack'>;
