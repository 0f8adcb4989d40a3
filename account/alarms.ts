/** Asks the alarms that guard a release. */
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import type { ReleaseRecord } from '../core/record/record.ts';
import type { AlarmStates } from '../core/views/alarm-states.ts';
import type { Account } from './account.ts';

/** Names that one DescribeAlarms takes (AWS's limit). */
const MOST = 100;

/** Gives what reads the states of a release's alarms. */
export const alarmReader = (account: Account) => {
  const cloudwatch = account.client(CloudWatchClient);
  return async ({ alarms }: Pick<ReleaseRecord, 'alarms'>): Promise<AlarmStates> => {
    if (alarms.length === 0) return {};
    const { MetricAlarms = [], CompositeAlarms = [] } = await cloudwatch.send(
      new DescribeAlarmsCommand({
        AlarmNames: alarms.slice(0, MOST),
        AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
      }),
    );
    return Object.fromEntries(
      [...MetricAlarms, ...CompositeAlarms].map(({ AlarmName = '', StateValue = '' }) => [
        AlarmName,
        StateValue,
      ]),
    );
  };
};
