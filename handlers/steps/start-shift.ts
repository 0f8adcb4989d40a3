import {
  lettingGo,
  mayLetGo,
  notLetGo,
  released,
  starting,
} from '../../core/deployments/common-start.ts';
import { movingTargets } from '../../core/record/record.ts';
import { StartShift } from '../../core/steps/start-shift.ts';
import { attemptsAt, driverOf } from '../drivers/drivers.ts';
import { logger } from '../function/log.ts';
import { step } from '../function/step.ts';
import { launch } from '../releases/launch.ts';
import { changeOwned, readOwned } from '../releases/owned.ts';
import { changeRelease } from '../table/releases.ts';

/**
 * The common start. Targets without a green of their own are launched first and are held in their first hook; only
 * when every target is held are all of them released, services first: until then no user has met anything.
 */
export const handler = step(
  StartShift,
  async ({ now, ...about }) => {
    const { pair, release } = about;
    let record = await changeOwned(about, (current) => starting(current, now), {
      at: now,
      fact: () => ({ kind: 'start-began', data: {} }),
    });
    if (!record.times.shifted) return { released: [] };
    for (const { name, forward } of movingTargets(record)) {
      if (forward === undefined) ({ record } = await launch(about, name, now));
    }

    record = await readOwned(about);
    const names: string[] = [];
    for (const target of movingTargets(record).filter((one) => !one.released)) {
      // That users may meet green is written before the call, that the word was taken only after it.
      const going = await changeOwned(about, (current) => lettingGo(current, target.name), {
        at: now,
        fact: () => ({ kind: 'letting-go', data: { target: target.name } }),
      });
      if (!mayLetGo(going)) break;
      const became = await driverOf(target).shift(record, target);
      if (became === 'ended') {
        // The next poll says why it rolls back.
        await changeRelease(pair, release, (current) => notLetGo(current, target.name), {
          at: now,
          fact: () => ({ kind: 'not-let-go', data: { target: target.name } }),
        });
        break;
      }
      await changeRelease(pair, release, (current) => released(current, target), {
        at: now,
        fact: () => ({ kind: 'let-go', data: { target: target.name } }),
      });
      names.push(target.name);
    }
    logger.info('shift started', { pair, release, released: names });
    return { released: names };
  },
  attemptsAt('endWait', 'answer'),
);
