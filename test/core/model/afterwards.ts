/** What comes once a release has ended: a later release, steps and machines that are redriven, a table that is restored. */

import { nameUsed } from '../../../core/name-used.ts';
import type { Invoker } from './invoking.ts';
import type { World } from './world.ts';

/** The revision that a later release brings. */
const LATER = 'later';

/** A later release puts its revision live everywhere. */
const releaseLater = (world: World): void => {
  for (const party of world.parties) {
    party.group.setTraffic(LATER);
    party.movedAt = world.now();
  }
};

/** Everything that may come after the end of a release. */
export const comeAfterwards = (
  world: World,
  invoker: Invoker,
  about: {
    readonly executions: readonly string[];
    readonly redrive: (execution: string) => void;
    /** The schedule finds the release open, and its recovery runs to the end. */
    readonly carryOn: () => void;
  },
): void => {
  const { wrong, scenario } = world;
  invoker.runTwins('next');
  releaseLater(world);
  invoker.runTwins('takeover');
  invoker.runTwins('end');
  if (!nameUsed(world.record(), world.moment()))
    wrong.add('a later release under the same name took this record for its own');

  if (scenario.redriven) about.executions.forEach(about.redrive);

  const old = invoker.restorable();
  if (!old) return;
  world.met.add('table restored');
  world.pass(5 * 60_000);
  world.restore(old);
  world.setOwnerRuns(false);
  about.carryOn();
  if (!world.record().closed) wrong.add('a release of a restored table has no end');
  for (const party of world.parties) {
    const { name, group } = party;
    const isOurs = world.forwardOf(party)?.rollbackId !== undefined;
    const isBack = [...group.traffic().keys()].some((name) => name !== LATER && name !== 'hotfix');
    if (!isOurs && isBack)
      wrong.add(`a restored table took ${name} back from what a later release had put live`);
  }
};
