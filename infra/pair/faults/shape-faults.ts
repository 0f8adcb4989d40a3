/** What a pair says in a shape that nothing can be made of: TypeScript refuses most of it, JavaScript does not. */
import { Token } from 'aws-cdk-lib';
import { isSeen, oneLine } from '../../../core/text/one-line.ts';
import { Name } from '../../../core/text/schema.ts';

type Fault = string | undefined;

/** What a member must be, in words that follow "must be", and whether a value is that. */
interface Shape {
  readonly be: string;
  readonly fits: (value: any) => boolean;
  readonly optional?: true;
}

/** Characters of a wrong value that a sentence shows. */
const SHOWN = 60;

/** A wrong value, as a sentence shows it. */
export const shown = (value: unknown): string => {
  if (Token.isUnresolved(value)) return 'a value that only the deployment knows';
  if (value === undefined) return 'not there';
  if (typeof value === 'string')
    return isSeen(value) ? `"${oneLine(value, SHOWN)}"` : 'a text that nobody can see';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
};

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
const isText = (value: unknown): boolean =>
  typeof value === 'string' && !Token.isUnresolved(value) && isSeen(value);

/** A construct, by members that it has. */
const made = (be: string, ...members: readonly string[]): Shape => ({
  be,
  fits: (value) => isObject(value) && members.every((member) => value[member] !== undefined),
});
const list = (be: string, each: Shape): Shape => ({
  be,
  fits: (value) => Array.isArray(value) && !Token.isUnresolved(value) && value.every(each.fits),
});
const optional = (shape: Shape): Shape => ({ ...shape, optional: true });

const NAME: Shape = {
  be: 'a name of at most 31 lower-case letters, digits and hyphens that starts with a letter, e.g. "shop"',
  fits: (value) => isText(value) && Name.safeParse(value).success,
};
const NUMBER: Shape = {
  be: 'a number that is known at synth',
  fits: (value) => Number.isFinite(value) && !Token.isUnresolved(value),
};
const BOOLEAN: Shape = { be: 'true or false', fits: (value) => typeof value === 'boolean' };
const SETTINGS: Shape = {
  be: 'an object of settings that is known at synth',
  fits: (value) => isObject(value) && !Array.isArray(value) && !Token.isUnresolved(value),
};
const LIST = list('a list that is known at synth', { be: '', fits: () => true });
const GROUP = made('an ApplicationTargetGroup', 'targetGroupArn', 'targetGroupName');
const LISTENER = made('an ApplicationListener', 'listenerArn', 'node');

type Shapes = Readonly<Record<string, Shape>>;

const HALF: Shapes = {
  name: NAME,
  checks: optional(LIST),
  warmUp: optional(SETTINGS),
  thresholds: optional(SETTINGS),
  contract: optional(SETTINGS),
  metrics: optional(LIST),
  alarms: optional(
    list('a list of alarms, e.g. [new Alarm(…)]', made('', 'alarmArn', 'alarmName')),
  ),
};

const SERVICE: Shapes = {
  ...HALF,
  service: made('an ECS service, e.g. a FargateService', 'serviceName', 'cluster', 'node'),
  taskRoles: optional(list('a list of roles', made('', 'roleArn'))),
  taskFamily: optional({
    be: 'a text, e.g. "shop-web"',
    fits: (value) => typeof value === 'string' && value !== '',
  }),
  container: {
    be: 'the name of a container: letters, digits, hyphens and underscores, at most 255',
    fits: (value) => isText(value) && /^[\w-]{1,255}$/.test(value),
  },
  port: NUMBER,
  repository: made('an ECR repository', 'repositoryArn', 'repositoryName'),
  productionListener: LISTENER,
  testListener: LISTENER,
  host: optional({ be: 'a host name, e.g. "shop.example.com"', fits: isText }),
  suspendScaling: optional(BOOLEAN),
  blue: GROUP,
  green: GROUP,
};

const FUNCTION: Shapes = {
  ...HALF,
  function: made('a Lambda function', 'functionArn', 'functionName'),
  alias: {
    be: 'an alias of the function, e.g. new Alias(…)',
    fits: (value) =>
      made('', 'aliasName', 'version', 'node').fits(value) &&
      made('', 'version', 'lambda').fits(value.version),
  },
};

const THRESHOLDS: Shapes = {
  errorPercent: optional(NUMBER),
  p95Milliseconds: optional(NUMBER),
  smallestVolume: optional(NUMBER),
};

const PROPS: Shapes = {
  pair: NAME,
  join: optional({
    be: '"manual", "tagged" or "image-last"',
    fits: (value) => ['manual', 'tagged', 'image-last'].includes(value),
  }),
  tags: optional(
    list('a list of patterns that are known at synth, e.g. ["v*"]', {
      be: '',
      fits: (value) => !Token.isUnresolved(value),
    }),
  ),
  policy: optional(SETTINGS),
  ecs: optional({ be: 'the settings of a service, or a list of them', fits: isObject }),
  lambda: optional({ be: 'the settings of a function, or a list of them', fits: isObject }),
  curveConfigurations: optional({
    be: '"create" or "existing"',
    fits: (value) => ['create', 'existing'].includes(value),
  }),
  dashboard: optional(BOOLEAN),
};

const faultsOf = (value: any, shapes: Shapes, of: string): readonly Fault[] =>
  Object.entries(shapes).map(([member, { be, fits, optional: may }]) => {
    const given = value[member];
    if ((given === undefined && may) || fits(given)) return undefined;
    return given === undefined
      ? `${of} has no ${member}; it must be ${be}.`
      : `${of} has the ${member} ${shown(given)}, but it must be ${be}.`;
  });

const listOf = (halves: unknown): readonly any[] =>
  halves === undefined ? [] : Array.isArray(halves) ? halves : [halves];

const halfFaults = (kind: string, half: any, shapes: Shapes): readonly Fault[] => {
  if (!isObject(half) || Array.isArray(half))
    return [`A target in ${kind} is ${shown(half)}, but it must be an object with its settings.`];
  const of = NAME.fits(half.name) ? `Target "${half.name}"` : `A target in ${kind}`;
  return [
    ...faultsOf(half, shapes, of),
    ...(SETTINGS.fits(half.thresholds)
      ? faultsOf(
          half.thresholds,
          THRESHOLDS,
          `The thresholds of ${of.replace('Target', 'target').replace('A ', 'a ')}`,
        )
      : []),
  ];
};

/** Throws the sentence of the first member that has another shape than it must. */
export const refuseShapes = (props: any): void => {
  const found = SETTINGS.fits(props)
    ? [
        ...faultsOf(props, PROPS, 'The pair'),
        ...listOf(props.ecs).flatMap((half) => halfFaults('ecs', half, SERVICE)),
        ...listOf(props.lambda).flatMap((half) => halfFaults('lambda', half, FUNCTION)),
      ]
    : ['A ReleasePair needs props: { pair, ecs, lambda }.'];
  const fault = found.find((one) => one !== undefined);
  if (fault) throw new Error(fault);
};
