/** Reads how the two versions of a target do: its alarms, and for a service the health of green's tasks. */
import type { ReleaseRecord, TargetRecord } from '../core/record.ts';
import type { Stage } from './stage.ts';

/** How a target does, for people. */
export interface Health {
  readonly state: 'good' | 'bad' | 'open';
  readonly text: string;
}

/** Of a target that has not been looked at. */
export const unknownHealth: Health = { state: 'open', text: 'not read yet' };

/** Healthy and all tasks in green's target group; undefined before green has one. */
const tasksOf = async (
  { sandbox: { call } }: Stage,
  { groups = {}, to }: TargetRecord,
): Promise<{ healthy: number; all: number } | undefined> => {
  const green = Object.keys(groups).find((arn) => groups[arn] === to?.name);
  if (!green) return undefined;
  const { TargetHealthDescriptions: all } = await call(
    'elasticloadbalancing',
    'DescribeTargetHealth',
    { TargetGroupArn: green },
  );
  const healthy = all.filter(
    ({ TargetHealth }: { TargetHealth: { State: string } }) => TargetHealth.State === 'healthy',
  );
  return all.length > 0 ? { healthy: healthy.length, all: all.length } : undefined;
};

/** Names of a target's red alarms, without what all of them begin with. */
const redOf = async ({ sandbox: { call }, pair }: Stage, { name }: TargetRecord) => {
  const AlarmNamePrefix = `tandem-${pair}-${name}-`;
  const { MetricAlarms } = await call('cloudwatch', 'DescribeAlarms', {
    AlarmNamePrefix,
    StateValue: 'ALARM',
  });
  return MetricAlarms.map(({ AlarmName }: { AlarmName: string }) =>
    AlarmName.slice(AlarmNamePrefix.length),
  );
};

const healthOf = async (stage: Stage, target: TargetRecord): Promise<Health> => {
  const [red, tasks] = await Promise.all([redOf(stage, target), tasksOf(stage, target)]);
  if (red.length > 0) return { state: 'bad', text: `${red.join(' and ')} red` };
  if (!tasks) return { state: 'good', text: 'no alarm' };
  const text = `${tasks.healthy}/${tasks.all} healthy`;
  return { state: tasks.healthy === tasks.all ? 'good' : 'open', text };
};

/** Reads how every target of a release does. */
export const readHealth = async (
  stage: Stage,
  { targets }: ReleaseRecord,
): Promise<Readonly<Record<string, Health>>> =>
  Object.fromEntries(
    await Promise.all(
      Object.values(targets).map(async (one) => [one.name, await healthOf(stage, one)]),
    ),
  );
