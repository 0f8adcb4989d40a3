import type { Action, Target, TargetGroup } from './state.ts';

/** Picks a group by weight; `undefined` when every weight is 0. `random` is uniform in [0, 1). */
export const pickGroup = (
  { groups }: Extract<Action, { kind: 'forward' }>,
  random: () => number,
): TargetGroup | undefined => {
  const [only, ...others] = groups;
  if (only && others.length === 0) return only.group;
  const total = groups.reduce((sum, { weight }) => sum + weight, 0);
  let left = random() * total;
  return groups.find(({ weight }) => {
    left -= weight;
    return weight > 0 && left < 0;
  })?.group;
};

/**
 * Picks the next target in turn. As on AWS a group without a single healthy target "fails open": all that
 * are registered get requests. Draining targets never do.
 */
export const pickTarget = (group: TargetGroup): Target | undefined => {
  const registered = [...group.targets.values()].filter(({ state }) => state !== 'draining');
  const healthy = registered.filter(({ state }) => state === 'healthy');
  const candidates = healthy.length > 0 ? healthy : registered;
  if (candidates.length === 0) return undefined;
  group.turn += 1;
  return candidates[group.turn % candidates.length];
};
