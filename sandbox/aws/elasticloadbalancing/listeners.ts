import type {
  CreateListenerInput,
  DescribeListenersInput,
  DescribeRulesInput,
  ModifyListenerInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud, Operation } from '../../cloud.ts';
import { page } from '../../paging.ts';
import { actionOf, describeAction } from './actions.ts';
import type { ListenerServer } from './listener-server.ts';
import { paging } from './paging.ts';
import { hexadecimal, type Listener, listenerOf, loadBalancerOf, type State } from './state.ts';

const describe = (listener: Listener) => ({
  ListenerArn: listener.arn,
  LoadBalancerArn: listener.loadBalancer.arn,
  Port: listener.localPort,
  Protocol: listener.protocol,
  DefaultActions: describeAction(listener.action),
});

/** The only rule a listener has here. Its ARN is the listener's with `listener-rule` and one more id. */
const defaultRule = (listener: Listener) => ({
  RuleArn: `${listener.arn.replace(':listener/', ':listener-rule/')}/${listener.arn.slice(-16)}`,
  Priority: 'default',
  Conditions: [],
  Actions: describeAction(listener.action),
  IsDefault: true,
});

const invalid = (message: string) => new AwsError('ValidationError', message);

const rulesOf = (listeners: readonly Listener[], arns: readonly string[]) => {
  if (arns.length === 0) throw invalid('You must specify either listener ARN or rule ARNs');
  const rules = listeners.map(defaultRule);
  return arns.map((arn) => {
    const found = rules.find(({ RuleArn }) => RuleArn === arn);
    if (found) return found;
    throw new AwsError('RuleNotFoundException', 'One or more rules not found');
  });
};

/** Operations on listeners; `open` starts a listener's server, `changed` is told what may now receive traffic. */
export const listenerOperations = (
  cloud: Cloud,
  state: State,
  open: (listener: () => Listener) => Promise<ListenerServer>,
  changed: () => void,
): Record<string, Operation> => ({
  CreateListener: async (input: CreateListenerInput, { region }: Caller) => {
    const current = state.of(region);
    const loadBalancer = loadBalancerOf(current, input.LoadBalancerArn);
    const action = actionOf(current, input.DefaultActions);
    const declaredPort = Number(input.Port);
    const protocol = input.Protocol ?? 'HTTP';
    const taken = [...current.listeners.values()].some(
      (known) => known.loadBalancer === loadBalancer && known.declaredPort === declaredPort,
    );
    if (taken) {
      throw new AwsError(
        'DuplicateListenerException',
        `A listener already exists on port ${declaredPort} for this load balancer '${loadBalancer.arn}'`,
      );
    }
    if (protocol !== 'HTTP') cloud.note(`Listener ${declaredPort}: ${protocol} is served as HTTP`);

    const server = await open(() => listener);
    const id = cloud.id(16, hexadecimal);
    const listener: Listener = {
      arn: `${loadBalancer.arn.replace(':loadbalancer/', ':listener/')}/${id}`,
      loadBalancer,
      protocol,
      declaredPort,
      localPort: server.port,
      close: server.close,
      action,
    };
    current.listeners.set(listener.arn, listener);
    current.tags.set(
      listener.arn,
      new Map((input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    );
    cloud.note(
      'Load balancers: every listener is a free port of 127.0.0.1; DescribeListeners gives that port, not the one of the template',
    );
    changed();
    return { Listeners: [describe(listener)] };
  },

  DescribeListeners: (input: DescribeListenersInput, { region }: Caller) => {
    const current = state.of(region);
    if (!input.LoadBalancerArn && !input.ListenerArns?.length) {
      throw invalid('You must specify either listener ARNs or a load balancer ARN');
    }
    const loadBalancer = input.LoadBalancerArn && loadBalancerOf(current, input.LoadBalancerArn);
    const listeners =
      input.ListenerArns?.map((arn) => listenerOf(current, arn)) ??
      [...current.listeners.values()].filter((listener) => listener.loadBalancer === loadBalancer);
    const { items, next } = page(paging, listeners, input);
    return { Listeners: items.map(describe), ...next };
  },

  ModifyListener: (input: ModifyListenerInput, { region }: Caller) => {
    const current = state.of(region);
    const listener = listenerOf(current, input.ListenerArn);
    if (input.DefaultActions) {
      listener.action = actionOf(current, input.DefaultActions);
      changed();
    }
    return { Listeners: [describe(listener)] };
  },

  DescribeRules: (input: DescribeRulesInput, { region }: Caller) => {
    const current = state.of(region);
    const rules = input.ListenerArn
      ? [defaultRule(listenerOf(current, input.ListenerArn))]
      : rulesOf([...current.listeners.values()], input.RuleArns ?? []);
    const { items, next } = page(paging, rules, input);
    return { Rules: items, ...next };
  },
});
