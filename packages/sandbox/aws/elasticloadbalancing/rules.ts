import type {
  CreateRuleInput,
  DeleteRuleInput,
  DescribeRulesInput,
  ModifyRuleInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud, Operation } from '../../cloud.ts';
import { page } from '../../paging.ts';
import { actionOf, describeAction } from './actions.ts';
import { conditionsOf } from './conditions.ts';
import { paging } from './paging.ts';
import {
  hexadecimal,
  type Listener,
  listenerOf,
  type Region,
  type Rule,
  type State,
} from './state.ts';

const invalid = (message: string) => new AwsError('ValidationError', message);

/** What the ARN of a listener's rules begins with. */
const stemOf = ({ arn }: Listener) => arn.replace(':listener/', ':listener-rule/');

const describe = ({ arn, priority, conditions, action }: Rule) => ({
  RuleArn: arn,
  Priority: `${priority}`,
  Conditions: conditions.map(({ described }) => described),
  Actions: describeAction(action),
  IsDefault: false,
});

/** The rule that a listener always has. Its id is the listener's own once more. */
const defaultRule = (listener: Listener) => ({
  RuleArn: `${stemOf(listener)}/${listener.arn.slice(-16)}`,
  Priority: 'default',
  Conditions: [],
  Actions: describeAction(listener.action),
  IsDefault: true,
});

/** Rules of a listener in the order in which a request meets them. */
const inOrder = (listener: Listener) => [
  ...[...listener.rules.values()].sort((a, b) => a.priority - b.priority).map(describe),
  defaultRule(listener),
];

const ofArns = (region: Region, arns: readonly string[]) => {
  if (arns.length === 0) throw invalid('You must specify either listener ARN or rule ARNs');
  const rules = [...region.listeners.values()].flatMap(inOrder);
  return arns.map((arn) => {
    const found = rules.find(({ RuleArn }) => RuleArn === arn);
    if (found) return found;
    throw new AwsError('RuleNotFoundException', 'One or more rules not found');
  });
};

/** A rule that may change: the default one belongs to its listener. */
const ownRule = (region: Region, arn = '', what: string): { listener: Listener; rule: Rule } => {
  for (const listener of region.listeners.values()) {
    const rule = listener.rules.get(arn);
    if (rule) return { listener, rule };
    if (defaultRule(listener).RuleArn === arn) {
      throw new AwsError(
        'OperationNotPermittedException',
        `Default rule '${arn}' cannot be ${what}`,
      );
    }
  }
  throw new AwsError('RuleNotFoundException', `Rule '${arn}' not found`);
};

const priorityOf = ({ rules }: Listener, given: number | undefined): number => {
  const priority = Number(given);
  if (!Number.isInteger(priority) || priority < 1 || priority > 50_000) {
    throw invalid(`Priority '${given}' must be between 1 and 50000`);
  }
  if ([...rules.values()].some((rule) => rule.priority === priority)) {
    throw new AwsError('PriorityInUseException', `Priority '${priority}' is currently in use`);
  }
  return priority;
};

/** Operations on the rules of listeners; `changed` is told what may now receive traffic. */
export const ruleOperations = (
  cloud: Cloud,
  state: State,
  changed: () => void,
): Record<string, Operation> => ({
  CreateRule: (input: CreateRuleInput, { region }: Caller) => {
    const current = state.of(region);
    const listener = listenerOf(current, input.ListenerArn);
    const conditions = conditionsOf(input.Conditions);
    const action = actionOf(current, input.Actions);
    const priority = priorityOf(listener, input.Priority);
    const rule: Rule = {
      arn: `${stemOf(listener)}/${cloud.id(16, hexadecimal)}`,
      priority,
      conditions,
      action,
    };
    listener.rules.set(rule.arn, rule);
    current.tags.set(
      rule.arn,
      new Map((input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    );
    changed();
    return { Rules: [describe(rule)] };
  },

  DescribeRules: (input: DescribeRulesInput, { region }: Caller) => {
    const current = state.of(region);
    const rules = input.ListenerArn
      ? inOrder(listenerOf(current, input.ListenerArn))
      : ofArns(current, input.RuleArns ?? []);
    const { items, next } = page(paging, rules, input);
    return { Rules: items, ...next };
  },

  ModifyRule: (input: ModifyRuleInput, { region }: Caller) => {
    const current = state.of(region);
    const { rule } = ownRule(current, input.RuleArn, 'modified');
    // Everything is read before anything changes: a refused call has no effect.
    const conditions = input.Conditions ? conditionsOf(input.Conditions) : rule.conditions;
    const action = input.Actions ? actionOf(current, input.Actions) : rule.action;
    Object.assign(rule, { conditions, action });
    changed();
    return { Rules: [describe(rule)] };
  },

  DeleteRule: (input: DeleteRuleInput, { region }: Caller) => {
    const current = state.of(region);
    const { listener, rule } = ownRule(current, input.RuleArn, 'deleted');
    listener.rules.delete(rule.arn);
    current.tags.delete(rule.arn);
    changed();
    return {};
  },
});
