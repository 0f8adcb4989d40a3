/** What a pair names and cannot release: resources elsewhere, of something else, or twice. Only what a synth knows is judged. */
import { Stack, Token } from 'aws-cdk-lib';
import { BaseService } from 'aws-cdk-lib/aws-ecs';
import { CfnListener, CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import type { EcsHalf, LambdaHalf } from '../props.ts';
import { shown } from './shape-faults.ts';

type Fault = string | undefined;

/** Whether every text is known at synth: an ARN that only the deployment knows is for AWS to judge. */
const known = (...texts: readonly string[]): boolean =>
  !texts.some((text) => Token.isUnresolved(text));

/** Both are known, and they are not the same. */
const differ = (one: string, other: string): boolean => known(one, other) && one !== other;

/** A resource that another Region or account has: the ARN's fourth and fifth part. */
const elsewhere = (scope: Construct, name: string, what: string, arn: string): Fault => {
  if (!known(arn)) return undefined;
  const { region, account } = Stack.of(scope);
  const [, , , itsRegion = '', itsAccount = ''] = arn.split(':');
  const there = (its: string, ours: string) => its !== '' && differ(its, ours);
  return there(itsRegion, region) || there(itsAccount, account)
    ? `The ${what} of target "${name}" is of ${itsRegion} in account ${itsAccount}, but the stack is for ` +
        `${region} in ${account}: a pair lives in one account and Region.`
    : undefined;
};

/** The load balancer in a listener's ARN: `app/<name>/<id>`. */
const balancerOf = (listenerArn: string): string =>
  listenerArn.replace(/^.*:listener\//, '').replace(/\/[^/]*$/, '');

const listenerFault = ({ name, productionListener, testListener }: EcsHalf): Fault => {
  const [users, checks] = [productionListener.listenerArn, testListener.listenerArn];
  return known(users, checks) && balancerOf(users) !== balancerOf(checks)
    ? `The listeners of target "${name}" belong to two load balancers, ${balancerOf(users)} and ` +
        `${balancerOf(checks)}: CodeDeploy shifts between two listeners of one.`
    : undefined;
};

/** The listeners of HTTPS that this app makes: no certificate is for the own name of a load balancer. */
const hostFault = ({ name, host, productionListener, testListener }: EcsHalf): Fault => {
  if (host !== undefined) return undefined;
  const secure = Object.entries({ production: productionListener, test: testListener }).find(
    ([, { node }]) =>
      node.defaultChild instanceof CfnListener && node.defaultChild.protocol === 'HTTPS',
  );
  return secure
    ? `The ${secure[0]} listener of target "${name}" speaks HTTPS, and checks would fail on the name of its ` +
        'certificate: set host to the name that users use, e.g. shop.example.com.'
    : undefined;
};

/** A group that this app makes with another target type; one that says none yet gets its type with its targets. */
const groupFaults = ({ name, blue, green }: EcsHalf): readonly Fault[] =>
  Object.entries({ blue, green }).map(([colour, group]) => {
    const made = group.node.defaultChild;
    const type =
      made instanceof CfnTargetGroup ? Stack.of(made).resolve(made.targetType) : undefined;
    return type === undefined || type === 'ip'
      ? undefined
      : `The target group ${colour} of target "${name}" has the target type ${type}; it must be ip.`;
  });

/** The container of a service that this app makes; what the app says of it later, and of an imported one, a release checks. */
const containerFault = ({ name, service, container, port }: EcsHalf): Fault => {
  if (!(service instanceof BaseService)) return undefined;
  const { taskDefinition } = service;
  if (!taskDefinition.defaultContainer) return undefined;
  const found = taskDefinition.findContainer(container);
  if (!found)
    return `The task definition of target "${name}" has no container "${container}", which is to get its traffic.`;
  const { portMappings } = found;
  return portMappings.length === 0 ||
    portMappings.some(({ containerPort }) => containerPort === port)
    ? undefined
    : `The container "${container}" of target "${name}" maps no port ${port}.`;
};

const serviceFaults = (scope: Construct, half: EcsHalf): readonly Fault[] => {
  const { name, port, taskRoles, taskFamily, repository } = half;
  const arns: Readonly<Record<string, string>> = {
    'production listener': half.productionListener.listenerArn,
    'test listener': half.testListener.listenerArn,
    'target group blue': half.blue.targetGroupArn,
    'target group green': half.green.targetGroupArn,
    repository: repository.repositoryArn,
  };
  return [
    Number.isInteger(port) && port >= 1 && port <= 65_535
      ? undefined
      : `port of target "${name}" is ${port}, but a port is a whole number from 1 to 65535.`,
    taskRoles?.length === 0
      ? `taskRoles of target "${name}" is empty: name the task role and the execution role of its tasks.`
      : undefined,
    taskFamily === undefined || /^[\w-]{1,255}$/.test(taskFamily) || !known(taskFamily)
      ? undefined
      : `taskFamily of target "${name}" is ${shown(taskFamily)}, but a family has letters, digits, hyphens and underscores ` +
        'only: write shop-web, not shop-web:12.',
    ...Object.entries(arns).map(([what, arn]) => elsewhere(scope, name, what, arn)),
    listenerFault(half),
    hostFault(half),
    ...groupFaults(half),
    containerFault(half),
  ];
};

const functionFaults = (
  scope: Construct,
  { name, function: fn, alias }: LambdaHalf,
): readonly Fault[] => [
  known(fn.functionArn) && fn.functionArn.split(':').length > 7
    ? `The function of target "${name}" is given with a version or an alias, ${fn.functionArn}: give the ARN of the ` +
      'function alone, and its alias in alias.'
    : undefined,
  elsewhere(scope, name, 'function', fn.functionArn),
  differ(alias.version.lambda.functionName, fn.functionName)
    ? `The alias of target "${name}" is one of the function ${alias.version.lambda.functionName}, but its function is ` +
      `${fn.functionName}.`
    : undefined,
];

/** One resource in two targets: both would release it at once. Names that only the deployment knows are equal if their references are. */
const sharedFaults = (
  what: string,
  targets: readonly { readonly name: string; readonly key: string }[],
): readonly Fault[] =>
  targets.map(({ name, key }, index) => {
    const first = targets.findIndex((other) => other.key === key);
    return first === index
      ? undefined
      : `The targets "${targets[first]?.name}" and "${name}" are the same ${what}: each needs one of its own.`;
  });

/** Target groups of two services: several may share a balancer and its listeners, but not what a release shifts. */
const groupsInTwo = (services: readonly EcsHalf[]): readonly Fault[] =>
  services.map(({ name, blue, green }, index) => {
    const own = [blue.targetGroupArn, green.targetGroupArn];
    const other = services
      .slice(0, index)
      .find((one) =>
        [one.blue, one.green].some(({ targetGroupArn }) => own.includes(targetGroupArn)),
      );
    return other
      ? `The targets "${other.name}" and "${name}" have a target group in common: each needs two of its own.`
      : undefined;
  });

/** Every fault of what the halves name. */
export const placeFaults = (
  scope: Construct,
  services: readonly EcsHalf[],
  functions: readonly LambdaHalf[],
): readonly Fault[] => [
  ...services.flatMap((half) => serviceFaults(scope, half)),
  ...[...services, ...functions].flatMap(({ name, alarms = [] }) =>
    alarms.map((one) => elsewhere(scope, name, `alarm ${one.alarmName}`, one.alarmArn)),
  ),
  ...functions.flatMap((half) => functionFaults(scope, half)),
  ...sharedFaults(
    'service',
    services.map(({ name, service }) => ({
      name,
      key: `${service.cluster.clusterName}/${service.serviceName}`,
    })),
  ),
  ...groupsInTwo(services),
  ...sharedFaults(
    'alias',
    functions.map(({ name, function: fn, alias }) => ({
      name,
      key: `${fn.functionName}:${alias.aliasName}`,
    })),
  ),
];
