/** Creates, changes and describes rules, and fires those with a schedule. */

import type { PutRuleRequest } from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud, Operation } from '../../cloud.ts';
import { compilePattern } from '../../delivery/pattern.ts';
import type { Timers } from '../../delivery/timers.ts';
import { uuid } from '../../delivery/uuid.ts';
import { parsedJson } from '../../json-text.ts';
import { page } from '../../paging.ts';
import { type Buses, type Rule, ruleArn } from './buses.ts';
import { eventTime } from './event.ts';
import { paging } from './paging.ts';
import type { Router } from './route.ts';
import { parseSchedule } from './schedule.ts';

const described = ({ name, arn, bus, description, pattern, schedule, roleArn, state }: Rule) => ({
  Name: name,
  Arn: arn,
  State: state,
  EventBusName: bus,
  ...(description !== undefined && { Description: description }),
  ...(pattern && { EventPattern: pattern.source }),
  ...(schedule !== undefined && { ScheduleExpression: schedule }),
  ...(roleArn !== undefined && { RoleArn: roleArn }),
});

/** Compiles the JSON text of a pattern. Throws InvalidEventPatternException. */
export const patternOf = (source: string): NonNullable<Rule['pattern']> => {
  try {
    return { source, matches: compilePattern(parsedJson(source)) };
  } catch (error) {
    throw new AwsError(
      'InvalidEventPatternException',
      `Event pattern is not valid. Reason: ${(error as Error).message}`,
    );
  }
};

const check = ({ Name = '', EventPattern, ScheduleExpression }: PutRuleRequest, bus: string) => {
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(Name)) {
    throw new AwsError('ValidationException', `Parameter Name is not valid: ${Name}`);
  }
  if (!EventPattern && !ScheduleExpression) {
    throw new AwsError(
      'ValidationException',
      'Parameter(s) EventPattern or ScheduleExpression must be specified.',
    );
  }
  if (ScheduleExpression && bus !== 'default') {
    throw new AwsError(
      'ValidationException',
      'ScheduleExpression is supported only on the default event bus.',
    );
  }
};

/** PutRule, DescribeRule, ListRules, DeleteRule, EnableRule, DisableRule. */
export const ruleOperations = (
  cloud: Cloud,
  state: Buses,
  timers: Timers,
  { fire }: Router,
): Record<string, Operation> => {
  const schedule = (rule: Rule, region: string, last: number) => {
    rule.timer?.cancel();
    rule.timer = undefined;
    if (!rule.schedule || rule.state === 'DISABLED') return;
    const next = parseSchedule(rule.schedule)(last);
    if (next === undefined) return;
    rule.timer = timers.after(next - cloud.clock.now(), () => {
      schedule(rule, region, next);
      fire(rule, {
        version: '0',
        id: uuid(cloud),
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: cloud.account,
        time: eventTime(next),
        region,
        resources: [rule.arn],
        detail: {},
      });
    });
  };

  const setState =
    (value: 'ENABLED' | 'DISABLED'): Operation =>
    ({ Name, EventBusName }, { region }) => {
      const rule = state.rule(region, Name, EventBusName);
      rule.state = value;
      schedule(rule, region, cloud.clock.now());
      return {};
    };

  return {
    PutRule: (input: PutRuleRequest, { region }: Caller) => {
      const bus = state.bus(region, input.EventBusName);
      check(input, bus.name);
      if (input.ScheduleExpression) parseSchedule(input.ScheduleExpression);
      const name = input.Name as string;
      const known = bus.rules.get(name);
      const rule: Rule = {
        name,
        arn: ruleArn(region, cloud.account, bus.name, name),
        bus: bus.name,
        description: input.Description,
        pattern: input.EventPattern ? patternOf(input.EventPattern) : undefined,
        schedule: input.ScheduleExpression,
        roleArn: input.RoleArn,
        targets: known?.targets ?? new Map(),
        state: input.State ?? 'ENABLED',
        timer: undefined,
      };
      known?.timer?.cancel();
      bus.rules.set(name, rule);
      schedule(rule, region, cloud.clock.now());
      return { RuleArn: rule.arn };
    },

    DescribeRule: ({ Name, EventBusName }, { region }) =>
      described(state.rule(region, Name, EventBusName)),

    ListRules: ({ NamePrefix = '', EventBusName, ...input }, { region }) => {
      const found = [...state.bus(region, EventBusName).rules.values()].filter(({ name }) =>
        name.startsWith(NamePrefix),
      );
      const { items, next } = page(paging, found, input);
      return { Rules: items.map(described), ...next };
    },

    DeleteRule: ({ Name, EventBusName }, { region }) => {
      const { rules } = state.bus(region, EventBusName);
      const rule = rules.get(Name);
      if (rule && rule.targets.size > 0) {
        throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
      }
      rule?.timer?.cancel();
      rules.delete(Name);
      return {};
    },

    EnableRule: setState('ENABLED'),
    DisableRule: setState('DISABLED'),
  };
};
