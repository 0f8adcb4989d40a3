import * as z from 'zod/mini';
import { driverOf } from '../drivers/drivers.ts';
import { Target } from '../drivers/target.ts';
import { Head } from '../facts/fact.ts';
import { Proof } from '../proof/proof.ts';
import { Warmed } from '../proof/warmed.ts';
import { Change } from '../release/change.ts';
import { Curve } from '../release/curve.ts';
import { End } from '../release/end.ts';
import { Parent, Wanted } from '../release/input.ts';
import { Intent } from '../release/intent.ts';
import { AlarmData, JudgedState } from '../release/judged.ts';
import { LaunchSettings } from '../release/launch-settings.ts';
import { Phase } from '../release/phase.ts';
import { Policy } from '../release/policy.ts';
import { Reason } from '../release/reason.ts';
import { SettingChange } from '../release/settings.ts';
import { TestAddress } from '../release/test-address.ts';
import { Verdict } from '../release/verdict.ts';
import { Risk } from '../risk/risk.ts';
import { Moment, Name, Text } from '../text/schema.ts';
import { GreenStart } from './green-start.ts';
import { Scaling } from './scaling.ts';
import { Vote } from './vote.ts';
import { Waiting } from './waiting.ts';

/** What a target runs. `name` is how AWS prints it (`web:7`, `3`), `ref` what AWS reads (ARN, version). */
export const Revision = z.strictObject({
  name: Text,
  ref: Text,
  /** The version that people know it by, where that is known: a tag of the image, `tandem:version` of the function. */
  version: z.optional(Text),
  /** Commit that it was built from, as the release that brought it said. */
  commit: z.optional(Text),
  /** Image digest of a task definition's container. */
  digest: z.optional(Text),
  codeSha256: z.optional(Text),
});
export type Revision = z.infer<typeof Revision>;

/** A lifecycle hook that a deployment waits for. Its execution id is in no API, so this is the only copy. */
export const HeldHook = z.strictObject({
  deploymentId: Text,
  event: Text,
  executionId: Text,
  at: Moment,
  answer: z.optional(z.enum(['Succeeded', 'Failed'])),
});
export type HeldHook = z.infer<typeof HeldHook>;

/** A lifecycle hook that answered Failed, and why: its platform tells no more than that one did. */
export const FailedHook = z.strictObject({
  deploymentId: Text,
  event: Text,
  reasons: z.array(Reason),
});
export type FailedHook = z.infer<typeof FailedHook>;

/** What a release knows of one of its targets. */
export const TargetRecord = z.strictObject({
  name: Name,
  wanted: Wanted,
  /** The version of what is wanted, as far as it was known when the release was validated. */
  version: z.optional(Text),
  /** The registration as it was when the release was validated: a later change does not reach into this release. */
  registration: Target,
  from: z.optional(Revision),
  to: z.optional(Revision),
  /** How the tasks of a service were launched before the release: green and the rollback are launched so too. */
  launch: z.optional(LaunchSettings),
  /** What this release has done with its automatic scaling; it is not there where nothing is to be restored. */
  scaling: z.optional(Scaling),
  /** Settings that differ between both, the image and the code apart. */
  changes: z.optional(z.array(SettingChange)),
  /** Runs the wanted revision already, so it is left alone. */
  unchanged: z.boolean(),
  /** Our deployment may have been created: from now on look for its marker. */
  launching: z.boolean(),
  /** The deployment that goes forward. */
  forward: z.optional(Text),
  /** When the deployment that goes forward was first seen. */
  launched: z.optional(Moment),
  /** Since when, and when last, a foreign deployment kept us from launching; `of` is the target that it deploys to, if another one. */
  busy: z.optional(z.strictObject({ since: Moment, last: Moment, of: z.optional(Name) })),
  /** Green is being released: from this moment users may meet it. */
  shifted: z.boolean(),
  /** The word that lets green go was taken; until then it is given again. */
  released: z.boolean(),
  /** When the word was taken that ends the wait which keeps blue; until then, and while that wait is still shown, it is given again. Records of before say only that it did. */
  unguarded: z.optional(z.union([z.literal(true), Moment])),
  /** Start of the barrier: all traffic on green, blue whole. */
  arrivedAt: z.optional(Moment),
  /** Our deployments that roll back, oldest first. */
  back: z.array(Text),
  /** Steps of the rollback that AWS refused, and why; oldest first. */
  refused: z.optional(z.array(z.strictObject({ do: Text, why: Text }))),
  /** When the rollback began. */
  backSince: z.optional(Moment),
  /** The last step of the rollback in the ledger, as JSON: the same step again gets no line of its own. */
  toldStep: z.optional(Text),
  /** The last step of the rollback that was ordered, since when and when last: the same one is not ordered again at once. */
  tried: z.optional(z.strictObject({ do: Text, since: Moment, at: Moment })),
  /** Why the last poll of the rollback could not read it. */
  unread: z.optional(Text),
  /** The revision that was seen last in each target group, by the group's ARN: colours swap with every release. */
  groups: z.optional(z.record(Text, Text)),
  /** Where its test listener answers, as it was read for the proof. */
  testAddress: z.optional(TestAddress),
  /** How its green came up, as it was read last. */
  green: z.optional(GreenStart),
  /** The last reading, for people. */
  lane: z.strictObject({
    live: z.string(),
    share: z.number(),
    /** Percent of traffic of each revision, by its name, where more than one gets some. */
    shares: z.optional(z.record(z.string(), z.number())),
    status: z.string(),
  }),
  /** Since when it has been read to serve what it serves, with nobody else deploying to it. */
  liveSince: z.optional(Moment),
  /** Equal readings in a row that say: this target is where the decision wants it. */
  equalReads: z.int(),
  /** When a reading was counted last: events may let the same moment be read twice. */
  countedAt: z.optional(Moment),
});
export type TargetRecord = z.infer<typeof TargetRecord>;

export const Approval = z.strictObject({
  id: Text,
  state: z.enum(['pending', 'approved', 'rejected']),
  requestedAt: Moment,
  expiresAt: Moment,
  /** What people were shown of each target that moves: the approval is for this and nothing else. */
  shown: z.array(z.strictObject({ name: Name, to: Text, digest: z.optional(Text) })),
  by: z.optional(Text),
  /** ARN of who answered, where the door knew it. */
  identity: z.optional(Text),
  comment: z.optional(z.string()),
});
export type Approval = z.infer<typeof Approval>;

export const Decision = z.enum(['none', 'promote', 'rollback']);
export type Decision = z.infer<typeof Decision>;

/** Everything that is known of one release: written by steps, hooks and triggers, read by everyone. */
export const ReleaseRecord = z.strictObject({
  pair: Name,
  release: Text,
  /** Execution that drives the release now. */
  owner: Text,
  intent: Intent,
  requestedBy: Text,
  /** Who wrote what it brings, as far as its input said. */
  authors: z.optional(z.array(Text)),
  reason: z.string(),
  /** What it brings, as far as its input said. */
  change: z.optional(Change),
  /** How likely it is to be rolled back, as it looked when the release was started. */
  risk: z.optional(Risk),
  parent: z.optional(Parent),
  policy: Policy,
  curve: Curve,
  /** Names of the alarms that guard the release: all of the pair, or none where it rolls back from what made them red. */
  alarms: z.array(Text),
  /** A person let it start under red alarms: why, which were red then, and which of them have not been OK since. */
  underRed: z.optional(
    z.strictObject({
      reason: Text,
      alarms: z.array(Text),
      excused: z.array(Text),
      /** When they were read. */
      at: z.optional(Moment),
    }),
  ),
  phase: Phase,
  decision: Decision,
  /** Reasons of the decision or of the end, the first one first. */
  reasons: z.array(Reason),
  end: z.optional(End),
  /** Its end is written and its turn is free: nobody has to carry it on any more. */
  closed: z.optional(z.literal(true)),
  targets: z.record(Name, TargetRecord),
  /** Registrations of the pair's targets that the release does not name. */
  leftAlone: z.record(Name, Target),
  hooks: z.array(HeldHook),
  failedHooks: z.array(FailedHook),
  proof: z.optional(Proof),
  /** The last warm-up of green. */
  warmed: z.optional(Warmed),
  approval: z.optional(Approval),
  /** What people ordered: a hold stays until resumed, the others are latched. */
  commands: z.strictObject({
    hold: z.boolean(),
    abort: z.optional(z.strictObject({ by: Text, reason: z.string() })),
    promote: z.optional(z.strictObject({ by: Text, reason: z.string() })),
  }),
  /** The rollback has ended. */
  takenBack: z.optional(z.enum(['back', 'stuck'])),
  /** Why the record is known to be older than its deployments: then nothing was rolled back in its name. */
  outdated: z.optional(Text),
  times: z.strictObject({
    started: Moment,
    staged: z.optional(Moment),
    shifted: z.optional(Moment),
    held: z.optional(Moment),
    /** When people were asked whether to go on from the hold. */
    asked: z.optional(Moment),
    decided: z.optional(Moment),
    guarded: z.optional(Moment),
    guardEnded: z.optional(Moment),
    firstBadSign: z.optional(Moment),
    allBack: z.optional(Moment),
    ended: z.optional(Moment),
  }),
  /** What the judge said last, while it still looked. */
  judged: z.optional(
    z.strictObject({
      verdict: Verdict.shape.verdict,
      says: z.array(Text),
      /** How far each target was judged. */
      targets: z.optional(z.record(Name, JudgedState)),
      advice: z.optional(z.array(Text)),
    }),
  ),
  /** How many alarms of green had enough data at the last look before the end of the guard. */
  alarmData: z.optional(AlarmData),
  /** Alarms that an event called red while users met green. The history that a poll reads may not have it yet. */
  wentRed: z.optional(z.array(z.strictObject({ alarm: Text, at: Moment, why: z.string() }))),
  /** When the alarms were looked at last: what they did since then is still to be told. */
  alarmsSeen: z.optional(Moment),
  /** Since when the release cannot read everything that it must watch. */
  blindSince: z.optional(Moment),
  /** What the last poll saw: with the record before it, all that its decision rests on. */
  look: z.optional(
    z.strictObject({
      machine: z.enum(['release', 'rollback']),
      /** An `Observation` (core/deployments/observation.ts). */
      observation: z.record(z.string(), z.unknown()),
      votes: z.array(Vote),
    }),
  ),
  /** What it has waited for since the last poll. */
  waiting: z.optional(Waiting),
  /** Counts facts that came from outside; Listen waits only if it is unchanged since the last observation. */
  signals: z.int(),
  /** Rounds that the execution which owns the release has had. */
  rounds: z.optional(z.int()),
  /** That execution has had its rounds and starts a fresh one, which may take the release over while the old one waits for it. */
  handingOver: z.optional(z.literal(true)),
  /** Token of the state that listens now. */
  listener: z.optional(Text),
  /** Where its facts stand: everything else here, but `listener`, follows from them. */
  facts: z.optional(Head),
});
export type ReleaseRecord = z.infer<typeof ReleaseRecord>;

const commitRank = ({ registration }: TargetRecord): number => driverOf(registration).commitRank;

/** Targets that this release moves, in the order of their commit: first those that can still be stopped after it. */
export const movingTargets = (record: ReleaseRecord): readonly TargetRecord[] =>
  Object.values(record.targets)
    .filter(({ unchanged }) => !unchanged)
    .sort((a, b) => commitRank(a) - commitRank(b) || a.name.localeCompare(b.name));

/** Names of targets in a sentence: `web and api`. */
export const namesOf = (targets: readonly Pick<TargetRecord, 'name'>[]): string =>
  targets.map(({ name }) => name).join(' and ');

/** Registrations of every target of the pair, whether the release names it or leaves it alone. */
export const pairTargets = ({ targets, leftAlone }: ReleaseRecord): readonly Target[] => [
  ...Object.values(targets).map(({ registration }) => registration),
  ...Object.values(leftAlone),
];

/** A copy of the record with one target changed. */
export const withTarget = (
  record: ReleaseRecord,
  name: string,
  change: Partial<TargetRecord>,
): ReleaseRecord => {
  const target = record.targets[name];
  if (!target) return record;
  return { ...record, targets: { ...record.targets, [name]: { ...target, ...change } } };
};

/** The hook of one event that a deployment waits for, or waited for. */
export const hookOf = (
  record: Pick<ReleaseRecord, 'hooks'>,
  deploymentId: string | undefined,
  event: string,
): HeldHook | undefined =>
  record.hooks.find((hook) => hook.deploymentId === deploymentId && hook.event === event);
