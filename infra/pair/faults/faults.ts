/** Wrong combinations that no schema sees, each refused at synth in a sentence that says what to do. */
import { CfnService } from 'aws-cdk-lib/aws-ecs';
import { CfnAlias, type IVersion } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { PairSettings } from '../../../core/drivers/registration.ts';
import { undeclaredTags } from '../../../core/pushes/join.ts';
import { ownAlarms, ownAlarmsFault } from '../alarms/own-alarms.ts';
import { thresholdsOf } from '../alarms/thresholds.ts';
import type { EcsHalf, LambdaHalf } from '../props.ts';
import { placeFaults } from './place-faults.ts';
import { shown } from './shape-faults.ts';

type Half = EcsHalf | LambdaHalf;
type Fault = string | undefined;

const nameFaults = (pair: string, halves: readonly Half[]): readonly Fault[] => {
  const names = halves.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return [
    names.length === 0 ? `The pair "${pair}" needs an ECS service, a function or both.` : undefined,
    twice === undefined
      ? undefined
      : `The targets of pair "${pair}" need different names; two of them are called "${twice}".`,
  ];
};

const contractFaults = (pair: string, halves: readonly Half[]): readonly Fault[] =>
  halves.map(({ name, contract }) => {
    if (!contract) return undefined;
    if (typeof contract.calls !== 'string')
      return `The contract of target "${name}" names the one target that it calls as a text, e.g. contract: { calls: 'api' }, not ${shown(contract.calls)}.`;
    if (contract.calls === name)
      return `The contract of target "${name}" says that it calls itself; name the target that it calls.`;
    return halves.some((half) => half.name === contract.calls)
      ? undefined
      : `The contract of target "${name}" says that it calls ${shown(contract.calls)}, which is no target of pair "${pair}".`;
  });

/** The deployment controller of a service that this app makes; undefined for an imported one. */
const controllerFault = ({ name, service }: EcsHalf): Fault => {
  const made = service.node.defaultChild;
  if (!(made instanceof CfnService)) return undefined;
  const { type } = (made.deploymentController ?? {}) as { readonly type?: string };
  return type === 'CODE_DEPLOY'
    ? undefined
    : `The service of target "${name}" must use the CODE_DEPLOY deployment controller, and a service gets its ` +
        'controller when it is created: docs/adopt.md shows how to move users to a second service without an outage.';
};

const ecsFaults = (half: EcsHalf): readonly Fault[] => [
  controllerFault(half),
  half.blue.targetGroupArn === half.green.targetGroupArn
    ? `The two target groups of target "${half.name}" are the same one: green needs a group of its own.`
    : undefined,
  half.productionListener.listenerArn === half.testListener.listenerArn
    ? `The production and the test listener of target "${half.name}" are the same one: checks would meet users.`
    : undefined,
];

/** Whether a version is the one that CDK publishes anew with every change of the code. */
const isCurrentVersion = ({ node }: IVersion): boolean => node.id === 'CurrentVersion';

const lambdaFaults = ({ name, alias }: LambdaHalf): readonly Fault[] => {
  const made = alias.node.defaultChild;
  const own = made instanceof CfnAlias ? made : undefined;
  return [
    alias.version.version === '$LATEST'
      ? `The alias of target "${name}" points at $LATEST, whose traffic CodeDeploy cannot shift; point it at a published version.`
      : undefined,
    own && isCurrentVersion(alias.version)
      ? `The alias of target "${name}" points at currentVersion, so every deployment of the stack would move its ` +
        'traffic past Tandem; give it a Version of its own.'
      : undefined,
    own?.routingConfig
      ? `The alias of target "${name}" has weights in the template, so every deployment of the stack would move its ` +
        'traffic; leave them to releases.'
      : undefined,
    own?.cfnOptions.updatePolicy?.codeDeployLambdaAliasUpdate
      ? `The alias of target "${name}" has an update policy with CodeDeploy, so the stack would release it without ` +
        'its pair; remove the LambdaDeploymentGroup.'
      : undefined,
  ];
};

/** Alarms that a pair makes of each kind of target: errors and latency of both colours, and errors of a whole alias. */
const MADE = { service: 4, function: 5 };

/** Milliseconds in an hour: no balancer and no function waits longer for an answer. */
const LONGEST_ANSWER = 3_600_000;

/** Requests in a minute beyond which nobody would see anything. */
const LARGEST_VOLUME = 1_000_000_000;

/** Alarms that CloudWatch takes in a composite one. */
const MOST_IN_COMPOSITE = 100;

const alarmCountFault = (
  pair: string,
  services: readonly EcsHalf[],
  functions: readonly LambdaHalf[],
): Fault => {
  const own = new Set([...services, ...functions].flatMap(ownAlarms)).size;
  const count = own + services.length * MADE.service + functions.length * MADE.function;
  return count <= MOST_IN_COMPOSITE
    ? undefined
    : `The pair "${pair}" has ${count} alarms, ${own} of them its own, but CloudWatch takes ${MOST_IN_COMPOSITE} in a ` +
        'composite alarm: put some of your own into a CompositeAlarm.';
};

const thresholdFaults = (half: Half): readonly Fault[] => {
  const { errorPercent, p95Milliseconds, smallestVolume } = thresholdsOf(half);
  const of = `of target "${half.name}"`;
  return [
    errorPercent >= 0 && errorPercent < 100
      ? undefined
      : `errorPercent ${of} is ${errorPercent}, but it is a percentage from 0 to below 100.`,
    p95Milliseconds > 0 && p95Milliseconds <= LONGEST_ANSWER
      ? undefined
      : `p95Milliseconds ${of} is ${p95Milliseconds}, but it is a number of milliseconds above 0 and at most ${LONGEST_ANSWER}.`,
    Number.isInteger(smallestVolume) && smallestVolume > 0 && smallestVolume <= LARGEST_VOLUME
      ? undefined
      : `smallestVolume ${of} is ${smallestVolume}, but it is a whole number of requests from 1 to ${LARGEST_VOLUME}.`,
  ];
};

/** Members of the policy that would protect nobody, and say so nowhere. */
const policyFaults = (
  { pair, policy }: PairSettings,
  services: readonly EcsHalf[],
): readonly Fault[] => [
  policy.fourEyes && policy.approval === 'none'
    ? `The policy of pair "${pair}" has fourEyes, but approval is none, so nobody is asked: say approval: 'required'.`
    : undefined,
  policy.imageScan && services.length === 0
    ? `The policy of pair "${pair}" has imageScan, but the pair has no service, so no image would be looked at.`
    : undefined,
];

/** A pair whose pushes start releases must say which ones; functions alone are never pushed. */
const joinFaults = (
  settings: PairSettings,
  services: readonly EcsHalf[],
  functions: readonly LambdaHalf[],
): readonly Fault[] => {
  const undeclared = undeclaredTags(
    settings,
    functions.map(({ name }) => name),
  );
  return [
    undeclared !== undefined && services.length > 0
      ? `Nothing says which pushed images of pair "${settings.pair}" are releases: ${undeclared}. Declare the tags of ` +
        "releases, e.g. tags: ['[0-9]*.[0-9]*.[0-9]*'], or say join: 'manual' if only people and pipelines start them."
      : undefined,
  ];
};

/** Throws the sentence of the first fault. */
export const refuseFaults = (
  scope: Construct,
  settings: PairSettings,
  services: readonly EcsHalf[],
  functions: readonly LambdaHalf[],
): void => {
  const { pair } = settings;
  const halves = [...services, ...functions];
  const found = [
    ...nameFaults(pair, halves),
    ...services.flatMap(ecsFaults),
    ...functions.flatMap(lambdaFaults),
    ...halves.flatMap(thresholdFaults),
    ...services.map((half) => ownAlarmsFault(half, MADE.service)),
    ...functions.map((half) => ownAlarmsFault(half, MADE.function)),
    alarmCountFault(pair, services, functions),
    ...contractFaults(pair, halves),
    ...policyFaults(settings, services),
    ...placeFaults(scope, services, functions),
    ...joinFaults(settings, services, functions),
  ].find((fault) => fault !== undefined);
  if (found) throw new Error(found);
};
