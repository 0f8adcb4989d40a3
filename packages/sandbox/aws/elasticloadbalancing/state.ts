import type { Agent } from 'node:http';
import type { Duplex } from 'node:stream';
import { AwsError } from '../../aws-error.ts';
import type { Asked, Condition } from './conditions.ts';

/** An application load balancer. */
export interface LoadBalancer {
  readonly arn: string;
  readonly name: string;
  /** `app/<name>/<id>`: the dimension of its metrics. */
  readonly fullName: string;
  readonly region: string;
  readonly scheme: string;
  readonly createdAt: Date;
  readonly securityGroups: readonly string[];
  readonly subnets: readonly string[];
  readonly attributes: Map<string, string>;
}

/** How a target group looks whether a target is well. Seconds: the interval is service time, the time-out real. */
export interface HealthCheck {
  readonly path: string;
  readonly port: string;
  readonly protocol: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** Status codes that pass, e.g. `200`, `200,202` or `200-299`. */
  readonly matcher: string;
}

/** One registered address. */
export interface Target {
  readonly id: string;
  readonly port: number;
  state: 'initial' | 'healthy' | 'unhealthy' | 'draining';
  reason: string | undefined;
  description: string | undefined;
  /** Requests that it has been given and not finished yet. */
  inFlight: number;
  /** Called when the last request in flight has ended. */
  onIdle: (() => void) | undefined;
  /** Its kept-alive connections. */
  readonly agent: Agent;
  /** Its connections that go on with another protocol, e.g. WebSockets. */
  readonly upgraded: Set<Duplex>;
}

/** A target group with its targets by `<id>:<port>`. */
export interface TargetGroup {
  readonly arn: string;
  readonly name: string;
  /** `targetgroup/<name>/<id>`: the dimension of its metrics. */
  readonly fullName: string;
  readonly port: number;
  readonly protocol: string;
  readonly targetType: string;
  readonly vpcId: string | undefined;
  healthCheck: HealthCheck;
  readonly attributes: Map<string, string>;
  readonly targets: Map<string, Target>;
  /** Whose turn it is, counted up for ever. */
  turn: number;
}

/** What a listener does with a request. */
export type Action =
  | {
      readonly kind: 'forward';
      readonly groups: readonly { readonly group: TargetGroup; readonly weight: number }[];
    }
  | {
      readonly kind: 'fixed-response';
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
    };

/** What a listener does with requests that meet all of its conditions. */
export interface Rule {
  readonly arn: string;
  readonly priority: number;
  conditions: readonly Condition[];
  action: Action;
}

/** A listener and the socket of this machine that stands for its port. */
export interface Listener {
  readonly arn: string;
  readonly loadBalancer: LoadBalancer;
  readonly protocol: string;
  /** Port that the template asked for. */
  readonly declaredPort: number;
  /** Port on 127.0.0.1 that really listens. */
  readonly localPort: number;
  readonly close: () => Promise<void>;
  /** Its certificates, the default one first; none where it does not speak TLS. */
  certificates: readonly Certificate[];
  /** What it does with requests that no rule wants. */
  action: Action;
  readonly rules: Map<string, Rule>;
}

/** A certificate, and the names that it is for. */
export interface Certificate {
  readonly arn: string;
  readonly names: readonly string[];
}

/** Everything in one Region, by ARN. */
export interface Region {
  readonly loadBalancers: Map<string, LoadBalancer>;
  readonly targetGroups: Map<string, TargetGroup>;
  readonly listeners: Map<string, Listener>;
  readonly tags: Map<string, Map<string, string>>;
}

/** The state of every Region. */
export interface State {
  readonly account: string;
  of(region: string): Region;
  all(): readonly (readonly [string, Region])[];
}

/** An empty state of one account. */
export const emptyState = (account: string): State => {
  const regions = new Map<string, Region>();
  return {
    account,
    of: (name) => {
      const region = regions.get(name) ?? {
        loadBalancers: new Map(),
        targetGroups: new Map(),
        listeners: new Map(),
        tags: new Map(),
      };
      regions.set(name, region);
      return region;
    },
    all: () => [...regions],
  };
};

const finder =
  <K extends 'loadBalancers' | 'targetGroups' | 'listeners'>(
    kind: K,
    error: string,
    noun: string,
  ) =>
  (region: Region, arn: string | undefined) => {
    const found = region[kind].get(arn ?? '') as
      | (Region[K] extends Map<string, infer V> ? V : never)
      | undefined;
    if (found) return found;
    throw new AwsError(error, `${noun} '${arn}' not found`);
  };

/** Finds by ARN, or throws LoadBalancerNotFoundException. */
export const loadBalancerOf = finder(
  'loadBalancers',
  'LoadBalancerNotFoundException',
  'Load balancer',
);
/** Finds by ARN, or throws TargetGroupNotFoundException. */
export const targetGroupOf = finder('targetGroups', 'TargetGroupNotFoundException', 'Target group');
/** Finds by ARN, or throws ListenerNotFoundException. */
export const listenerOf = finder('listeners', 'ListenerNotFoundException', 'Listener');

/** What a listener does with a request: the action of the first rule that it meets, by priority. */
export const actionFor = ({ rules, action }: Listener, asked: Asked): Action =>
  [...rules.values()]
    .sort((a, b) => a.priority - b.priority)
    .find(({ conditions }) => conditions.every(({ meets }) => meets(asked)))?.action ?? action;

/** The groups that a listener may send a request to, by any rule; one at weight 0 is among them. */
const groupsOf = ({ action, rules }: Listener): readonly TargetGroup[] =>
  [action, ...[...rules.values()].map((rule) => rule.action)].flatMap((one) =>
    one.kind === 'forward' ? one.groups.map(({ group }) => group) : [],
  );

/** The load balancers that have a target group on a listener. */
export const loadBalancersOf = (region: Region, group: TargetGroup): readonly LoadBalancer[] => [
  ...new Set(
    [...region.listeners.values()]
      .filter((listener) => groupsOf(listener).includes(group))
      .map(({ loadBalancer }) => loadBalancer),
  ),
];

/** How the ids in load balancing ARNs look. */
export const hexadecimal = '0123456789abcdef';
