/** What comes once a release has ended: a later release, steps and machines that are redriven, a table that is restored. */

import { nameUsed } from '../../../core/protocol/name-used.ts';
import { minutes } from '../../../core/text/time.ts';
import type { Invoker } from './invoking.ts';
import type { World } from './world.ts';

/** The revision that the last release brings. */
const LATER = 'later';

/** A later release puts a revision live everywhere. */
const release = (world: World, revisionOf: (name: string) => string): void => {
  for (const party of world.parties) {
    party.group.setTraffic(revisionOf(party.name));
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
  // The next release brings the same revisions, and all is well this time.
  const { targets } = world.record();
  release(world, (name) => targets[name]!.to!.name);
  invoker.runTwins('takeover');
  invoker.runTwins('end');
  if (!nameUsed(world.record(), world.moment()))
    wrong.add('a later release under the same name took this record for its own');

  if (scenario.redriven) about.executions.forEach(about.redrive);

  const old = invoker.restorable();
  if (!old) return;
  world.met.add('table restored');
  release(world, () => LATER);
  world.pass(minutes(5));
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
