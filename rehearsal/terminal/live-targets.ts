/** Looks at the targets of a release as they are this moment: the release itself only looks now and then. */

import type { ReleaseRecord, TargetRecord } from '../../core/record/record.ts';
import type { Call } from '../stage/drivers/driver.ts';
import { readingBackOf } from '../stage/drivers/drivers.ts';
import type { Stage } from '../stage/stage.ts';

/** What a look at a target shows. */
export interface Sighting {
  /** Percent of users who meet green. */
  readonly share: number;
  readonly health: 'good' | 'bad' | 'open';
  /** The health in a word or two. */
  readonly text: string;
}

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
  const driver = readingBackOf(target.registration);
  const [share, red, tasks] = await Promise.all([
    driver.greenShare(call, target),
    redOf(call, stage.pair, target),
    driver.greenTasks(call, target),
  ]);
  const seen = { share: target.unchanged ? 0 : share };
  if (red.length > 0) return { ...seen, health: 'bad', text: `${red.join(' and ')} red` };
  if (!tasks) return { ...seen, health: 'good', text: 'no alarm' };
  const { healthy, all } = tasks;
  return { ...seen, health: healthy === all ? 'good' : 'open', text: `${healthy}/${all} healthy` };
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
