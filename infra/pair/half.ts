/** What both halves of a pair are made with. */

import type { PairSettings } from '../../core/drivers/registration.ts';
import { pairPrefix } from '../../core/names.ts';
import { ownAlarms } from './alarms/own-alarms.ts';
import type { EcsHalf, LambdaHalf } from './props.ts';

export interface HalfSettings extends PairSettings {
  /** Names of all alarms of the pair. */
  readonly allAlarms: readonly string[];
  readonly curveConfigurations: 'create' | 'existing';
}

/** Name of a half's application and group, and the beginning of its alarms' names: `tandem-<pair>-<target>`. */
export const halfName = (pair: string, { name }: EcsHalf | LambdaHalf): string =>
  `${pairPrefix(pair)}${name}`;

/** The part of a registration that both kinds of target have. */
export const commonRegistration = (pair: string, half: EcsHalf | LambdaHalf) => ({
  name: half.name,
  application: halfName(pair, half),
  deploymentGroup: halfName(pair, half),
  ...(half.contract && { contract: half.contract }),
  ...(half.metrics && { metrics: half.metrics }),
  ownAlarms: ownAlarms(half),
});
