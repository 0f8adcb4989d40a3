/** What IAM is asked before an EventBridge operation runs. */
import type { PutEventsRequest, PutTargetsRequest } from '@aws-sdk/client-eventbridge';
import type { Caller, Permission, Service } from '../../cloud.ts';
import { ruleArn } from './buses.ts';

const PASSED_TO = 'events.amazonaws.com';

const passRole = (role: string | undefined): Permission[] =>
  role ? [{ action: 'iam:PassRole', resource: role, passedToService: PASSED_TO }] : [];

const shortName = (bus = 'default') => bus.slice(bus.indexOf('/') + 1);

/** Rules and buses have ARNs; ListEventBuses and TestEventPattern know none. */
export const permissions = (account: string): NonNullable<Service['permissions']> => {
  const busArn = (region: string, bus?: string) =>
    `arn:aws:events:${region}:${account}:event-bus/${shortName(bus)}`;

  const onRule =
    (operation: string) =>
    ({ Name, Rule, EventBusName, RoleArn }: any, { region }: Caller): Permission[] => [
      {
        action: `events:${operation}`,
        resource: ruleArn(region, account, shortName(EventBusName), Name ?? Rule ?? '*'),
      },
      ...passRole(RoleArn),
    ];

  const onBus =
    (operation: string) =>
    ({ Name }: any, { region }: Caller): Permission[] => [
      { action: `events:${operation}`, resource: busArn(region, Name) },
    ];

  const rules = [
    'PutRule',
    'DescribeRule',
    'DeleteRule',
    'EnableRule',
    'DisableRule',
    'ListRules',
    'RemoveTargets',
    'ListTargetsByRule',
    'ListRuleNamesByTarget',
  ];
  const wholeBuses = ['CreateEventBus', 'DeleteEventBus', 'DescribeEventBus'];

  return {
    ...Object.fromEntries(rules.map((operation) => [operation, onRule(operation)])),
    ...Object.fromEntries(wholeBuses.map((operation) => [operation, onBus(operation)])),
    PutTargets: (input: PutTargetsRequest, caller) => [
      ...onRule('PutTargets')(input, caller),
      ...(input.Targets ?? []).flatMap(({ RoleArn }) => passRole(RoleArn)),
    ],
    PutEvents: ({ Entries = [] }: PutEventsRequest, { region }) =>
      [...new Set(Entries.map(({ EventBusName }) => busArn(region, EventBusName)))].map(
        (resource) => ({ action: 'events:PutEvents', resource }),
      ),
  };
};
