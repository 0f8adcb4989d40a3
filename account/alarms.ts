/** Asks the alarms that guard a release. */
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import type { ReleaseRecord } from '../core/record/record.ts';
import type { Account } from './account.ts';

/** Names that one DescribeAlarms takes (AWS's limit). */
const MOST = 100;

/** States of the alarms of a release, by name. */
export type AlarmStates = Readonly<Record<string, string>>;

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

/** Alarms in a few words: which are red, and how many say what else. */
export const alarmsText = (states: AlarmStates): string => {
  const names = Object.keys(states);
  const red = names.filter((name) => states[name] === 'ALARM');
  const count = (state: string) => names.filter((name) => states[name] === state).length;
  const [well, unknown] = [count('OK'), count('INSUFFICIENT_DATA')];
  return [
    ...(red.length > 0 ? [`red: ${red.join(', ')}`] : []),
    ...(well > 0 ? [`${well} OK`] : []),
    ...(unknown > 0 ? [`${unknown} with too little data`] : []),
  ].join('; ');
};
