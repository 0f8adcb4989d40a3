import { driverOf } from '../drivers/drivers.ts';
import type { Registration } from '../drivers/registration.ts';
import { seconds, toMilliseconds } from '../text/time.ts';

/** When the parameters of a pair were written. Milliseconds since 1970. */
export interface Written {
  /** Version and time of the pair's settings. A parameter that is deleted and made again begins with version 1. */
  readonly version: number;
  readonly settingsAt: number;
  /** The last time that any parameter of the pair was written. */
  readonly at: number;
}

/** What is remembered of a pair: what it declares about pushes, and since when. */
export interface Adoption extends Omit<Written, 'at'> {
  readonly declares: string;
  readonly since: number;
}

/** Everything that decides which pushes of which repositories count, as one text. */
const declarationOf = ({ join, tags, targets }: Registration): string => {
  const repositories = Object.values(targets).flatMap(
    (target) => driverOf(target).repositoryOf(target) ?? [],
  );
  return JSON.stringify([join, tags ?? null, repositories.toSorted()]);
};

/**
 * Since when a pair declares what it declares about pushes: an image that was pushed before lay there already, and
 * nobody has lost its event. The template carries no moment; the time at which the parameters were written does.
 * Gives back what is remembered when nothing has changed.
 */
export const adoptionOf = (
  before: Adoption | undefined,
  registration: Registration,
  { version, settingsAt, at }: Written,
): Adoption => {
  const declares = declarationOf(registration);
  if (before && before.version === version && before.settingsAt === settingsAt)
    return before.declares === declares ? before : { ...before, declares, since: at };
  const isSame = before?.declares === declares && version > before.version;
  return { declares, since: isSame ? before.since : at, version, settingsAt };
};

/** Events tell their time in whole seconds. */
const PRECISION = seconds(1);

/** Whether an event came before the pair was registered as it is now. A push in between is found as a missed one. */
export const isBefore = (time: string, { at }: Written): boolean =>
  toMilliseconds(time) + PRECISION <= at;
