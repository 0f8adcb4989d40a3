import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { Cloud, Principal } from '../../cloud.ts';
import type { Container, ContainerRequest } from '../../containers.ts';
import { pullImage } from './image.ts';
import type { Task } from './state.ts';
import { credentialsOf, platformVariables, secretsOf } from './task-environment.ts';
import { type Output, openOutput } from './task-output.ts';
import type { TaskTargets } from './task-targets.ts';

/** ECS's default of `stopTimeout`: seconds (real ones) from SIGTERM to SIGKILL. */
const defaultStopTimeout = 30;

interface Started {
  readonly definition: ContainerDefinition;
  readonly container: Container;
  readonly output: Output;
}

/** Asks a task to stop; the first reason stays. */
export const requestStop = (
  cloud: Cloud,
  task: Task,
  stopCode: NonNullable<Task['stopCode']>,
  reason: string,
) => {
  if (task.desiredStatus === 'STOPPED') return;
  task.desiredStatus = 'STOPPED';
  task.stopCode = stopCode;
  task.stoppedReason = reason;
  task.stoppingAt = new Date(cloud.clock.now());
  task.stop.resolve();
};

/** The platform of a task: Linux on X86_64 unless its definition says otherwise. */
const platformOf = ({ definition: { runtimePlatform = {} } }: Task) => ({
  os: runtimePlatform.operatingSystemFamily?.startsWith('WINDOWS') ? 'windows' : 'linux',
  architecture: runtimePlatform.cpuArchitecture === 'ARM64' ? 'arm64' : 'amd64',
});

/** The port that a container is reached at: its load balancer's, else its first mapped or exposed one. */
const portOf = (task: Task, { name, portMappings }: ContainerDefinition, exposed?: number) =>
  task.taskSet.loadBalancers.find(({ containerName }) => containerName === name)?.containerPort ??
  portMappings?.[0]?.containerPort ??
  exposed ??
  0;

/** Makes the function that leads a task through its whole life; it resolves when the task has stopped. */
export const taskLife = (
  cloud: Cloud,
  imageFolder: (digest: string) => string | undefined,
  targets: TaskTargets,
) => {
  const puller = (task: Task): Principal => {
    const arn = task.definition.executionRoleArn;
    if (!arn) throw new Error('CannotPullContainerError: the task has no execution role');
    return { kind: 'role', arn, session: task.id };
  };

  const requestOf = async (
    task: Task,
    definition: ContainerDefinition,
    credentials: Record<string, string>,
  ): Promise<ContainerRequest> => {
    const { name = '', image = '', entryPoint, command, environment = [] } = definition;
    const pulled = await pullImage(cloud.call, puller(task), image, platformOf(task));
    const { digest, named, tags, config } = pulled;
    task.digests.set(name, cloud.quirks.digestOfIndex === 'index' ? named : digest);
    if (definition.healthCheck) {
      cloud.note(
        `Container ${name}: its healthCheck is not run by the sandbox; the target group's check decides`,
      );
    }
    // As in Docker, an entry point of its own drops the image's command too.
    const program = entryPoint?.length
      ? [...entryPoint, ...(command ?? [])]
      : [...config.entrypoint, ...(command?.length ? command : config.command)];
    return {
      image,
      digest,
      tags,
      folder: imageFolder(digest) ?? '',
      command: program,
      environment: {
        ...platformVariables(cloud, task),
        ...credentials,
        ...config.environment,
        ...Object.fromEntries(environment.map(({ name = '', value = '' }) => [name, value])),
        ...(await secretsOf(cloud, task, definition)),
      },
      port: portOf(task, definition, config.ports[0]),
      onOutput: () => undefined,
    };
  };

  const startAll = async (task: Task, started: Started[]) => {
    const credentials = await credentialsOf(cloud, task);
    for (const definition of task.definition.containerDefinitions ?? []) {
      const request = await requestOf(task, definition, credentials);
      const output = await openOutput(cloud, task, definition);
      if (task.desiredStatus === 'STOPPED') return;
      const container = await cloud.clock
        .busy(() => cloud.containers.start({ ...request, onOutput: output.write }))
        .catch((error) => {
          throw new Error(`CannotStartContainerError: ${error.message}`);
        });
      started.push({ definition, container, output });
      task.addresses.set(definition.name ?? '', container.address);
      void container.exited.then((code) => {
        task.exitCodes.set(definition.name ?? '', code);
        if (definition.essential === false) return;
        const reason = 'Essential container in task exited';
        requestStop(cloud, task, 'EssentialContainerExited', reason);
      });
    }
  };

  const stopAll = (started: readonly Started[]) =>
    cloud.clock.busy(() =>
      Promise.all(
        started.map(async ({ definition, container, output }) => {
          await container.stop(definition.stopTimeout ?? defaultStopTimeout);
          await container.exited;
          output.close();
        }),
      ),
    );

  return async (task: Task): Promise<void> => {
    const started: Started[] = [];
    try {
      task.lastStatus = 'PENDING';
      await startAll(task, started);
      if (task.desiredStatus === 'RUNNING') {
        task.lastStatus = 'ACTIVATING';
        await targets.register(task);
      }
      if (task.desiredStatus === 'RUNNING') {
        task.lastStatus = 'RUNNING';
        task.startedAt = new Date(cloud.clock.now());
      }
      await task.stop.promise;
    } catch (error) {
      requestStop(cloud, task, 'TaskFailedToStart', (error as Error).message);
    }

    task.lastStatus = 'DEACTIVATING';
    // A container that has ended on its own finishes no request any more.
    const wait = task.stopCode !== 'EssentialContainerExited';
    await targets.deregister(task, { wait }).catch((error) => {
      cloud.note(`Task ${task.id} could not be deregistered: ${error.message}`);
    });
    task.lastStatus = 'STOPPING';
    await stopAll(started);
    task.lastStatus = 'STOPPED';
    task.stoppedAt = new Date(cloud.clock.now());
  };
};
