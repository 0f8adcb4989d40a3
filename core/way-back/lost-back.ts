import { isLost, type TargetObservation } from '../deployments/observation.ts';
import { driverOf } from '../drivers/drivers.ts';
import type { TargetRecord } from '../record/record.ts';
import { oneLine } from '../text/one-line.ts';

/** Characters of what a platform says of a deployment: its messages may be of any length. */
const LONGEST = 300;

/** Why the deployment failed that was to bring a target back, in a sentence without its stop; undefined where none did. */
export const lostBackText = (
  { registration, name }: Pick<TargetRecord, 'registration' | 'name'>,
  { back }: Pick<TargetObservation, 'back'>,
): string | undefined =>
  back && isLost(back)
    ? oneLine(driverOf(registration).lostText(name, back), LONGEST).replace(/\.$/, '')
    : undefined;
