/** Reads what people call the settings of a revision, out of what AWS describes. */
import type { RegisterTaskDefinitionCommandInput, TaskDefinition } from '@aws-sdk/client-ecs';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Settings } from '../../core/release/settings.ts';

/** The last part of an ARN: the name of a role. */
const named = (arn: string | undefined): string | undefined => arn?.slice(arn.lastIndexOf('/') + 1);

/** Only what is set, as texts; lists and objects as JSON. */
const present = (settings: Readonly<Record<string, unknown>>): Settings =>
  Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => {
      if (value === undefined || value === null || value === '') return [];
      return [[name, typeof value === 'object' ? JSON.stringify(value) : String(value)]];
    }),
  );

type Container = NonNullable<TaskDefinition['containerDefinitions']>[number];

const settingsOfContainer = (container: Container, prefix: string): Settings => ({
  ...present({
    [`${prefix}cpu`]: container.cpu || undefined,
    [`${prefix}memory`]: container.memory,
    [`${prefix}memory reservation`]: container.memoryReservation,
    [`${prefix}command`]: container.command,
    [`${prefix}entry point`]: container.entryPoint,
    [`${prefix}user`]: container.user,
    [`${prefix}stop timeout`]: container.stopTimeout,
  }),
  ...Object.fromEntries(
    (container.environment ?? []).map(({ name, value = '' }) => [
      `${prefix}environment ${name}`,
      value,
    ]),
  ),
  ...Object.fromEntries(
    (container.secrets ?? []).map(({ name, valueFrom = '' }) => [
      `${prefix}secret ${name}`,
      valueFrom,
    ]),
  ),
});

/**
 * Settings of a task definition as either DescribeTaskDefinition or RegisterTaskDefinition has it. Images are left out:
 * a release names the one that moves.
 */
export const settingsOfTaskDefinition = (
  definition: TaskDefinition | RegisterTaskDefinitionCommandInput,
): Settings => {
  const containers = definition.containerDefinitions ?? [];
  const prefixOf = ({ name }: Container) => (containers.length > 1 ? `${name}: ` : '');
  return {
    ...present({
      'task cpu': definition.cpu,
      'task memory': definition.memory,
      'task role': named(definition.taskRoleArn),
      'execution role': named(definition.executionRoleArn),
      'ephemeral storage': definition.ephemeralStorage?.sizeInGiB,
      platform: definition.runtimePlatform,
      volumes: definition.volumes?.length ? definition.volumes : undefined,
      containers: containers.length > 1 ? containers.map(({ name }) => name).join() : undefined,
    }),
    ...Object.assign({}, ...containers.map((one) => settingsOfContainer(one, prefixOf(one)))),
  };
};

/** Settings of a version of a function, its code apart. */
export const settingsOfFunction = (configuration: FunctionConfiguration): Settings => ({
  ...present({
    memory: configuration.MemorySize,
    timeout: configuration.Timeout,
    runtime: configuration.Runtime,
    handler: configuration.Handler,
    role: named(configuration.Role),
    architecture: configuration.Architectures?.join(),
    'ephemeral storage': configuration.EphemeralStorage?.Size,
    layers: configuration.Layers?.length ? configuration.Layers.map(({ Arn }) => Arn) : undefined,
    'dead-letter queue': configuration.DeadLetterConfig?.TargetArn,
    tracing: configuration.TracingConfig?.Mode,
  }),
  ...Object.fromEntries(
    Object.entries(configuration.Environment?.Variables ?? {}).map(([name, value]) => [
      `environment ${name}`,
      value,
    ]),
  ),
});
