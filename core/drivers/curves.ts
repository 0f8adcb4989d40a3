import { type Curve, curveKey, minutesToShift } from '../release/curve.ts';
import { DRIVERS } from './drivers.ts';
import type { Target } from './target.ts';

type DriverName = Target['driver'];

/** Curves that AWS predefines for each of these drivers, the quickest first; not all at once, which compares nothing. */
export const predefinedCurves = (drivers: readonly DriverName[]): readonly Curve[] =>
  Object.keys(Object.assign({}, ...Object.values(DRIVERS).map(({ curves }) => curves)))
    .filter((key) => drivers.every((name) => key in DRIVERS[name].curves))
    .flatMap((key): Curve[] => {
      const [type, percent, minutes] = key.split(' ');
      return type === 'canary' || type === 'linear'
        ? [{ type, percent: Number(percent), minutes: Number(minutes) }]
        : [];
    })
    .sort((a, b) => minutesToShift(a) - minutesToShift(b));

/**
 * The deployment configuration of one driver. Where AWS predefines none, it is that of a custom one which a pair may
 * bring, and `predefined` is false: it must exist for each driver.
 */
export const configurationOf = (
  name: DriverName,
  curve: Curve,
): { readonly name: string; readonly predefined: boolean } => {
  const { curves, kind } = DRIVERS[name];
  const predefined = curves[curveKey(curve)];
  return predefined
    ? { name: predefined, predefined: true }
    : { name: `Tandem.${kind}.${curveKey(curve).replaceAll(' ', '-')}`, predefined: false };
};
