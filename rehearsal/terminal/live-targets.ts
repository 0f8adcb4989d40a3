/** Looks at the targets of a release as they are this moment: the release itself only looks now and then. */

import type { EcsTarget, LambdaTarget } from '../../core/drivers/target.ts';
import type { ReleaseRecord, TargetRecord } from '../../core/record/record.ts';
import { groupsBehind } from '../stage/outcome.ts';
import type { Stage } from '../stage/stage.ts';

/** What a look at a target shows. */
export interface Sighting {
  /** Percent of users who meet green. */
  readonly share: number;
  readonly health: 'good' | 'bad' | 'open';
  /** The health in a word or two. */
  readonly text: string;
}

type Call = Stage['sandbox']['call'];

/** ARN of green's target group; undefined before its tasks are registered anywhere. */
const greenGroup = ({ groups = {}, to }: TargetRecord): string | undefined =>
  Object.keys(groups).find((arn) => groups[arn] === to?.name);

const serviceShare = async (stage: Stage, target: EcsTarget, green?: string) => {
  const groups = await groupsBehind(stage, target);
  const weights = groups.map(({ Weight = 1 }) => Weight);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const own = weights[groups.findIndex(({ TargetGroupArn }) => TargetGroupArn === green)] ?? 0;
  return all === 0 ? 0 : (100 * own) / all;
};

const functionShare = async (call: Call, target: LambdaTarget, green?: string) => {
  const { FunctionVersion, RoutingConfig } = await call('lambda', 'GetAlias', {
    FunctionName: target.function,
    Name: target.alias,
  });
  const extra: Record<string, number> = RoutingConfig?.AdditionalVersionWeights ?? {};
  const rest = Object.values(extra).reduce((sum, weight) => sum + weight, 0);
  if (green === undefined) return 0;
  return 100 * (FunctionVersion === green ? 1 - rest : (extra[green] ?? 0));
};

/** `2/2 healthy`: the tasks in green's target group; undefined where there are none. */
const tasksOf = async (
  call: Call,
  green?: string,
): Promise<Omit<Sighting, 'share'> | undefined> => {
  if (!green) return undefined;
  const { TargetHealthDescriptions: all } = await call(
    'elasticloadbalancing',
    'DescribeTargetHealth',
    { TargetGroupArn: green },
  );
  const healthy = all.filter(
    ({ TargetHealth }: { TargetHealth: { State: string } }) => TargetHealth.State === 'healthy',
  );
  if (all.length === 0) return undefined;
  const text = `${healthy.length}/${all.length} healthy`;
  return { health: healthy.length === all.length ? 'good' : 'open', text };
};

/** Names of a target's red alarms, without what all of them begin with. */
const redOf = async (call: Call, pair: string, { name }: TargetRecord): Promise<string[]> => {
  const AlarmNamePrefix = `tandem-${pair}-${name}-`;
  const { MetricAlarms } = await call('cloudwatch', 'DescribeAlarms', {
    AlarmNamePrefix,
    StateValue: 'ALARM',
  });
  return MetricAlarms.map(({ AlarmName }: { AlarmName: string }) =>
    AlarmName.slice(AlarmNamePrefix.length),
  );
};

const look = async (stage: Stage, target: TargetRecord): Promise<Sighting> => {
  const { call } = stage.sandbox;
  const { registration, to, unchanged } = target;
  const group = greenGroup(target);
  const [share, red, tasks] = await Promise.all([
    registration.kind === 'ecs'
      ? serviceShare(stage, registration, group)
      : functionShare(call, registration, to?.ref),
    redOf(call, stage.pair, target),
    tasksOf(call, group),
  ]);
  const seen = { share: unchanged ? 0 : share };
  if (red.length > 0) return { ...seen, health: 'bad', text: `${red.join(' and ')} red` };
  return { ...seen, ...(tasks ?? { health: 'good', text: 'no alarm' }) };
};

/** Looks at every target of a release. */
export const sightings = async (
  stage: Stage,
  { targets }: ReleaseRecord,
): Promise<Readonly<Record<string, Sighting>>> =>
  Object.fromEntries(
    await Promise.all(
      Object.values(targets).map(async (one) => [one.name, await look(stage, one)]),
    ),
  );
