import { describe, expect, it } from 'vitest';
import type { Stage } from '../../../rehearsal/stage/stage.ts';
import { sightings } from '../../../rehearsal/terminal/live-targets.ts';
import { ecsRecord, lambdaRecord, record, web } from '../../core/fixture.ts';

const groups = { blue: 'web:1', green: 'web:2' };
const registration = web({ targetGroups: ['blue', 'green'] });

/** What a look shows of a release whose account answers so. */
const seen = async ({
  weights = { blue: 90, green: 10 } as Record<string, number>,
  alias = { FunctionVersion: '1' } as object,
  tasks = ['healthy', 'initial'],
  red = [] as string[],
  targets = [ecsRecord({ groups, registration }), lambdaRecord()],
} = {}) => {
  const answers: Record<string, (input: any) => unknown> = {
    DescribeRules: () => ({
      Rules: [
        { Actions: [{ TargetGroupArn: 'other' }] },
        {
          Actions: [
            {
              ForwardConfig: {
                TargetGroups: Object.entries(weights).map(([TargetGroupArn, Weight]) => ({
                  TargetGroupArn,
                  Weight,
                })),
              },
            },
          ],
        },
      ],
    }),
    GetAlias: () => alias,
    DescribeTargetHealth: ({ TargetGroupArn }) => ({
      TargetHealthDescriptions:
        TargetGroupArn === 'green' ? tasks.map((State) => ({ TargetHealth: { State } })) : [],
    }),
    DescribeAlarms: ({ AlarmNamePrefix }) => ({
      MetricAlarms: red
        .filter((name) => name.startsWith(AlarmNamePrefix))
        .map((AlarmName) => ({ AlarmName })),
    }),
  };
  const call = async (_: string, operation: string, input: unknown) => answers[operation]!(input);
  const stage = { pair: 'storefront', sandbox: { call } } as unknown as Stage;
  return sightings(stage, record({ targets }));
};

describe('a look at the targets of a release', () => {
  it('shows the share of green and the health of its tasks', async () => {
    const { web, api } = await seen({
      alias: {
        FunctionVersion: '1',
        RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } },
      },
    });

    expect(web).toEqual({ share: 10, health: 'open', text: '1/2 healthy' });
    expect(api).toEqual({ share: 10, health: 'good', text: 'no alarm' });
  });

  it('shows that all users meet green', async () => {
    const { web, api } = await seen({
      weights: { blue: 0, green: 100 },
      tasks: ['healthy', 'healthy'],
      alias: { FunctionVersion: '2' },
    });

    expect(web).toEqual({ share: 100, health: 'good', text: '2/2 healthy' });
    expect(api?.share).toBe(100);
  });

  it('shows that nobody meets green before there is one', async () => {
    const { to: _, ...fresh } = ecsRecord({ groups: { blue: 'web:1' } });
    const { to: __, ...function_ } = lambdaRecord();
    const { web, api } = await seen({ weights: { blue: 1 }, targets: [fresh, function_] });

    expect([web?.share, api?.share]).toEqual([0, 0]);
    expect(web?.text).toBe('no alarm');
  });

  it('shows what is red, whatever the tasks say', async () => {
    const { web, api } = await seen({
      tasks: ['healthy'],
      red: ['tandem-storefront-web-green-errors', 'tandem-storefront-web-blue-latency'],
    });

    expect(web).toMatchObject({ health: 'bad', text: 'green-errors and blue-latency red' });
    expect(api?.health).toBe('good');
  });
});
