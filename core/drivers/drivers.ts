import { codedeployEcs } from './codedeploy-ecs/driver.ts';
import { codedeployLambda } from './codedeploy-lambda/driver.ts';
import type { Driver, Holds } from './driver.ts';
import type { Target } from './target.ts';

/** A target as far as its driver is to be found. */
type Driven = Pick<Target, 'driver'>;

/** Every driver, by the name that registrations give. */
export const DRIVERS: Readonly<Record<Target['driver'], Driver>> = {
  'codedeploy-ecs': codedeployEcs,
  'codedeploy-lambda': codedeployLambda,
};

/** The driver that a registration names. It is told only of targets that name it. */
export const driverOf = ({ driver }: Driven): Driver => DRIVERS[driver];

/** How a target is held. */
export const holdsOf = ({ registration }: { readonly registration: Driven }): Holds =>
  driverOf(registration).holds;

/** Whether the target's green comes up before the shift. */
export const isStaged = (target: { readonly registration: Driven }): boolean =>
  holdsOf(target).staged;
