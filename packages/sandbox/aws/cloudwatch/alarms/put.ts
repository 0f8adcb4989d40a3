/** Creates and changes alarms: PutMetricAlarm, PutCompositeAlarm, DeleteAlarms, SetAlarmState, switches for actions. */
import type {
  PutCompositeAlarmInput,
  PutMetricAlarmInput,
  SetAlarmStateInput,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../../aws-error.ts';
import type { Caller, Cloud, Operation } from '../../../cloud.ts';
import { outsideOf } from '../../../value-set.ts';
import type { MetricStore } from '../metrics/store.ts';
import { type Alarm, type Alarms, STATES } from './alarm.ts';
import { remember } from './change-state.ts';
import { checkMetricAlarm } from './check.ts';
import { parseRule, type Rule } from './rule.ts';
import type { Watch } from './watch.ts';

/** AWS's limit of one DeleteAlarms or DescribeAlarms call. */
const MOST_NAMES = 100;

const refuse = (message: string) => new AwsError('ValidationError', message);

const ruleOf = (config: PutCompositeAlarmInput, alarms: Alarms): Rule => {
  if (config.ActionsSuppressor) throw refuse('ActionsSuppressor is not part of this sandbox.');
  let rule: Rule;
  try {
    rule = parseRule(config.AlarmRule ?? '');
  } catch (error) {
    throw refuse(`Error in AlarmRule: ${(error as Error).message}`);
  }
  const unknown = rule.children.filter((name) => !alarms.has(name));
  if (unknown.length === 0) return rule;
  throw refuse(
    `Could not save the composite alarm as alarms [${unknown.join(', ')}] in the alarm rule do not exist`,
  );
};

/** The operations that change alarms. */
export const putOperations = (
  cloud: Cloud,
  store: (region: string) => MetricStore,
  alarmsOf: (region: string) => Alarms,
  watch: Watch,
): Record<string, Operation> => {
  const find = (name: string, { region }: Caller): Alarm => {
    const alarm = alarmsOf(region).get(name);
    if (alarm) return alarm;
    throw new AwsError('ResourceNotFound', `Alarm ${name} does not exist`, { status: 404 });
  };

  const fresh = (config: PutMetricAlarmInput | PutCompositeAlarmInput, { region }: Caller) => {
    const now = cloud.clock.now();
    const name = config.AlarmName ?? '';
    return {
      name,
      arn: `arn:aws:cloudwatch:${region}:${cloud.account}:alarm:${name}`,
      region,
      tags: new Map((config.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
      history: [],
      configuredAt: now,
      actionsEnabled: config.ActionsEnabled ?? true,
      state: {
        value: 'INSUFFICIENT_DATA' as const,
        reason: 'Unchecked: Initial alarm creation',
        reasonData: undefined,
        updatedAt: now,
        transitionedAt: now,
      },
      timer: undefined,
    };
  };

  /** An alarm that is changed keeps its state, its tags and its history. */
  const save = (alarm: Alarm, caller: Caller) => {
    const alarms = alarmsOf(caller.region);
    const known = alarms.get(alarm.name);
    if (known && known.kind !== alarm.kind) {
      throw refuse(`An alarm of another type with the name ${alarm.name} exists.`);
    }
    if (known) watch.stop(known);
    const saved: Alarm = known
      ? { ...alarm, state: known.state, tags: known.tags, history: known.history }
      : alarm;
    alarms.set(alarm.name, saved);
    const done = known ? 'updated' : 'created';
    remember(saved, cloud.clock.now(), 'ConfigurationUpdate', `Alarm "${alarm.name}" ${done}`, {
      version: '1.0',
      type: known ? 'Update' : 'Create',
    });
    watch.start(saved);
  };

  const setActions =
    (enabled: boolean): Operation =>
    ({ AlarmNames = [] }: { AlarmNames?: string[] }, { region }) => {
      for (const name of AlarmNames) {
        const alarm = alarmsOf(region).get(name);
        if (alarm) alarm.actionsEnabled = enabled;
      }
      return {};
    };

  return {
    PutMetricAlarm: (config: PutMetricAlarmInput, caller) => {
      const { queries, watched } = checkMetricAlarm(config, store(caller.region));
      save({ ...fresh(config, caller), kind: 'metric', config, queries, watched }, caller);
      return {};
    },

    PutCompositeAlarm: (config: PutCompositeAlarmInput, caller) => {
      const rule = ruleOf(config, alarmsOf(caller.region));
      save({ ...fresh(config, caller), kind: 'composite', config, rule }, caller);
      return {};
    },

    DeleteAlarms: ({ AlarmNames = [] }: { AlarmNames?: string[] }, caller) => {
      if (AlarmNames.length > MOST_NAMES)
        throw refuse(`At most ${MOST_NAMES} alarms can be deleted.`);
      for (const alarm of AlarmNames.map((name) => find(name, caller))) {
        watch.stop(alarm);
        alarmsOf(caller.region).delete(alarm.name);
      }
      return {};
    },

    SetAlarmState: (input: SetAlarmStateInput, caller) => {
      const { AlarmName = '', StateValue, StateReason = '', StateReasonData } = input;
      const alarm = find(AlarmName, caller);
      const complaint = outsideOf(STATES, 'stateValue', StateValue);
      if (complaint || !StateValue) throw refuse(complaint ?? 'StateValue is required');
      try {
        JSON.parse(StateReasonData ?? '{}');
      } catch {
        throw new AwsError('InvalidFormatFault', 'StateReasonData must be valid JSON.');
      }
      watch.changeState(alarm, {
        value: StateValue,
        reason: StateReason,
        reasonData: StateReasonData,
      });
      return {};
    },

    EnableAlarmActions: setActions(true),
    DisableAlarmActions: setActions(false),
  };
};
