/** The AppSpec file of a revision: what is deployed, and which functions are asked on the way. */
import { AwsError } from '../../aws-error.ts';
import { parseYaml } from './yaml.ts';

export type Platform = 'ECS' | 'Lambda';

export type LifecycleEventName =
  | 'BeforeInstall'
  | 'Install'
  | 'AfterInstall'
  | 'AllowTestTraffic'
  | 'AfterAllowTestTraffic'
  | 'BeforeAllowTraffic'
  | 'AllowTraffic'
  | 'AfterAllowTraffic';

/** Function name or ARN by the lifecycle event it is asked at. */
type Hooks = Readonly<Partial<Record<LifecycleEventName, string>>>;

export interface EcsAppSpec {
  readonly kind: 'ECS';
  readonly taskDefinition: string;
  readonly containerName: string;
  readonly containerPort: number;
  readonly platformVersion: string | undefined;
  /** In the shape of ECS's API. */
  readonly networkConfiguration: unknown;
  readonly capacityProviderStrategy: unknown;
  readonly hooks: Hooks;
}

export interface LambdaAppSpec {
  readonly kind: 'Lambda';
  readonly functionName: string;
  readonly alias: string;
  readonly currentVersion: string;
  readonly targetVersion: string;
  readonly hooks: Hooks;
}

export type AppSpec = EcsAppSpec | LambdaAppSpec;

const HOOKABLE: Readonly<Record<Platform, ReadonlySet<string>>> = {
  ECS: new Set([
    'BeforeInstall',
    'AfterInstall',
    'AfterAllowTestTraffic',
    'BeforeAllowTraffic',
    'AfterAllowTraffic',
  ]),
  Lambda: new Set(['BeforeAllowTraffic', 'AfterAllowTraffic']),
};

/** Reads an AppSpec (JSON or YAML, keys in any case); throws InvalidRevisionException. */
export const parseAppSpec = (platform: Platform, content: string): AppSpec => {
  const file = documentOf(content);
  const version = member(file, 'version');
  if (Number(version) !== 0 || version === '' || version === null) {
    throw invalid('The AppSpec file has no valid version: the only version is 0.0');
  }
  const resource = onlyResource(member(file, 'Resources'));
  const hooks = hooksOf(platform, member(file, 'Hooks'));
  return platform === 'ECS' ? ecs(resource, hooks) : lambda(resource, hooks);
};

const invalid = (message: string) => new AwsError('InvalidRevisionException', message);

const documentOf = (content: string): unknown => {
  try {
    return /^\s*[{[]/.test(content) ? JSON.parse(content) : parseYaml(content);
  } catch (error) {
    throw invalid(`The AppSpec file is neither JSON nor YAML: ${(error as Error).message}`);
  }
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The user guide writes AppSpec keys in several cases, so the case is taken to mean nothing. */
const member = (object: unknown, name: string): unknown => {
  if (!isObject(object)) return undefined;
  const key = Object.keys(object).find((key) => key.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : object[key];
};

const onlyResource = (resources: unknown): unknown => {
  const named = Array.isArray(resources) ? resources : [resources];
  const values = named.flatMap((entry) => (isObject(entry) ? Object.values(entry) : []));
  if (values.length !== 1) {
    throw invalid(`The AppSpec file must contain exactly one resource, not ${values.length}`);
  }
  return values[0];
};

const text = (properties: unknown, name: string): string => {
  const value = member(properties, name);
  if (typeof value === 'string' && value !== '') return value;
  throw invalid(`The AppSpec file is missing the property ${name}`);
};

const checkType = (resource: unknown, type: string) => {
  if (member(resource, 'Type') !== type) {
    throw invalid(`The AppSpec file must describe a resource of the type ${type}`);
  }
};

const ecs = (resource: unknown, hooks: Hooks): EcsAppSpec => {
  checkType(resource, 'AWS::ECS::Service');
  const properties = member(resource, 'Properties');
  const loadBalancer = member(properties, 'LoadBalancerInfo');
  const taskDefinition = text(properties, 'TaskDefinition');
  if (!/^arn:aws[a-z-]*:ecs:[^:]+:\d+:task-definition\/[^:]+:\d+$/.test(taskDefinition)) {
    throw invalid('The AppSpec file must name the task definition by its ARN with its revision');
  }
  const containerPort = Number(member(loadBalancer, 'ContainerPort'));
  if (!Number.isInteger(containerPort) || containerPort < 1 || containerPort > 65_535) {
    throw invalid('The AppSpec file has no valid ContainerPort');
  }
  const platformVersion = member(properties, 'PlatformVersion');
  return {
    kind: 'ECS',
    taskDefinition,
    containerName: text(loadBalancer, 'ContainerName'),
    containerPort,
    platformVersion: typeof platformVersion === 'string' ? platformVersion : undefined,
    networkConfiguration: camelCased(member(properties, 'NetworkConfiguration')),
    capacityProviderStrategy: camelCased(member(properties, 'CapacityProviderStrategy')),
    hooks,
  };
};

const lambda = (resource: unknown, hooks: Hooks): LambdaAppSpec => {
  checkType(resource, 'AWS::Lambda::Function');
  const properties = member(resource, 'Properties');
  return {
    kind: 'Lambda',
    functionName: text(properties, 'Name'),
    alias: text(properties, 'Alias'),
    currentVersion: version(properties, 'CurrentVersion'),
    targetVersion: version(properties, 'TargetVersion'),
    hooks,
  };
};

const version = (properties: unknown, name: string): string => {
  const value = String(member(properties, name) ?? '');
  if (/^[1-9]\d*$/.test(value)) return value;
  throw invalid(`${name} is "${value}": this value must be a valid positive integer`);
};

/** Documents write Hooks as a list of one-key maps, tools also write one map. */
const hooksOf = (platform: Platform, hooks: unknown): Hooks => {
  if (hooks === undefined || hooks === null) return {};
  const maps = Array.isArray(hooks) ? hooks : [hooks];
  const found: Record<string, string> = {};
  for (const [key, value] of maps.flatMap((map) => (isObject(map) ? Object.entries(map) : []))) {
    const event = [...HOOKABLE[platform]].find((name) => name.toLowerCase() === key.toLowerCase());
    if (!event)
      throw invalid(`${key} is no lifecycle event with hooks of an ${platform} deployment`);
    if (typeof value !== 'string' || value === '') {
      throw invalid(`The hook ${event} must name one Lambda function`);
    }
    if (found[event] !== undefined) throw invalid(`The hook ${event} is specified twice`);
    found[event] = value;
  }
  return found as Hooks;
};

const camelCased = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(camelCased);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.charAt(0).toLowerCase() + key.slice(1),
      camelCased(inner),
    ]),
  );
};
