/** Until when the release answers what holds its targets. */
import type { HookHold } from '../drivers/driver.ts';
import { holdsOf } from '../drivers/drivers.ts';
import type { TargetRecord } from '../record/record.ts';
import type { Policy } from '../release/policy.ts';
import { minutes, toMilliseconds } from '../text/time.ts';

/** Milliseconds before the end of a hold in which the release does not answer it any more. */
const MARGIN = minutes(5);

/** The latest moment, in milliseconds since 1970, at which the release answers a hold that began then. */
export const answerBy = (
  began: string,
  hold: HookHold,
  policy: Pick<Policy, 'approvalMinutes' | 'guardMinutes'>,
): number => toMilliseconds(began) + hold.lifetime(policy) - MARGIN;

/** The same for the barriers of those targets that have arrived: the first hold that ends takes every target back. */
export const barriersUntil = (
  targets: readonly TargetRecord[],
  policy: Pick<Policy, 'approvalMinutes' | 'guardMinutes'>,
): number =>
  Math.min(
    ...targets.flatMap((target) =>
      target.arrivedAt === undefined
        ? []
        : [answerBy(target.arrivedAt, holdsOf(target).barrier, policy)],
    ),
  );
