/** Everything that can happen to a release, with the data of each. */
import * as z from 'zod/mini';
import { WarmTarget } from '../proof/warmed.ts';
import { End } from '../release/end.ts';
import { Intent } from '../release/intent.ts';
import { Reason } from '../release/reason.ts';
import { Verdict } from '../release/verdict.ts';
import { Risk } from '../risk/risk.ts';
import { Failure } from '../text/failure.ts';
import { Moment, Name, Text } from '../text/schema.ts';

/** A revision as people know it. */
const Revision = z.strictObject({
  name: Text,
  version: z.optional(Text),
  commit: z.optional(Text),
});

const ofTarget = z.strictObject({ target: Name });
const nothing = z.strictObject({});

/** A step of the rollback of one target, by what it did. */
const Step = z.union([
  z.strictObject({
    did: z.literal('nothing'),
    because: z.enum(['never-launched', 'no-traffic', 'back']),
    /** What users are on again, and the deployment that brought them there. */
    to: z.optional(Revision),
    deployment: z.optional(Text),
  }),
  z.strictObject({
    did: z.literal('wait'),
    /** The deployment that is waited for. */
    deployment: z.optional(Text),
    /** Whose it is: the release's own one forward, its own one back, the platform's rollback, or somebody else's. */
    of: z.enum(['forward', 'forward-ended', 'back', 'platform', 'others']),
  }),
  z.strictObject({ did: z.literal('answer-failed'), hooks: z.array(Text) }),
  z.strictObject({ did: z.literal('stop'), deployment: Text }),
  z.strictObject({
    did: z.literal('continue'),
    deployment: Text,
    wait: z.enum(['start', 'guard']),
  }),
  z.strictObject({
    did: z.literal('redeploy'),
    to: z.optional(Revision),
    attempt: z.int(),
    /** Why the try before failed. */
    failed: z.optional(Text),
  }),
  z.strictObject({ did: z.literal('restore'), to: z.optional(Revision) }),
  z.strictObject({ did: z.literal('give-up'), to: z.optional(Revision) }),
]);
/** What a step of the rollback of one target did. */
export type RollbackStep = z.infer<typeof Step>;

/** The kinds of facts with their data. The list is closed: this Tandem writes no others. */
export const FACTS = {
  // what was asked
  asked: z.strictObject({
    by: Text,
    intent: Intent,
    targets: z.array(Name),
    reason: z.string(),
    again: z.optional(z.string()),
  }),
  'risk-estimated': Risk,
  'alarms-excused': z.strictObject({ reason: Text, alarms: z.array(Text) }),
  queued: z.strictObject({ behind: z.optional(Text) }),
  superseded: z.strictObject({ by: Text }),
  'checked-again': nothing,
  // green
  prepared: z.strictObject({ target: Name, from: Revision, to: Revision, unchanged: z.boolean() }),
  launching: ofTarget,
  launched: z.strictObject({ target: Name, deployment: Text }),
  busy: z.strictObject({
    target: Name,
    /** Whose deployment group is busy, if it is another target's. */
    of: z.optional(Name),
  }),
  proven: z.strictObject({
    verdict: Verdict.shape.verdict,
    /** The 2×2 in a few words. */
    mixed: Text,
    /** Smoke checks of each target: how many passed, of how many. */
    smoke: z.array(z.strictObject({ target: Name, passed: z.int(), of: z.int() })),
    against: z.array(Text),
  }),
  warmed: z.strictObject({ targets: z.record(Name, WarmTarget) }),
  // people
  'approval-requested': z.strictObject({ id: Text, expiresAt: Moment }),
  'approval-answered': z.strictObject({
    state: z.enum(['approved', 'rejected']),
    by: Text,
    comment: z.optional(z.string()),
  }),
  'promotion-requested': nothing,
  ordered: z.strictObject({
    command: z.enum(['abort', 'hold', 'resume', 'promote']),
    by: Text,
    reason: z.string(),
  }),
  // traffic
  'start-began': nothing,
  'letting-go': ofTarget,
  'let-go': ofTarget,
  'not-let-go': ofTarget,
  'hook-held': z.strictObject({ target: Name, event: Text, deployment: Text }),
  'hook-failed': z.strictObject({ deployment: Text, event: Text, reasons: z.array(Reason) }),
  'barrier-answered': z.strictObject({ target: Name, answer: z.enum(['Succeeded', 'Failed']) }),
  'guard-ended': nothing,
  'blue-let-go': ofTarget,
  scaling: z.strictObject({
    target: Name,
    did: z.enum(['suspended', 'suspended-before', 'suspended-still', 'left', 'restored', 'failed']),
    why: z.optional(Text),
    /** How a person restores it. */
    run: z.optional(Text),
  }),
  // watching and deciding
  polled: z.strictObject({ machine: z.enum(['release', 'rollback']), action: Text }),
  'alarm-changed': z.strictObject({ alarm: Text, state: Text }),
  woken: z.strictObject({ by: Text }),
  decided: z.strictObject({
    decision: z.enum(['promote', 'rollback']),
    reasons: z.array(Reason),
    /** What the judge had said. */
    judged: z.array(Text),
    /** What decided: a poll, the step that writes a decision (after a step had failed, if it had), or a takeover. */
    in: z.enum(['poll', 'step', 'takeover']),
    failure: z.optional(Failure),
  }),
  /** A fresh execution carries the release on, which the one before handed over. */
  'handed-over': z.strictObject({ from: Text, to: Text }),
  /** Another execution took the release over from one that was gone. */
  'taken-over': z.strictObject({
    from: Text,
    to: Text,
    /** How the one before failed, where that is known. */
    failure: z.optional(Failure),
    /** The ledger has no line since the takeover before. */
    again: z.boolean(),
  }),
  // rolling back
  'rollback-began': ofTarget,
  'rolled-back': z.strictObject({
    target: Name,
    step: Step,
    refused: z.optional(Text),
    /** The same as the step before. */
    again: z.boolean(),
  }),
  // the end
  ended: z.strictObject({ end: End, title: Text }),
  closed: nothing,
  /** A Tandem that kept lines in the record had written them; facts begin here. */
  'carried-over': z.strictObject({ lines: z.array(z.strictObject({ at: Moment, what: Text })) }),
} as const;

export type Kind = keyof typeof FACTS;

/** The data of a fact of one kind. */
export type Data<One extends Kind> = z.infer<(typeof FACTS)[One]>;

/** Something that has happened, by its kind and its data. */
export type Happened = { [One in Kind]: { readonly kind: One; readonly data: Data<One> } }[Kind];
