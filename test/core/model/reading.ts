/** What the drivers read of the model's groups. */
import type { Observation, TargetObservation } from '../../../core/deployments/observation.ts';
import { readMarker, renderMarker } from '../../../core/drivers/codedeploy/marker.ts';
import { observedOf } from '../../../core/drivers/codedeploy/observed.ts';
import { holdsOf } from '../../../core/drivers/drivers.ts';
import {
  movingTargets,
  type ReleaseRecord,
  type TargetRecord,
} from '../../../core/record/record.ts';
import { toMilliseconds } from '../../../core/text/time.ts';
import { frozen } from './frozen.ts';
import type { Party, World } from './world.ts';

/** Id of the deployment that carries a marker. */
export const marked = (party: Party, marker: string) =>
  party.group.deployments.findLast(({ description }) => description === marker)?.id;

/** The marker of one deployment of a target. */
export const markerOf = (
  record: ReleaseRecord,
  target: TargetRecord,
  direction: 'forward' | 'rollback',
  attempt: number,
) => renderMarker({ ...record, target: target.name, direction, attempt });

/** Reads one target as its driver does. */
export const readTarget = (
  world: World,
  record: ReleaseRecord,
  target: TargetRecord,
): TargetObservation => {
  const party = world.partyOf(target.name);
  const { group } = party;
  const forwardId =
    target.forward ??
    (target.launching ? marked(party, markerOf(record, target, 'forward', 1)) : undefined);
  const holds = holdsOf(target);
  const forward = forwardId ? observedOf(group.read(forwardId), holds) : undefined;
  const backId = target.back.at(-1) ?? forward?.rollbackId;
  const own = [forwardId, forward?.rollbackId, ...target.back].filter((id) => id !== undefined);
  const foreign = group.deployments.find(
    ({ id, stage, description, undoes }) =>
      stage !== 'over' &&
      readMarker(description)?.release !== record.release &&
      !own.includes(id) &&
      !(undoes && own.includes(undoes)),
  );
  const traffic = group.trafficSeen();
  return {
    live: traffic.size === 1 ? [...traffic.keys()][0]! : 'mixed',
    share: traffic.get(target.to?.name ?? '') ?? 0,
    ...(forward ? { forward } : {}),
    ...(backId ? { back: observedOf(group.read(backId), holds) } : {}),
    ...(foreign ? { foreign: foreign.id } : {}),
  };
};

/** Reads every target that moves. */
export const readAll = (world: World, moment: string): Observation => {
  const record = world.record();
  const moving = movingTargets(record);
  const now = toMilliseconds(moment);
  // After the end nothing is looked at any more.
  if (record.end) return { now, targets: {}, unread: {} };
  if (world.isBlind('targets')) {
    const unread = moving.map(({ name }) => [name, 'ThrottlingException: Rate exceeded']);
    return frozen({ now, targets: {}, unread: Object.fromEntries(unread) });
  }
  const targets = moving.map((target) => [target.name, readTarget(world, record, target)]);
  return frozen({ now, targets: Object.fromEntries(targets) });
};
