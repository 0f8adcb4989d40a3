/** Alarms of the team's own that guard a half beside those that the pair makes. */
import { Alarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { EcsHalf, LambdaHalf } from '../props.ts';
import { MOST_ALARMS } from './thresholds.ts';

type Half = EcsHalf | LambdaHalf;

const namesOf = (alarms: readonly IAlarm[]): string[] => [
  ...new Set(alarms.map(({ alarmName }) => alarmName)),
];

/** Names of all own alarms of a half: releases watch them. */
export const ownAlarms = ({ alarms = [] }: Half): string[] => namesOf(alarms);

/**
 * Names of those that CodeDeploy watches too: metric alarms that this app makes. CodeDeploy's model speaks of metric
 * alarms only, and of an imported alarm nobody knows at synth what it is.
 */
export const groupAlarms = ({ alarms = [] }: Half): string[] =>
  namesOf(alarms.filter((alarm) => alarm instanceof Alarm));

/** More alarms than CodeDeploy takes in the group of one half, which has `made` ones by the pair. */
export const ownAlarmsFault = (half: Half, made: number): string | undefined => {
  const own = groupAlarms(half).length;
  return made + own <= MOST_ALARMS
    ? undefined
    : `The target "${half.name}" has ${own} alarms of its own beside ${made} that Tandem makes, but CodeDeploy takes ` +
        `${MOST_ALARMS} in a deployment group: put some of them into a CompositeAlarm, which Tandem watches by itself.`;
};
