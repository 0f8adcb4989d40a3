import { targetParameter } from '../../core/drivers/registration.ts';
import { OUTPUT_ONLY } from '../../core/release/task-definition.ts';
import type { Stage } from '../stage/stage.ts';

interface Container {
  readonly name: string;
}

type Members = Readonly<Record<string, unknown>>;

/** Registers the task definition that web runs once more, with members that differ. */
export const registerRevision = async (
  { sandbox: { call }, pair }: Stage,
  members: Members,
  containers: Readonly<Record<string, Members>> = {},
): Promise<void> => {
  const { Parameter } = await call('ssm', 'GetParameter', { Name: targetParameter(pair, 'web') });
  const { cluster, service, container } = JSON.parse(Parameter.Value);
  const { services } = await call('ecs', 'DescribeServices', { cluster, services: [service] });
  const { taskDefinition } = await call('ecs', 'DescribeTaskDefinition', {
    taskDefinition: services[0].taskDefinition,
  });
  const settings = Object.entries(taskDefinition).filter(([name]) => !OUTPUT_ONLY.includes(name));
  const running: readonly Container[] = taskDefinition.containerDefinitions;
  const main = running.find(({ name }) => name === container);
  const added = Object.keys(containers).filter((name) => !running.some((one) => one.name === name));
  await call('ecs', 'RegisterTaskDefinition', {
    ...Object.fromEntries(settings),
    ...members,
    containerDefinitions: [
      ...running.map((one) => ({ ...one, ...containers[one.name] })),
      ...added.map((name) => ({ ...main, portMappings: [], ...containers[name], name })),
    ],
  });
};
