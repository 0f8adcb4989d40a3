import 'aws-sdk-client-mock-vitest/extend';
import '../environment.ts';

import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
} from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { handler } from '../../../handlers/steps/check-alarms.ts';
import { api, lambdaRecord, momentAfter, record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { invoke } from '../invoke.ts';

const input = { pair: 'storefront', release: 'storefront-1', now: momentAfter(20) };

let account: Account;
let cloudwatch: ReturnType<typeof mockClient>;

beforeEach(async () => {
  account = await openAccount();
  cloudwatch = mockClient(CloudWatchClient);
});

const failing = (name: string, status: number) =>
  cloudwatch
    .on(DescribeAlarmsCommand)
    .rejects(Object.assign(new Error('no'), { name, $metadata: { httpStatusCode: status } }));

it('says that alarms which cannot be read now were not read, and not that they are red', async () => {
  await account.release(record({ alarms: ['web-errors'] }));
  failing('ThrottlingException', 400);

  expect(await invoke(handler, input)).toMatchObject({
    verdict: 'inconclusive',
    reasons: [{ code: 'not-read', text: 'The alarms could not be read: ThrottlingException: no' }],
  });
});

it('fails when it may not read them', async () => {
  await account.release(record({ alarms: ['web-errors'] }));
  failing('AccessDenied', 403);

  await expect(invoke(handler, input)).rejects.toMatchObject({ name: 'AccessDenied' });
});

it('does not look any more once the guard has ended', async () => {
  await account.release(
    record({ alarms: ['web-errors'], decision: 'promote', times: { guardEnded: momentAfter(19) } }),
  );

  expect(await invoke(handler, input)).toEqual({ by: 'alarms', verdict: 'pass', reasons: [] });
  expect(cloudwatch).toHaveReceivedCommandTimes(DescribeAlarmsCommand, 0);
});

/** An alarm that is OK since so many minutes after the start. */
const okSince = (minutes: number) =>
  cloudwatch.on(DescribeAlarmsCommand).resolves({
    MetricAlarms: [
      {
        AlarmName: 'web-errors',
        StateValue: 'OK',
        StateTransitionedTimestamp: new Date(momentAfter(minutes)),
        Dimensions: [{ Name: 'TargetGroup', Value: 'targetgroup/blue/1' }],
      },
    ],
  });

it('does not ask for the past of an alarm that has not changed since the last look', async () => {
  await account.release(record({ alarms: ['web-errors'], alarmsSeen: momentAfter(19) }));
  okSince(18);

  expect(await invoke(handler, input)).toEqual({
    by: 'alarms',
    verdict: 'pass',
    reasons: [],
    at: momentAfter(20),
  });
  expect(cloudwatch).toHaveReceivedCommandTimes(DescribeAlarmHistoryCommand, 0);
});

it('does not ask for what was before its first look', async () => {
  await account.release(record({ alarms: ['web-errors'] }));
  okSince(19.5);

  expect(await invoke(handler, input)).toMatchObject({ verdict: 'pass' });
  expect(cloudwatch).toHaveReceivedCommandTimes(DescribeAlarmHistoryCommand, 0);
});

it('finds that an alarm was red between two looks', async () => {
  await account.release(record({ alarms: ['web-errors'], alarmsSeen: momentAfter(19) }));
  okSince(19.5);
  const turned = (minutes: number, stateValue: string) => ({
    AlarmName: 'web-errors',
    Timestamp: new Date(momentAfter(minutes)),
    HistoryItemType: 'StateUpdate' as const,
    HistoryData: JSON.stringify({ newState: { stateValue, stateReason: 'because' } }),
  });
  cloudwatch
    .on(DescribeAlarmHistoryCommand)
    .resolves({ AlarmHistoryItems: [turned(19.25, 'ALARM'), turned(19.5, 'OK')] });

  expect(await invoke(handler, input)).toMatchObject({
    verdict: 'fail',
    reasons: [{ code: 'alarm-red', text: expect.stringContaining('was red for 15 seconds') }],
  });
  expect(cloudwatch).toHaveReceivedCommandWith(DescribeAlarmHistoryCommand, {
    AlarmName: 'web-errors',
    HistoryItemType: 'StateUpdate',
    StartDate: new Date(momentAfter(19)),
  });
});

it('does not count the alarm of the old version that was OK and is red again, under red alarms', async () => {
  await account.release(
    record({
      alarms: ['api-blue'],
      alarmsSeen: momentAfter(19),
      underRed: { reason: 'it fixes them', alarms: ['api-blue'], excused: ['api-blue'] },
      targets: [
        lambdaRecord({ registration: api({ versionAlarms: { blue: ['api-blue'], green: [] } }) }),
      ],
    }),
  );
  cloudwatch.on(DescribeAlarmsCommand).resolves({
    MetricAlarms: [
      {
        AlarmName: 'api-blue',
        StateValue: 'ALARM',
        StateTransitionedTimestamp: new Date(momentAfter(19.5)),
        Dimensions: [{ Name: 'ExecutedVersion', Value: '1' }],
      },
    ],
  });
  cloudwatch.on(DescribeAlarmHistoryCommand).resolves({
    AlarmHistoryItems: [
      {
        AlarmName: 'api-blue',
        Timestamp: new Date(momentAfter(19.2)),
        HistoryItemType: 'StateUpdate',
        HistoryData: JSON.stringify({ newState: { stateValue: 'OK', stateReason: 'because' } }),
      },
    ],
  });

  expect(await invoke(handler, input)).toMatchObject({ verdict: 'pass', calmed: ['api-blue'] });
});

it('has not looked when the past could not be read: the next look asks again', async () => {
  await account.release(record({ alarms: ['web-errors'], alarmsSeen: momentAfter(19) }));
  okSince(19.5);
  cloudwatch
    .on(DescribeAlarmHistoryCommand)
    .rejects(Object.assign(new Error('no'), { name: 'ThrottlingException' }));

  const vote = await invoke(handler, input);

  expect(vote).toMatchObject({ verdict: 'inconclusive', reasons: [{ code: 'not-read' }] });
  expect(vote).not.toHaveProperty('at');
});

it('reads the summary of a state whose data CloudWatch has cut off', async () => {
  await account.release(record({ alarms: ['web-errors'], alarmsSeen: momentAfter(19) }));
  okSince(19.5);
  const turned = (minutes: number, HistorySummary: string) => ({
    Timestamp: new Date(momentAfter(minutes)),
    HistoryData: '{"newState":{"stateValue":',
    HistorySummary,
  });
  cloudwatch.on(DescribeAlarmHistoryCommand).resolves({
    AlarmHistoryItems: [
      turned(19.25, 'Alarm updated from OK to ALARM'),
      turned(19.5, 'Alarm updated from ALARM to OK'),
    ],
  });

  expect(await invoke(handler, input)).toMatchObject({
    verdict: 'fail',
    reasons: [{ code: 'alarm-red' }],
  });
});

it('counts a red that an event told of, though the history does not have it yet', async () => {
  const why = 'Threshold Crossed: 1 datapoint [7.0] was greater than the threshold (5.0).';
  await account.release(
    record({
      alarms: ['web-errors'],
      alarmsSeen: momentAfter(18),
      times: { shifted: momentAfter(5) },
      wentRed: [{ alarm: 'web-errors', at: momentAfter(17), why }],
    }),
  );
  cloudwatch.on(DescribeAlarmsCommand).resolves({
    MetricAlarms: [
      {
        AlarmName: 'web-errors',
        StateValue: 'OK',
        StateReason: 'back',
        StateTransitionedTimestamp: new Date(momentAfter(18)),
      },
    ],
    CompositeAlarms: [],
  });
  cloudwatch.on(DescribeAlarmHistoryCommand).resolves({ AlarmHistoryItems: [] });

  expect(await invoke(handler, input)).toMatchObject({
    verdict: 'fail',
    reasons: [{ code: 'alarm-red', text: expect.stringContaining('was red for 1 minute from') }],
  });
});
/** A release whose alarm of green should watch version 2, and one that watches version 1. */
const withStrayed = (times: { readonly shifted?: string }) => {
  cloudwatch.on(DescribeAlarmsCommand).resolves({
    MetricAlarms: [
      {
        AlarmName: 'green-errors',
        StateValue: 'OK',
        StateTransitionedTimestamp: new Date(momentAfter(-60)),
        Dimensions: [{ Name: 'ExecutedVersion', Value: '1' }],
      },
    ],
  });
  const versionAlarms = { blue: [], green: ['green-errors'] };
  return account.release(
    record({
      alarms: ['green-errors'],
      targets: [lambdaRecord({ registration: api({ versionAlarms }) })],
      times,
    }),
  );
};

it('fails once users are on green and an alarm of a version watches another one', async () => {
  await withStrayed({ shifted: momentAfter(15) });

  expect(await invoke(handler, input)).toMatchObject({
    verdict: 'fail',
    reasons: [{ code: 'alarm-missing', target: 'api' }],
  });
});

it('does not mind before the shift: nothing has pointed the alarms at the versions yet', async () => {
  await withStrayed({});

  expect(await invoke(handler, input)).toMatchObject({ verdict: 'pass' });
});
