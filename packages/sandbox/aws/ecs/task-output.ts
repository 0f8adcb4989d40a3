import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { Timer } from '../../clock/clock.ts';
import type { Cloud } from '../../cloud.ts';
import type { Task } from './state.ts';

/** The awslogs driver sends what has been collected every 5 s (its documented flush interval). */
const flushMilliseconds = 5000;
/** Lines of a task that are kept to explain why it ended. */
const kept = 20;

/** Where a container's lines go. */
export interface Output {
  write(line: string): void;
  close(): void;
}

/**
 * Opens the output of one container. With the `awslogs` driver the lines go to CloudWatch Logs by the
 * execution role; throws an Error that begins with ResourceInitializationError if that role may not.
 */
export const openOutput = async (
  cloud: Cloud,
  task: Task,
  { name = '', logConfiguration }: ContainerDefinition,
): Promise<Output> => {
  const keep = (line: string) => {
    task.output.push(line);
    cloud.logged(line);
    if (task.output.length > kept) task.output.shift();
  };
  const options = logConfiguration?.logDriver === 'awslogs' ? logConfiguration.options : undefined;
  if (!options) return { write: keep, close: () => undefined };

  const logGroupName = options['awslogs-group'] ?? '';
  const logStreamName = `${options['awslogs-stream-prefix'] ?? 'ecs'}/${name}/${task.id}`;
  const arn = task.definition.executionRoleArn ?? '';
  const logs = (operation: string, input: object) =>
    cloud.call({
      principal: { kind: 'role', arn, session: task.id },
      region: options['awslogs-region'] ?? task.cluster.region,
      service: 'logs',
      operation,
      input: { logGroupName, ...input },
    });
  const unlessThere = (error: Error) => {
    if (error.name !== 'ResourceAlreadyExistsException') throw error;
  };

  try {
    if (options['awslogs-create-group'] === 'true') {
      await logs('CreateLogGroup', {}).catch(unlessThere);
    }
    await logs('CreateLogStream', { logStreamName }).catch(unlessThere);
  } catch (error) {
    // A sandbox without CloudWatch Logs still runs tasks.
    if ((error as Error).name === 'UnknownOperationException') {
      return { write: keep, close: () => undefined };
    }
    throw new Error(
      `ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ${(error as Error).message}`,
    );
  }

  let waiting: { timestamp: number; message: string }[] = [];
  let timer: Timer | undefined;
  const flush = () => {
    timer?.cancel();
    timer = undefined;
    const logEvents = waiting;
    waiting = [];
    if (logEvents.length === 0) return;
    logs('PutLogEvents', { logStreamName, logEvents }).catch(() => undefined);
  };
  return {
    write: (message) => {
      keep(message);
      waiting.push({ timestamp: cloud.clock.now(), message });
      timer ??= cloud.clock.after(flushMilliseconds, flush);
    },
    close: flush,
  };
};
