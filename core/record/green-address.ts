/** Where people can look at green of a target before users do. */
import type { GreenAddress } from '../drivers/driver.ts';
import { driverOf } from '../drivers/drivers.ts';
import type { TargetRecord } from './record.ts';

/** How to look at green of a target; undefined where it was not read, or there is no green. */
export const greenAddress = (
  target: Pick<TargetRecord, 'registration' | 'to' | 'testAddress'>,
): GreenAddress | undefined => driverOf(target.registration).greenAddressOf(target);

/** Until when these lead to green alone. */
export const WHILE_ASKING =
  'These lead to green while the release waits for this answer. Afterwards users are on green, or green is gone.';
