/** Creates planned resources one after another; those that wait long do so while the others are created. */
import type { PlannedResource } from './plan.ts';

/** Types whose creation mostly waits, e.g. until tasks are steady. */
const WAITING_TYPES = new Set(['AWS::ECS::Service']);

/**
 * Calls `create` for every resource when all it needs exists, in the order of the plan. The results of waiting types
 * count only once nothing else can be done, so the order is the same in every run. The first failure ends it.
 */
export const createInOrder = async (
  resources: readonly PlannedResource[],
  create: (resource: PlannedResource) => Promise<void>,
): Promise<void> => {
  const left = new Set(resources);
  const created = new Set<string>();
  const waiting = new Map<string, Promise<void>>();
  const ready = () => [...left].find(({ needs }) => needs.every((needed) => created.has(needed)));

  while (left.size > 0 || waiting.size > 0) {
    const next = ready();
    if (!next) {
      await Promise.all(waiting.values());
      for (const logicalId of waiting.keys()) created.add(logicalId);
      waiting.clear();
      continue;
    }
    left.delete(next);
    const creation = create(next);
    if (WAITING_TYPES.has(next.type)) {
      // Its failure is told by Promise.all above; until then it must not count as unhandled.
      creation.catch(() => undefined);
      waiting.set(next.logicalId, creation);
      continue;
    }
    await creation;
    created.add(next.logicalId);
  }
};
