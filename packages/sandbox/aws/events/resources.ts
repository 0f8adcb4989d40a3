/** CloudFormation's rules and event buses. */
import type { ResourceProvider } from '../../cloud.ts';

const numbered = ({ RetryPolicy, ...target }: any) => ({
  ...target,
  ...(RetryPolicy && {
    RetryPolicy: Object.fromEntries(
      Object.entries(RetryPolicy).map(([name, value]) => [name, Number(value)]),
    ),
  }),
});

/** `AWS::Events::Rule` with its targets. */
export const ruleResource: ResourceProvider = {
  properties: [
    'Name',
    'Description',
    'EventBusName',
    'EventPattern',
    'ScheduleExpression',
    'State',
    'RoleArn',
    'Targets',
  ],
  ignored: ['Tags'],
  create: async ({ Targets = [], EventPattern, ...rule }, { physicalName, call }) => {
    const Name = rule.Name ?? physicalName(64);
    const { RuleArn } = await call('events', 'PutRule', {
      ...rule,
      Name,
      ...(EventPattern && { EventPattern: JSON.stringify(EventPattern) }),
    });
    if (Targets.length > 0) {
      await call('events', 'PutTargets', {
        Rule: Name,
        EventBusName: rule.EventBusName,
        Targets: Targets.map(numbered),
      });
    }
    const onOwnBus = RuleArn.split('/').length > 2;
    return {
      ref: onOwnBus ? RuleArn.split('/').slice(1).join('|') : Name,
      attributes: { Arn: RuleArn },
    };
  },
};

/** `AWS::Events::EventBus`. */
export const eventBusResource: ResourceProvider = {
  properties: ['Name', 'Description'],
  ignored: ['Tags', 'KmsKeyIdentifier', 'LogConfig'],
  create: async ({ Name, Description }, { call }) => {
    const { EventBusArn } = await call('events', 'CreateEventBus', { Name, Description });
    return { ref: Name, attributes: { Arn: EventBusArn, Name } };
  },
};
