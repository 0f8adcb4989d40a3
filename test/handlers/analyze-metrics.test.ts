import 'aws-sdk-client-mock-vitest/extend';
import './environment.ts';

import {
  CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
} from '@aws-sdk/client-cloudwatch';
import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
} from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { JudgementPolicy } from '../../core/judging/policy.ts';
import { handler } from '../../handlers/analyze-metrics.ts';
import { seeEvidence } from '../../handlers/table/evidence.ts';
import { ecsRecord, lambdaRecord, momentAfter, policy, record } from '../core/fixture.ts';
import { type Account, openAccount } from './account.ts';
import { invoke } from './invoke.ts';

const input = { pair: 'storefront', release: 'storefront-1', now: momentAfter(8.5) };

/** Values of each minute after the start, by the revision's dimension, the metric and the statistic. */
type Figures = Readonly<Record<string, (minute: number) => number | undefined>>;

let account: Account;
let cloudwatch: ReturnType<typeof mockClient>;

/** CloudWatch with these figures, minute by minute, as far as the call asks for them. */
const counts = (figures: Figures) =>
  cloudwatch.on(GetMetricDataCommand).callsFake((asked: GetMetricDataCommandInput) => {
    const [from, to] = [asked.StartTime!.getTime(), asked.EndTime!.getTime()];
    const start = Date.parse(momentAfter(0));
    return {
      MetricDataResults: asked.MetricDataQueries!.map(({ Id, MetricStat }) => {
        const { Metric, Stat } = MetricStat!;
        const side = Metric!.Dimensions!.find(({ Name }) =>
          ['TargetGroup', 'ExecutedVersion'].includes(Name!),
        );
        const figure = figures[`${side?.Value} ${Metric!.MetricName} ${Stat}`];
        const found: (readonly [number, number])[] = [];
        for (let time = from; time < to; time += 60_000) {
          const value = figure?.((time - start) / 60_000);
          if (value !== undefined) found.push([time, value]);
        }
        return {
          Id,
          StatusCode: 'Complete',
          Timestamps: found.map(([time]) => new Date(time)),
          Values: found.map(([, value]) => value),
        };
      }),
    };
  });

const groups = { 'arn:elb:targetgroup/one/1': 'web:2', 'arn:elb:targetgroup/two/2': 'web:1' };
const GREEN = 'targetgroup/one/1';
const BLUE = 'targetgroup/two/2';

/** The pair while traffic shifts: it began two and a half minutes after the start. */
const shifting = (change: Parameters<typeof record>[0] = {}) =>
  record({
    targets: [ecsRecord({ shifted: true, groups }), lambdaRecord({ shifted: true })],
    times: { shifted: momentAfter(2.5) },
    phase: 'Shifting',
    ...change,
  });

/** Both halves with users and no difference; the whole group of a service also counts checks before the shift. */
const FINE: Figures = {
  [`${GREEN} RequestCount Sum`]: (minute) => (minute >= 2 ? 600 : undefined),
  [`${BLUE} RequestCount Sum`]: () => 5400,
  [`${BLUE} HTTPCode_Target_5XX_Count Sum`]: () => 5,
  '2 Invocations Sum': (minute) => (minute >= 2 ? 600 : undefined),
  '1 Invocations Sum': () => 5400,
  '2 Errors Sum': () => 1,
  '1 Errors Sum': () => 5,
};

beforeEach(async () => {
  account = await openAccount();
  cloudwatch = mockClient(CloudWatchClient);
});

describe('the comparison of green with blue', () => {
  it('passes what is alike, and says what it saw', async () => {
    await account.release(shifting());
    counts(FINE);

    const { by, verdict, says } = await invoke(handler, input);

    expect([by, verdict]).toEqual(['judge', 'pass']);
    expect(says).toEqual([
      'web: green fails 0 % of 3,000 requests, blue 0.093 % of 27,000 in the same minutes: nothing says that it is worse',
      'api: green fails 0.17 % of 3,000 requests, blue 0.093 % of 27,000 in the same minutes: nothing says that it is worse',
    ]);
  });

  it('fails the half that is worse, by what the live target groups say', async () => {
    await account.release(shifting());
    counts({ ...FINE, [`${GREEN} HTTPCode_Target_5XX_Count Sum`]: () => 12 });

    expect(await invoke(handler, input)).toMatchObject({
      verdict: 'fail',
      reasons: [{ code: 'green-worse', target: 'web' }],
    });
  });

  it('counts requests that green never answers, out of those that the balancer failed', async () => {
    await account.release(shifting());
    counts({
      ...FINE,
      [`${GREEN} HTTPCode_Target_2XX_Count Sum`]: (minute) => (minute >= 2 ? 570 : undefined),
      [`${BLUE} HTTPCode_Target_2XX_Count Sum`]: () => 5395,
      'undefined HTTPCode_ELB_5XX_Count Sum': () => 30,
    });

    expect(await invoke(handler, input)).toMatchObject({
      verdict: 'fail',
      reasons: [{ text: expect.stringContaining('web: green fails 5 % of') }],
    });
  });

  it('compares latency by marks of blue before the release, and keeps them', async () => {
    await account.release(shifting());
    const slow = (green: number, blue: number) => ({
      [`${BLUE} TargetResponseTime SampleCount`]: () => 5400,
      [`${GREEN} TargetResponseTime SampleCount`]: (minute: number) =>
        minute >= 2 ? 600 : undefined,
      [`${BLUE} TargetResponseTime p50`]: () => 0.025,
      [`${BLUE} TargetResponseTime p90`]: () => 0.0000075,
      [`${GREEN} TargetResponseTime TC(0.03:)`]: () => green,
      [`${BLUE} TargetResponseTime TC(0.03:)`]: () => blue,
      [`${GREEN} TargetResponseTime TC(0.0050075:)`]: () => green,
      [`${BLUE} TargetResponseTime TC(0.0050075:)`]: () => blue,
    });
    counts({ ...FINE, ...slow(480, 2700) });

    expect(await invoke(handler, input)).toMatchObject({
      verdict: 'fail',
      reasons: [{ text: expect.stringMatching(/web: 80 % of green's .* longer than (30|5) ms/) }],
    });
    const { evidence } = await seeEvidence('storefront', 'storefront-1');
    expect(evidence.targets.web?.marks).toEqual([5.0075, 30]);

    cloudwatch.reset();
    counts({ ...FINE, ...slow(300, 2700), [`${BLUE} TargetResponseTime p50`]: () => 9 });
    expect(await invoke(handler, input)).toMatchObject({ verdict: 'pass' });
  });

  it('keeps every number, and reads those anew that CloudWatch revised', async () => {
    await account.release(shifting());
    counts(FINE);
    await invoke(handler, input);
    const rows = async () =>
      (await seeEvidence('storefront', 'storefront-1')).evidence.targets.web?.tally?.errors.rows;
    expect(await rows()).toHaveLength(5);
    expect((await rows())![0]).toEqual([0, 600, 5400, 0, 5]);

    cloudwatch.reset();
    counts({ ...FINE, [`${BLUE} RequestCount Sum`]: () => 5401 });
    await invoke(handler, input);
    expect((await rows())![0]).toEqual([0, 600, 5401, 0, 5]);
  });

  it('takes a start into account that was learned, and says so', async () => {
    await account.release(shifting());
    const errors = [0, 1, 2].map((slot) => [3000, 27_000, slot === 0 ? 90 : 3, 27]);
    await account.put('storefront', 'profile#web', {
      profile: { slot: 60, releases: 6, errors, slow: [] },
      learned: ['before'],
    });
    // A service's first minute is the first whole one.
    const cold = (minute: number) => (minute === 3 ? 18 : undefined);
    counts({ ...FINE, [`${GREEN} HTTPCode_Target_5XX_Count Sum`]: cold, '2 Errors Sum': cold });

    const { verdict, says } = await invoke(handler, input);

    expect(verdict).toBe('fail');
    expect(says[0]).toMatch(/^web: .* worse; its start counts by what 6 good releases had$/);
    expect(says[1]).toMatch(/^api: green fails .* below 1 in [\d,]+$/);
  });

  it('says at the end which curve would have been enough, once a half has all its traffic', async () => {
    const curve = { type: 'linear', percent: 10, minutes: 3 } as const;
    const arrived = ecsRecord({ shifted: true, groups, arrivedAt: momentAfter(8) });
    await account.release(shifting({ curve, targets: [arrived, lambdaRecord({ shifted: true })] }));
    counts(FINE);

    const { says } = await invoke(handler, input);

    expect(says).toEqual([
      expect.stringMatching(/^web: .*; canary 10 % for 5 minutes would have been enough/),
      expect.stringMatching(/^api: .*: nothing says that it is worse$/),
    ]);
  });

  it('says which curve would give a green enough that gets too few requests', async () => {
    await account.release(shifting());
    const few = Object.entries(FINE).map(([name, figure]): [string, typeof figure] => [
      name,
      (minute) => (figure(minute) === undefined ? undefined : Math.round(figure(minute)! / 20)),
    ]);
    counts(Object.fromEntries(few));

    expect((await invoke(handler, input)).says[0]).toMatch(
      /^web: green had 150 .*; at this traffic linear 10 % every 3 minutes would give it about 4,\d+$/,
    );
  });

  it('is inconclusive while nothing has been counted', async () => {
    await account.release(shifting());
    counts({});
    expect(await invoke(handler, input)).toMatchObject({
      verdict: 'inconclusive',
      reasons: [{ code: 'too-few-requests' }, { code: 'too-few-requests' }],
    });
  });

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
        expect.stringContaining('nothing says that it is worse'),
        expect.stringContaining('Unusual: api: 900 requests a minute'),
      ],
    });
  });

  it('reads nothing before the first minute is over', async () => {
    await account.release(shifting());
    counts(FINE);
    expect(await invoke(handler, { ...input, now: momentAfter(2.9) })).toMatchObject({
      verdict: 'inconclusive',
    });
    expect(cloudwatch).toHaveReceivedCommandTimes(GetMetricDataCommand, 0);
  });

  it('reads all pages', async () => {
    await account.release(shifting({ targets: [lambdaRecord({ shifted: true })] }));
    cloudwatch
      .on(GetMetricDataCommand)
      .resolvesOnce({})
      .resolvesOnce({
        NextToken: 'more',
        MetricDataResults: [
          {
            Id: 'm0',
            Timestamps: [new Date(momentAfter(3))],
            Values: [600],
            StatusCode: 'PartialData',
          },
        ],
      })
      .resolves({
        MetricDataResults: [
          { Id: 'm0', Timestamps: [new Date(momentAfter(4))], Values: [601] },
          {
            Id: 'm2',
            Timestamps: [new Date(momentAfter(3)), new Date(momentAfter(4))],
            Values: [5400, 5400],
          },
        ],
      });
    await invoke(handler, input);
    const { evidence } = await seeEvidence('storefront', 'storefront-1');
    expect(evidence.targets.api?.tally?.errors.rows.map(([, green]) => green)).toEqual([600, 601]);
  });

  it.each<[string, Parameters<typeof record>[0]]>([
    ['before users may meet green', { times: {} }],
    [
      'when the policy says so',
      { policy: policy({ judgement: JudgementPolicy.parse({ mode: 'off' }) }) },
    ],
    ['in a release that goes back', { intent: 'rollback' }],
    ['once it is taken back', { decision: 'rollback' }],
    [
      'long after the decision',
      { decision: 'promote', times: { shifted: momentAfter(1), decided: momentAfter(3) } },
    ],
  ])('reads nothing %s', async (_, change) => {
    await account.release(shifting(change));
    expect(await invoke(handler, input)).toEqual({ by: 'judge', verdict: 'pass', reasons: [] });
    expect(cloudwatch).toHaveReceivedCommandTimes(GetMetricDataCommand, 0);
  });

  const failing = (name: string, status: number) =>
    cloudwatch
      .on(GetMetricDataCommand)
      .rejects(Object.assign(new Error('no'), { name, $metadata: { httpStatusCode: status } }));

  it('says that what could not be read was not read, and not that green is worse', async () => {
    await account.release(shifting());
    failing('ThrottlingException', 400);
    expect(await invoke(handler, input)).toMatchObject({
      verdict: 'inconclusive',
      reasons: [
        {
          code: 'figures-unread',
          text: 'What users meet could not be read: ThrottlingException: no',
        },
      ],
    });
  });

  it('says the same when CloudWatch answers a part only', async () => {
    await account.release(shifting());
    cloudwatch
      .on(GetMetricDataCommand)
      .resolves({ MetricDataResults: [{ Id: 'm0', StatusCode: 'InternalError' }] });
    expect(await invoke(handler, input)).toMatchObject({
      verdict: 'inconclusive',
      reasons: [{ text: expect.stringContaining('GetMetricData says InternalError of m0') }],
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

  it('fails when it may not read', async () => {
    await account.release(shifting());
    failing('AccessDenied', 403);
    await expect(invoke(handler, input)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('judges figures that are given, and reads nothing', async () => {
    const rows = [[0, 600, 5400, 13, 5]];
    const given = { tally: { errors: { seconds: 60, rows } } };
    expect(await invoke(handler, { ...input, given })).toMatchObject({
      verdict: 'fail',
      reasons: [{ figures: { second: 60, green: 600 } }],
    });
    expect(cloudwatch).toHaveReceivedCommandTimes(GetMetricDataCommand, 0);
  });

  it('refuses rows that are no rows', async () => {
    const given = { tally: { errors: { seconds: 60, rows: [[0, 600, 5400, 13]] } } };
    await expect(invoke(handler, { ...input, given })).rejects.toThrow('as many failures of green');
  });
});
