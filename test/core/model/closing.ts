/** The step that closes a release, as the handler takes it. */

import { ended, endsTooEarly } from '../../../core/people/ending.ts';
import { type AfterEnd, CLOSING, closed } from '../../../core/protocol/closing.ts';
import { seconds, toMilliseconds } from '../../../core/text/time.ts';
import { type Call, changeOwned, readOwned, StepFailed } from './acting.ts';
import type { World } from './world.ts';

/** Sends the message of the end; the scenario may refuse it for a while. */
const notify = (world: World): void => {
  const { scenario, record, now } = world;
  const since = now() - toMilliseconds(record().times.ended!);
  if (since < seconds(scenario.unpublished)) {
    world.met.add('message refused');
    throw new StepFailed('the message is refused');
  }
  world.promises.tell();
};

/** Writes the end, and does what is left then. */
export const closeRelease = (world: World, call: Call): void => {
  const early = endsTooEarly(readOwned(world, call));
  if (early) throw new StepFailed(early);
  call.atom();
  changeOwned(world, call, (current) => ended(current, call.now), 'ended');
  const steps: Partial<Record<AfterEnd, () => void>> = {
    notify: () => notify(world),
    close: () => world.change(closed),
  };
  for (const next of CLOSING) {
    if (next !== 'learn') call.atom();
    steps[next]?.();
  }
};
