import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { Cloud } from '../../cloud.ts';
import { UNLAUNCHED } from './service-events.ts';
import type { Task } from './state.ts';

type Variables = Record<string, string>;

/** Nothing listens there: a task must never reach the real AWS, even where the sandbox has no HTTP front. */
const nowhere = 'http://127.0.0.1:1';

const frontOf = (cloud: Cloud): string => {
  try {
    return cloud.endpoint();
  } catch {
    return nowhere;
  }
};

/** Temporary credentials of the task role, from STS. Throws an Error with AWS's words if the role can't be assumed. */
export const credentialsOf = async (cloud: Cloud, task: Task): Promise<Variables> => {
  const { taskRoleArn } = task.definition;
  if (!taskRoleArn) return {};
  const { Credentials } = await cloud
    .call({
      principal: { kind: 'service', service: 'ecs-tasks.amazonaws.com' },
      region: task.cluster.region,
      service: 'sts',
      operation: 'AssumeRole',
      input: { RoleArn: taskRoleArn, RoleSessionName: task.id },
    })
    .catch((error) => {
      throw new Error(
        `${UNLAUNCHED} '${taskRoleArn}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role: ${error.message}`,
      );
    });
  return {
    AWS_ACCESS_KEY_ID: Credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: Credentials.SessionToken,
  };
};

/** Values of `secrets`, read from SSM with the execution role. Throws an Error that names what can't be read. */
export const secretsOf = async (
  cloud: Cloud,
  task: Task,
  { secrets = [] }: ContainerDefinition,
): Promise<Variables> => {
  const values: Variables = {};
  for (const { name = '', valueFrom = '' } of secrets) {
    const parameter = valueFrom.replace(/^arn:aws:ssm:[^:]*:[^:]*:parameter/, '');
    const failed = (reason: string) =>
      new Error(
        `ResourceInitializationError: unable to pull secrets or registry auth: ${valueFrom}: ${reason}`,
      );
    if (valueFrom.startsWith('arn:aws:secretsmanager:')) {
      throw failed('Secrets Manager is not part of this sandbox');
    }
    const arn = task.definition.executionRoleArn ?? '';
    const answer = await cloud
      .call({
        principal: { kind: 'role', arn, session: task.id },
        region: task.cluster.region,
        service: 'ssm',
        operation: 'GetParameters',
        input: { Names: [parameter], WithDecryption: true },
      })
      .catch((error) => {
        throw failed(error.message);
      });
    const value = answer.Parameters?.[0]?.Value;
    if (value === undefined) throw failed('invalid ssm parameters');
    values[name] = value;
  }
  return values;
};

/** What every container of a task finds in its environment besides the variables of its own definition. */
export const platformVariables = (cloud: Cloud, task: Task): Variables => ({
  AWS_REGION: task.cluster.region,
  AWS_DEFAULT_REGION: task.cluster.region,
  AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
  AWS_ENDPOINT_URL: frontOf(cloud),
  AWS_EC2_METADATA_DISABLED: 'true',
});
