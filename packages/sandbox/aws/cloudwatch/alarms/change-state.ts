/** Gives an alarm a new state: history, event, actions, composite alarms. */
import type { HistoryItemType, StateValue } from '@aws-sdk/client-cloudwatch';
import type { Call, Cloud } from '../../../cloud.ts';
import { deliver } from '../../../delivery/deliver.ts';
import type { Timers } from '../../../delivery/timers.ts';
import type { Alarm, AlarmState } from './alarm.ts';
import { lambdaActionEvent, stateChangeDetail } from './announce.ts';
import { topicMessage } from './topic-message.ts';

const CLOUDWATCH = { kind: 'service', service: 'cloudwatch.amazonaws.com' } as const;
const ALARM_FUNCTIONS = {
  kind: 'service',
  service: 'lambda.alarms.cloudwatch.amazonaws.com',
} as const;

/** Seconds between tries of an action or an event. AWS names no figures. */
const WAITS = [1, 5, 20];

/** Milliseconds after which a scaling policy is carried out again while its alarm stays as it is (CloudWatch guide, "Alarm actions"). */
const SCALED_AGAIN = 60_000;

/** Items that are kept of one alarm. */
const MOST_HISTORY = 200;

/** A state that an alarm is to have. */
interface NewState {
  readonly value: StateValue;
  readonly reason: string;
  readonly reasonData?: string | undefined;
}

/** Gives an alarm a state. If the value is a new one it is announced and the alarm's actions run. */
export type ChangeState = (alarm: Alarm, next: NewState) => void;

/** Writes a line into an alarm's history. */
export const remember = (
  alarm: Alarm,
  now: number,
  type: HistoryItemType,
  summary: string,
  data: unknown,
): void => {
  alarm.history.unshift({
    AlarmName: alarm.name,
    AlarmType: alarm.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm',
    Timestamp: new Date(now),
    HistoryItemType: type,
    HistorySummary: summary,
    HistoryData: JSON.stringify(data),
  });
  alarm.history.splice(MOST_HISTORY);
};

const historyState = ({ value, reason, reasonData }: AlarmState) => ({
  stateValue: value,
  stateReason: reason,
  ...(reasonData !== undefined && { stateReasonData: JSON.parse(reasonData) }),
});

const actionsOf = ({ config, state }: Alarm): readonly string[] =>
  ({
    ALARM: config.AlarmActions,
    OK: config.OKActions,
    INSUFFICIENT_DATA: config.InsufficientDataActions,
  })[state.value] ?? [];

/** `changed` hears of every transition once it has been made. */
export const stateChanger = (
  cloud: Cloud,
  timers: Timers,
  changed: (alarm: Alarm) => void,
): ChangeState => {
  const actionCall = (action: string, alarm: Alarm, previous: AlarmState): Call | undefined => {
    const [, , service, region = alarm.region] = action.split(':');
    if (service === 'sns') {
      const message = topicMessage(alarm, previous, cloud.account);
      const input = { TopicArn: action, ...message, SourceArn: alarm.arn };
      return { principal: CLOUDWATCH, region, service, operation: 'Publish', input };
    }
    if (service === 'lambda') {
      const event = lambdaActionEvent(alarm, previous, cloud.account);
      const Payload = Buffer.from(JSON.stringify(event));
      const input = {
        FunctionName: action,
        InvocationType: 'Event',
        Payload,
        SourceArn: alarm.arn,
      };
      return { principal: ALARM_FUNCTIONS, region, service, operation: 'Invoke', input };
    }
    if (service === 'autoscaling') {
      const input = { PolicyARN: action };
      const scaling = 'application-autoscaling';
      return {
        principal: CLOUDWATCH,
        region,
        service: scaling,
        operation: 'ExecutePolicy',
        input,
      };
    }
    return undefined;
  };

  /** Carries a scaling policy out again each minute for as long as its alarm stays as it is. */
  const scaleAgain = (alarm: Alarm, call: Call, since: number): void => {
    timers.after(SCALED_AGAIN, async () => {
      if (alarm.state.transitionedAt !== since || !alarm.actionsEnabled) return;
      await cloud.call(call);
      scaleAgain(alarm, call, since);
    });
  };

  const act = (alarm: Alarm, previous: AlarmState) => {
    for (const action of actionsOf(alarm)) {
      const call = actionCall(action, alarm, previous);
      const note = (summary: string, data: object) =>
        remember(alarm, cloud.clock.now(), 'Action', `${summary} action ${action}`, {
          actionState: summary.startsWith('Success') ? 'Succeeded' : 'Failed',
          notificationResource: action,
          ...data,
        });
      if (!call) {
        cloud.note(`Alarm ${alarm.name}: this sandbox has no alarm action like ${action}`);
        continue;
      }
      deliver(timers, {
        attempt: async () => {
          await cloud.call(call);
          note('Successfully executed', {});
        },
        waits: WAITS,
        failed: ({ error }) => note('Failed to execute', { error: error.message }),
      });
      if (call.operation === 'ExecutePolicy') scaleAgain(alarm, call, alarm.state.transitionedAt);
    }
  };

  const announce = (alarm: Alarm, previous: AlarmState) => {
    const entry = {
      Source: 'aws.cloudwatch',
      DetailType: 'CloudWatch Alarm State Change',
      Resources: [alarm.arn],
      Time: new Date(alarm.state.updatedAt),
      Detail: JSON.stringify(stateChangeDetail(alarm, previous)),
    };
    deliver(timers, {
      attempt: () =>
        cloud.call({
          principal: CLOUDWATCH,
          region: alarm.region,
          service: 'events',
          operation: 'PutEvents',
          input: { Entries: [entry] },
        }),
      waits: WAITS,
      failed: ({ error }) =>
        cloud.note(`An event of alarm ${alarm.name} was lost: ${error.message}`),
    });
  };

  return (alarm, { value, reason, reasonData }) => {
    const now = cloud.clock.now();
    const previous = alarm.state;
    const isTransition = previous.value !== value;
    alarm.state = {
      value,
      reason,
      reasonData,
      updatedAt: now,
      transitionedAt: isTransition ? now : previous.transitionedAt,
    };
    if (!isTransition) return;
    remember(alarm, now, 'StateUpdate', `Alarm updated from ${previous.value} to ${value}`, {
      version: '1.0',
      oldState: historyState(previous),
      newState: historyState(alarm.state),
    });
    announce(alarm, previous);
    if (alarm.actionsEnabled) act(alarm, previous);
    changed(alarm);
  };
};
