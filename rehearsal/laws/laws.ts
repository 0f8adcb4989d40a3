/** All laws. Scenarios and simulations are judged by the same ones. */
import { alarmsCount } from './alarms-count.ts';
import { bakeAndGuard } from './bake-and-guard.ts';
import { closed } from './closed.ts';
import { deployedOnce } from './deployed-once.ts';
import { deploymentsOver } from './deployments-over.ts';
import { documentedEnd } from './documented-end.ts';
import { factsHold } from './facts-hold.ts';
import type { Aftermath, Law } from './law.ts';
import { nothingAfterTheEnd } from './nothing-after-the-end.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { ordersHonoured } from './orders-honoured.ts';
import { othersUntouched } from './others-untouched.ts';
import { readableReasons } from './readable-reasons.ts';
import { reasonGiven } from './reason-given.ts';
import { reported } from './reported.ts';
import { rightRevision } from './right-revision.ts';
import { thirdRevisionStays } from './third-revision-stays.ts';
import { turnFree } from './turn-free.ts';

const LAWS: readonly Law[] = [
  documentedEnd,
  reasonGiven,
  readableReasons,
  reported,
  closed,
  turnFree,
  oneAtATime,
  rightRevision,
  thirdRevisionStays,
  othersUntouched,
  bakeAndGuard,
  alarmsCount,
  ordersHonoured,
  nothingAfterTheEnd,
  deployedOnce,
  deploymentsOver,
  factsHold,
];

/** A law that was broken, and how. */
export interface Broken {
  readonly law: string;
  readonly text: string;
}

/** Every law that was broken, a sentence for each time. */
export const brokenLaws = (aftermath: Aftermath): readonly Broken[] =>
  LAWS.flatMap(({ name, broken }) => broken(aftermath).map((text) => ({ law: name, text })));
