import { expect, it } from 'vitest';
import { readLive } from '../../../rehearsal/stage/outcome.ts';
import type { Stage } from '../../../rehearsal/stage/stage.ts';
import { api, web } from '../../core/fixture.ts';

/** What users reach in an account that has these registrations. */
const live = (...registrations: readonly object[]) => {
  const answers: Record<string, unknown> = {
    GetParametersByPath: {
      Parameters: registrations.map((one) => ({ Value: JSON.stringify(one) })),
    },
    DescribeRules: { Rules: [{ Actions: [{ TargetGroupArn: 'targetgroup/one' }] }] },
    DescribeServices: {
      services: [
        {
          taskSets: [
            {
              loadBalancers: [{ targetGroupArn: 'targetgroup/one' }],
              taskDefinition: 'arn:aws:ecs:us-east-1:111122223333:task-definition/web:1',
            },
          ],
        },
      ],
    },
    GetAlias: { FunctionVersion: '1' },
  };
  const call = async (_: string, operation: string) => answers[operation];
  return readLive({ pair: 'storefront', sandbox: { call } } as unknown as Stage);
};

it('what users reach is read of targets whose registration names no driver, as that of an older stack', async () => {
  const { driver: _, ...service } = web();
  const { driver: __, ...lambda } = api();

  expect(await live(service, lambda)).toEqual({ web: 'web:1', api: '1' });
});

it('what users reach is read of targets whose registration a scenario has broken', async () => {
  expect(await live({ ...web(), repository: undefined }, { ...api(), alarms: 1 })).toEqual({
    web: 'web:1',
    api: '1',
  });
});
