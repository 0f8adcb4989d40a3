import '../environment.ts';

import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
} from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../../handlers/steps/analyze-metrics.ts';
import { ecsRecord, lambdaRecord } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { balancerHas, countsIn, FINE, type Figures, groups, input, shifting } from '../figures.ts';
import { invoke } from '../invoke.ts';

let account: Account;
let cloudwatch: ReturnType<typeof mockClient>;

const counts = (figures: Figures) => countsIn(cloudwatch, figures);

beforeEach(async () => {
  account = await openAccount();
  cloudwatch = mockClient(CloudWatchClient);
  balancerHas();
});

describe('what is judged beside the comparison', () => {
  it('has doubts when a half goes otherwise than in the hours before, whichever version its users meet', async () => {
    await account.release(shifting({ targets: [lambdaRecord({ shifted: true })] }));
    counts({
      ...FINE,
      'undefined Invocations Sum': (minute) => (minute > 3 ? 900 : 6000 + (minute % 3)),
    });
    expect(await invoke(handler, input)).toMatchObject({
      verdict: 'inconclusive',
      reasons: [
        {
          code: 'unusual',
          text: 'api: 900 requests a minute at 09:04 UTC, at least 5,998 requests a minute in the hours before',
        },
      ],
      says: [
        expect.stringContaining('no sign that green is worse'),
        expect.stringContaining('Unusual: api: 900 requests a minute'),
      ],
    });
  });

  it.each([
    [3, 0, 'fail'],
    [2, 0, 'inconclusive'],
    [5, 3, 'inconclusive'],
    [7, 3, 'fail'],
  ])(
    'of %i tasks of green and %i of blue that ended by themselves says %s',
    async (green, blue, verdict) => {
      const web = ecsRecord({ shifted: true, groups, forward: 'd-web' });
      await account.release(shifting({ targets: [web] }));
      counts({});
      const ecs = mockClient(ECSClient);
      ecs.on(DescribeServicesCommand).resolves({
        services: [
          {
            taskSets: [
              { id: 'ecs-svc/1', status: 'PRIMARY' },
              { id: 'ecs-svc/2', status: 'ACTIVE', externalId: 'd-web' },
            ],
          },
        ],
      });
      const tasks = { 'ecs-svc/1': blue, 'ecs-svc/2': green };
      ecs.on(ListTasksCommand).callsFake(({ startedBy, desiredStatus }) => ({
        taskArns:
          desiredStatus === 'STOPPED'
            ? Array.from({ length: tasks[startedBy as 'ecs-svc/1'] }, (_, i) => `${startedBy}/${i}`)
            : [],
      }));
      ecs.on(DescribeTasksCommand).callsFake(({ tasks: arns }) => ({
        tasks: [
          ...arns.map((taskArn: string) => ({
            taskArn,
            stopCode: 'EssentialContainerExited',
            stoppedReason: 'Essential container in task exited',
            containers: [{ exitCode: 137 }],
          })),
          { taskArn: 'scaled-in', stopCode: 'ServiceSchedulerInitiated' },
        ],
      }));

      const found = await invoke(handler, input);
      expect(found.verdict).toBe(verdict);
      if (verdict === 'fail')
        expect(found.reasons[0]).toMatchObject({
          code: 'green-crashes',
          text: `web: ${green} tasks of green have ended by themselves, of blue ${blue || 'none'}; the last one: Essential container in task exited, exit code 137`,
        });
    },
  );
});
