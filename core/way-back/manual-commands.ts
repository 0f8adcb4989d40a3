/** The commands with which a person brings a target back, line by line: each works in the state that it is given in. */
import { ecsAppSpec } from '../deployments/appspec.ts';
import type { TargetRecord } from '../record/record.ts';
import type { Reason } from '../release/reason.ts';
import type { EcsTarget, LambdaTarget } from '../release/target.ts';

/**
 * A line is a command, or one of these with a command behind the colon. `<id>` is the id that the last command without
 * one has printed.
 */
const until = (printed: string, command: string): string =>
  `Repeat until it prints ${printed}: ${command}`;
const onlyIf = (condition: string, command: string): string => `If ${condition}: ${command}`;

/** A text as one word of a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** What the last command has printed. */
const PRINTED = '<id>';

type Group = Pick<TargetRecord['registration'], 'application' | 'deploymentGroup'>;

const groupFlags = ({ application, deploymentGroup }: Group): string =>
  `--application-name ${application} --deployment-group-name ${deploymentGroup}`;

/** Prints the deployments that keep a group busy. */
const underWay = (group: Group): string =>
  `aws deploy list-deployments ${groupFlags(group)} --include-only-statuses Created Queued InProgress Baking Ready --query deployments --output text`;

/** Ends a deployment; CodeDeploy rolls it back if it is to. */
const stop = (id: string, rollsBack: boolean): string =>
  `aws deploy stop-deployment --deployment-id ${id} --${rollsBack ? '' : 'no-'}auto-rollback-enabled`;

const get = (id: string, member: string): string =>
  `aws deploy get-deployment --deployment-id ${id} --query deploymentInfo.${member} --output text`;

const goOn = (id: string, wait: 'READY_WAIT' | 'TERMINATION_WAIT'): string =>
  `aws deploy continue-deployment --deployment-id ${id} --deployment-wait-type ${wait}`;

/** Waits until nothing keeps the group of a target busy: until then CodeDeploy takes no new deployment. */
export const awaitFreeGroup = ({ registration }: TargetRecord): readonly string[] => [
  until('nothing', underWay(registration)),
];

/** Stops a deployment of the target's group, and waits until the group is free. */
export const stopAndWait = (
  target: TargetRecord,
  id: string,
  { rollsBack }: { readonly rollsBack: boolean },
): readonly string[] => [stop(id, rollsBack), ...awaitFreeGroup(target)];

/** Waits for a deployment of somebody else, which may be stopped, until the group is free. */
export const awaitOthers = (target: TargetRecord, id: string): readonly string[] => [
  onlyIf('it should not go on', stop(id, true)),
  ...awaitFreeGroup(target),
];

/** Finds out what is under way in the group of a target that could not be read, and waits until nothing is. */
export const findAndWait = (target: TargetRecord): readonly string[] => [
  underWay(target.registration),
  onlyIf('it prints a deployment that should not go on', stop(PRINTED, true)),
  ...awaitFreeGroup(target),
];

/** Ends the wait with which a service keeps its other tasks: until then its group is busy. */
export const endTerminationWait = (id: string): readonly string[] => [
  goOn(id, 'TERMINATION_WAIT'),
  until('Succeeded', get(id, 'status')),
];

/** Lets a deployment that waits at READY move the traffic, and ends it. */
export const continueReady = (id: string): readonly string[] => [
  goOn(id, 'READY_WAIT'),
  until('True', get(id, 'instanceTerminationWaitTimeStarted')),
  ...endTerminationWait(id),
];

/** The revision of a deployment as the command line takes it. */
const revisionOf = (target: EcsTarget, { from, launch }: TargetRecord): string =>
  JSON.stringify({
    revisionType: 'AppSpecContent',
    appSpecContent: { content: ecsAppSpec(target, from?.ref ?? '', 'rollback', launch) },
  });

const deployService = (registration: EcsTarget, target: TargetRecord): readonly string[] => [
  `aws deploy create-deployment ${groupFlags(registration)} --deployment-config-name CodeDeployDefault.ECSAllAtOnce --override-alarm-configuration enabled=false --auto-rollback-configuration enabled=false --revision ${quoted(revisionOf(registration, target))} --query deploymentId --output text`,
  until('Ready', get(PRINTED, 'status')),
  ...continueReady(PRINTED),
];

const setAlias = (
  { function: name, alias }: LambdaTarget,
  { from, unread }: TargetRecord,
): string => {
  const about = `--function-name ${name} --name ${alias} --function-version ${from?.ref}`;
  return /^ResourceNotFound/.test(unread ?? '')
    ? `aws lambda create-alias ${about}`
    : `aws lambda update-alias ${about} --routing-config AdditionalVersionWeights={}`;
};

/** Brings a target whose group is free back to where it came from; an alarm that is red does not stop it. */
export const bringBack = (target: TargetRecord): readonly string[] => {
  const { registration } = target;
  return registration.kind === 'lambda'
    ? [setAlias(registration, target)]
    : deployService(registration, target);
};

/** What a reader has to know of the lines before running them. */
const introduction = (target: string | undefined, run: readonly string[]): string => {
  const note = run.some((line) => line.includes(PRINTED))
    ? `; ${PRINTED} is what the command before has printed`
    : '';
  return `For ${target ?? 'this'} run, line by line${note}:`;
};

/** The commands of reasons, a text for each; those that find no room are to be read elsewhere. */
export const runTexts = (reasons: readonly Reason[], room: number): readonly string[] => {
  const texts: string[] = [];
  let left = room;
  for (const { target, run } of reasons) {
    if (!run) continue;
    const whole = [introduction(target, run), ...run].join('\n');
    const text =
      whole.length < left ? whole : `For ${target ?? 'this'} run what npx tandem get shows.`;
    left -= text.length;
    texts.push(text);
  }
  return texts;
};
