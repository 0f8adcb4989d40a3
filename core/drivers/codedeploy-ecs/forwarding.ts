/** Where a listener sends requests: the actions of its rules and its default one, and what of them is a service's own. */

/** A target group with its weight in an action. */
interface Weight {
  readonly targetGroup: string;
  readonly weight: number;
}

/** An action of a listener, as far as releases care. */
export interface ListenerAction {
  /** Priority of the rule; `default` for what no rule takes. */
  readonly rule: string;
  /** `forward`, `fixed-response`, `redirect` … */
  readonly type: string;
  /** Target groups that it forwards to. */
  readonly groups: readonly Weight[];
  /** Host names that the rule takes requests for, with `*` and `?`; none where it takes any. */
  readonly hosts: readonly string[];
}

/** Actions that forward to at least one of these target groups, be it with the weight 0. */
export const ownActions = (
  actions: readonly ListenerAction[],
  targetGroups: readonly string[],
): readonly ListenerAction[] =>
  actions.filter(({ groups }) =>
    groups.some(({ targetGroup }) => targetGroups.includes(targetGroup)),
  );

const sharesIn = ({ groups }: ListenerAction): ReadonlyMap<string, number> => {
  const total = groups.reduce((sum, { weight }) => sum + weight, 0);
  return new Map(
    groups.map(({ targetGroup, weight }) => [
      targetGroup,
      total === 0 ? 0 : (100 * weight) / total,
    ]),
  );
};

/**
 * Percent of a service's requests that each target group gets. Several actions count alike: where they disagree, more
 * than one group has a share, as while traffic shifts. Empty where no action is the service's own.
 */
export const sharesOf = (
  actions: readonly ListenerAction[],
  targetGroups: readonly string[],
): ReadonlyMap<string, number> => {
  const own = ownActions(actions, targetGroups);
  const sums = new Map<string, number>();
  for (const action of own) {
    for (const [group, share] of sharesIn(action)) sums.set(group, (sums.get(group) ?? 0) + share);
  }
  return new Map([...sums].map(([group, sum]) => [group, sum / own.length]));
};

/** Whether a pattern of a host condition takes a name; case does not count. */
const takes = (pattern: string, host: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'i',
  ).test(host);

/** Whether an action may get a request for this host; without one the request has the balancer's own name. */
export const takesHost = ({ hosts }: ListenerAction, host: string | undefined): boolean =>
  hosts.length === 0 || hosts.some((pattern) => takes(pattern, host ?? ''));

/** The action in a few words, for people. */
export const actionInWords = ({ rule, type, groups }: ListenerAction): string => {
  const whose = rule === 'default' ? 'the default action' : `rule ${rule}`;
  const names = groups.map(({ targetGroup }) => targetGroup.replace(/^.*:targetgroup\//, ''));
  return names.length > 0
    ? `${whose} forwards to ${names.join(' and ')}`
    : `${whose} is ${type === 'forward' ? 'a forward to nothing' : type}`;
};
