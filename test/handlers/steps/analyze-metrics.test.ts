import 'aws-sdk-client-mock-vitest/extend';
import '../environment.ts';

import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { basesOf } from '../../../core/judge/basis.ts';
import { judgedBy } from '../../../core/judge/judged-by.ts';
import type { Vote } from '../../../core/record/vote.ts';
import { JudgeSettings } from '../../../core/release/judge-settings.ts';
import { handler } from '../../../handlers/steps/analyze-metrics.ts';
import { seeFigures } from '../../../handlers/table/figures.ts';
import { ecsRecord, lambdaRecord, momentAfter, policy, type record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import {
  BLUE,
  balancerHas,
  countsIn,
  FINE,
  type Figures,
  GREEN,
  groups,
  input,
  shifting,
} from '../figures.ts';
import { invoke } from '../invoke.ts';

let account: Account;
let cloudwatch: ReturnType<typeof mockClient>;

const counts = (figures: Figures) => countsIn(cloudwatch, figures);

beforeEach(async () => {
  account = await openAccount();
  cloudwatch = mockClient(CloudWatchClient);
  balancerHas();
});

describe('the comparison of green with blue', () => {
  it('passes what is alike, and says what it saw', async () => {
    await account.release(shifting());
    counts(FINE);

    const { by, verdict, says } = await invoke(handler, input);

    expect([by, verdict]).toEqual(['judge', 'pass']);
    expect(says).toEqual([
      'web: green fails 0 % of 3,000 requests, blue 0.093 % of 27,000 in the same minutes: no sign that green is worse',
      'api: green fails 0.17 % of 3,000 requests, blue 0.093 % of 27,000 in the same minutes: no sign that green is worse',
    ]);
  });

  it.each([
    ['before the first minute is over', 2.6, 'not compared yet: the first metrics have not'],
    [
      'while the first minute may still arrive',
      6.9,
      'not compared yet: the first metrics have not',
    ],
    ['once it would have arrived', 7, 'not compared: green had no requests beside blue'],
  ])('says why nothing was counted: %s', async (_, minute, text) => {
    await account.release(shifting());
    counts({});

    const { says } = await invoke(handler, { ...input, now: momentAfter(minute) });

    expect(says).toEqual([
      expect.stringContaining(`web: ${text}`),
      expect.stringContaining(`api: ${text}`),
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

  it.each([
    ['counts requests of green that stay without an answer', 540, 'fail'],
    ["takes nothing that a shared balancer failed for green's", 600, 'pass'],
  ])('%s where other services are behind the balancer', async (_, answers, verdict) => {
    await account.release(shifting());
    balancerHas('targetgroup/office');
    counts({
      ...FINE,
      [`${GREEN} HTTPCode_Target_2XX_Count Sum`]: (minute) => (minute >= 2 ? answers : undefined),
      [`${BLUE} HTTPCode_Target_2XX_Count Sum`]: () => 5395,
      'undefined HTTPCode_ELB_5XX_Count Sum': () => 300,
    });

    // Three minutes later it is known which requests have no answer yet.
    const later = { ...input, now: momentAfter(12) };
    expect(await invoke(handler, later)).toMatchObject({ verdict });
  });

  it('compares latency by marks of blue before the release, and keeps them', async () => {
    await account.release(shifting());
    const slow = (green: number, blue: number) => ({
      [`${BLUE} TargetResponseTime SampleCount`]: () => 5400,
      [`${GREEN} TargetResponseTime SampleCount`]: (minute: number) =>
        minute >= 2 ? 600 : undefined,
      [`${BLUE} TargetResponseTime p50`]: () => 0.4,
      [`${BLUE} TargetResponseTime p90`]: () => 0.0000075,
      [`${GREEN} TargetResponseTime TC(0.5:)`]: () => green,
      [`${BLUE} TargetResponseTime TC(0.4:)`]: () => blue,
      [`${GREEN} TargetResponseTime TC(0.0500075:)`]: () => green,
      [`${BLUE} TargetResponseTime TC(0.0000075:)`]: () => blue,
    });
    counts({ ...FINE, ...slow(480, 2700) });

    expect(await invoke(handler, input)).toMatchObject({
      verdict: 'fail',
      reasons: [{ text: expect.stringMatching(/web: 80 % of green's .* longer than (500|50) ms/) }],
    });
    const { figures } = await seeFigures('storefront', 'storefront-1');
    expect(figures.targets.web).toMatchObject({
      marks: [0.0075, 400],
      greenMarks: [50.0075, 500],
    });

    cloudwatch.reset();
    counts({ ...FINE, ...slow(300, 2700), [`${BLUE} TargetResponseTime p50`]: () => 9 });
    expect(await invoke(handler, input)).toMatchObject({ verdict: 'pass' });
  });

  it('keeps every number, and reads those anew that CloudWatch revised', async () => {
    await account.release(shifting());
    counts(FINE);
    await invoke(handler, input);
    const rows = async () =>
      (await seeFigures('storefront', 'storefront-1')).figures.targets.web?.tally?.errors.rows;
    expect(await rows()).toHaveLength(5);
    expect((await rows())![0]).toEqual([0, 600, 5400, 0, 5]);

    cloudwatch.reset();
    counts({ ...FINE, [`${BLUE} RequestCount Sum`]: () => 5401 });
    await invoke(handler, input);
    expect((await rows())![0]).toEqual([0, 600, 5401, 0, 5]);
  });

  describe('keeps what its vote rests on', () => {
    const facts = { count: 7, hash: 'the seventh' };
    const bases = () => account.basesOf('storefront-1');
    const again = async ({ restsOn }: Vote) =>
      judgedBy(shifting({ facts }), basesOf(await bases())(restsOn!.basis)!);

    it('so that the same follows from it again, whatever CloudWatch says since', async () => {
      await account.release(shifting({ facts }));
      counts(FINE);
      const first = await invoke(handler, input);
      cloudwatch.reset();
      counts({ ...FINE, '2 Errors Sum': (minute) => (minute === 3 ? 120 : 1) });
      const second = await invoke(handler, input);

      expect([first.verdict, second.verdict]).toEqual(['pass', 'fail']);
      expect(first.restsOn).toMatchObject({ fact: 7 });
      expect({ ...(await again(first)), restsOn: first.restsOn }).toEqual(first);
      expect({ ...(await again(second)), restsOn: second.restsOn }).toEqual(second);
    });

    it('once where nothing has changed', async () => {
      await account.release(shifting({ facts }));
      counts(FINE);
      const [first, second] = [await invoke(handler, input), await invoke(handler, input)];

      expect(second.restsOn).toEqual(first.restsOn);
      expect(await bases()).toHaveLength(1);
    });

    it('anew behind a Tandem that kept only figures', async () => {
      await account.release(shifting({ facts }));
      counts(FINE);
      await invoke(handler, input);
      const { figures } = await seeFigures('storefront', 'storefront-1');
      await account.put('storefront', 'evidence#storefront-1', figures);
      cloudwatch.reset();
      counts({ ...FINE, '2 Errors Sum': () => 2 });

      const vote = await invoke(handler, input);
      expect({ ...(await again(vote)), restsOn: vote.restsOn }).toEqual(vote);
    });

    it('and votes without it where it cannot be kept', async () => {
      await account.release(shifting({ facts }));
      counts(FINE);
      account.dynamodb.on(PutItemCommand).rejects(new Error('no'));

      const vote = await invoke(handler, input);
      expect(vote).toMatchObject({ verdict: 'pass' });
      expect(vote).not.toHaveProperty('restsOn');
    });
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

    const { advice } = await invoke(handler, input);

    expect(advice).toEqual([
      expect.stringMatching(/^web: canary 10 % for 5 minutes would have been enough/),
    ]);
  });

  it('says which curve would give a green enough that gets too few requests', async () => {
    await account.release(shifting());
    const few = Object.entries(FINE).map(([name, figure]): [string, typeof figure] => [
      name,
      (minute) => (figure(minute) === undefined ? undefined : Math.round(figure(minute)! / 20)),
    ]);
    counts(Object.fromEntries(few));

    expect((await invoke(handler, input)).advice![0]).toMatch(
      /^web: about .*; at this traffic linear 10 % every 3 minutes would give green about 4,\d+$/,
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
    const { figures } = await seeFigures('storefront', 'storefront-1');
    expect(figures.targets.api?.tally?.errors.rows.map(([, green]) => green)).toEqual([600, 601]);
  });

  it.each<[string, Parameters<typeof record>[0]]>([
    ['before users may meet green', { times: {} }],
    [
      'when the policy says so',
      { policy: policy({ judgement: JudgeSettings.parse({ mode: 'off' }) }) },
    ],
    ['in a release that rolls back', { intent: 'rollback' }],
    ['once it is rolled back', { decision: 'rollback' }],
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
