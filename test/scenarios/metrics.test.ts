import { expect, it } from 'vitest';
import { playOn } from '../../rehearsal/scenario/play.ts';
import { openStage } from '../../rehearsal/stage/stage.ts';
import { functions } from './functions.ts';

it('a release leaves its validations by platform and outcome, and its end, in CloudWatch', async () => {
  const setting = { kind: 'simulation', functions } as const;
  const stage = await openStage({ setting });
  const { call, clock } = stage.sandbox;
  const begun = new Date(clock.now());
  /** Sum of one series since the beginning. */
  const sum = async (MetricName: string, dimensions: Readonly<Record<string, string>>) => {
    const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
    const Metric = { Namespace: 'Tandem', MetricName, Dimensions };
    const { MetricDataResults } = await call('cloudwatch', 'GetMetricData', {
      MetricDataQueries: [{ Id: 'm', MetricStat: { Metric, Stat: 'Sum', Period: 60 } }],
      StartTime: begun,
      EndTime: new Date(clock.now() + 60_000),
    });
    return MetricDataResults[0].Values.reduce((all: number, one: number) => all + one, 0);
  };
  const { play, state } = playOn(stage);

  try {
    await play([
      { release: { web: '2.0.0', api: '2.0.0' } },
      { ended: 'first' },
      { release: { web: '2.2.0', api: '2.1.0-unhealthy' }, as: 'second' },
      { ended: 'second' },
    ]);

    expect({
      // Five hooks and the proof of the first release, three and the proof of the second.
      ecs: await sum('Validations', { Platform: 'ECS', Outcome: 'Success' }),
      // Two hooks and the proof of the first release; the second never deployed the function.
      lambda: await sum('Validations', { Platform: 'Lambda', Outcome: 'Success' }),
      failed: await sum('Validations', { Platform: 'Lambda', Outcome: 'Failure' }),
      barrier: await sum('Validations', {
        Platform: 'Lambda',
        Event: 'AfterAllowTraffic',
        Outcome: 'Success',
      }),
      promoted: await sum('Releases', { Pair: 'storefront', End: 'Promoted' }),
      rejected: await sum('Releases', { Pair: 'storefront', End: 'Rejected' }),
    }).toEqual({ ecs: 10, lambda: 3, failed: 1, barrier: 1, promoted: 1, rejected: 1 });
  } finally {
    await state.stop();
    await stage.close();
  }
});
