/** What the laws of a driver's calls need of the world that it moves a target in. The next driver brings one of its own. */

import type { Target } from '../../../core/drivers/target.ts';
import type { HeldHook, Revision } from '../../../core/record/record.ts';
import type { TargetDriver } from '../../../handlers/drivers/driver.ts';

/** Calls of a driver whose answer may get lost after it has taken effect. */
export type Losable = 'launch' | 'answer' | 'stop';

export interface CallWorld {
  readonly driver: TargetDriver;
  readonly registration: Target;
  /** What users are on, and what a release brings. */
  readonly from: Revision;
  readonly to: Revision;
  /** Milliseconds since 1970. */
  now(): number;
  pass(seconds: number): Promise<void>;
  /** Percent of traffic by the name of the revision, where users are. */
  traffic(): Readonly<Record<string, number>>;
  /** Ids of all deployments to the target, whoever made them, oldest first. */
  deployments(): Promise<readonly string[]>;
  /** Hooks that wait for an answer of the release, as its record would hold them. */
  held(): readonly Omit<HeldHook, 'answer'>[];
  /** Somebody else deploys a third revision. */
  deployForeign(): Promise<string>;
  /** Loses the answer of the next such call: it takes effect, and its caller sees an error. */
  loseAnswerOf(call: Losable): void;
  /** How many calls have changed something so far. */
  writes(): number;
}
