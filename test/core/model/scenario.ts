/** What may happen to a release in the model: its shape, its policy, and everything that goes wrong. */

import type { TargetKind } from '../../../core/drivers/target.ts';
import type { Curve } from '../../../core/release/curve.ts';
import type { Intent } from '../../../core/release/intent.ts';
import type { Phase } from '../../../core/release/phase.ts';
import type { Policy } from '../../../core/release/policy.ts';
import type { Verdict } from '../../../core/release/verdict.ts';
import type { Nature } from './deployment.ts';

/**
 * How a step is interrupted: tried again, failed for good, or its whole execution is gone; its Invoke never answers; or
 * its execution runs on and does nothing any more.
 */
export type CrashKind = 'retry' | 'fails' | 'dies' | 'silent' | 'hangs';

export interface Crash {
  /** The interruption happens at this atom, counted over the whole release, or over all visits of a place. */
  readonly atom: number;
  readonly place?: Place | undefined;
  readonly kind: CrashKind;
  /** Seconds until somebody recovers an execution that died. */
  readonly seconds: number;
}

export interface Side {
  readonly kind: TargetKind;
  readonly nature: Nature;
  readonly hook: { readonly lost: boolean; readonly twice: boolean; readonly seconds: number };
  /** Another person stops the forward deployment at this minute. */
  readonly stop?: { readonly minute: number; readonly rollsBack: boolean } | undefined;
  /** Another person continues the forward deployment at this minute. */
  readonly goOn?: number | undefined;
  /** Another person points the alias of a function at a third version at this minute. */
  readonly moved?: number | undefined;
  /** Another person deploys at this minute, the same revision or another; it takes so many minutes. */
  readonly foreign?:
    | { readonly minute: number; readonly minutes: number; readonly what: 'same' | 'another' }
    | undefined;
  readonly refusesLaunch: boolean;
}

/** The places of the machine before which time may pass. */
export const PLACES = [
  'observe',
  'set-scaling',
  'launch-deployment',
  'prove-release',
  'request-approval',
  'start-shift',
  'decide',
  'answer-target',
  'take-back-target',
  'close-release',
] as const;
export type Place = (typeof PLACES)[number];

/** What happens while nobody looks. */
export type Happening = 'abort' | 'hold' | 'red' | 'stop' | 'moved';

/** Time that passes between a look and the step that it chose, or, before `observe`, between the look at the alarms and the decision. */
export interface Gap {
  readonly before: Place;
  /** In which phase; undefined: in any. */
  readonly phase?: Phase | undefined;
  /** At which visit of this place. */
  readonly visit: number;
  readonly seconds: number;
  /** Whether the machine has entered the state before: then its step is told an older time. */
  readonly isEntered: boolean;
  /** What happens halfway. */
  readonly what?: Happening | undefined;
}

/** Time that passes within a step, between two of its calls. */
export interface Pause {
  readonly atom: number;
  readonly seconds: number;
  /** What happens meanwhile. */
  readonly what?: Happening | undefined;
}

/** A step that runs once more: after the step that follows it, after another execution took over, or after the end. */
export interface Late {
  readonly step: number;
  readonly after: 'next' | 'takeover' | 'end';
}

/** What becomes of one word to CodeDeploy: refused, taken without any effect, or it takes effect and the response is lost, so that the SDK says it again. */
export interface WordFate {
  readonly word: number;
  readonly fate: 'refused' | 'ineffective' | 'unanswered';
}

export interface Scenario {
  readonly sides: readonly Side[];
  readonly curve: Curve;
  readonly policy: Partial<Policy>;
  readonly intent: Intent;
  readonly proof: Verdict['verdict'];
  /** Minutes after the question, and what people answer. */
  readonly answers: readonly {
    readonly minutes: number;
    readonly decision: 'APPROVE' | 'REJECT';
  }[];
  readonly alarm: {
    readonly red?: { readonly from: number; readonly minutes: number } | undefined;
    /** CodeDeploy watches the alarm too. */
    readonly armed: boolean;
    readonly poor: boolean;
  };
  /** Nothing can be read for so many minutes: neither alarms nor targets, or only one of them. */
  readonly blind?:
    | {
        readonly from: number;
        readonly minutes: number;
        readonly what: 'alarms' | 'targets' | 'both';
      }
    | undefined;
  readonly commands: readonly {
    readonly minute: number;
    readonly command: 'abort' | 'hold' | 'resume' | 'promote';
  }[];
  readonly crashes: readonly Crash[];
  readonly late: readonly Late[];
  readonly gaps: readonly Gap[];
  readonly pauses: readonly Pause[];
  readonly words: readonly WordFate[];
  /** The first execution does not know this step: its machine is that of today without it, or one that closes at what it does not know. */
  readonly older?: { readonly step: Place; readonly closes: boolean } | undefined;
  /** From this minute on a newer Tandem writes members into the record that this one does not know. */
  readonly unknownMembers?: number | undefined;
  /** Seconds after the end in which its message is refused. */
  readonly unpublished: number;
  /** Once its release is taken over, or has ended, the rollback of every execution is redriven. */
  readonly redriven: boolean;
  /** The table is restored to this atom of the release, once it has ended and a later release has put a third revision live. */
  readonly restored?: number | undefined;
  /** Whether events wake the release; without them it looks once every watch interval. */
  readonly signalled: boolean;
  /** Service time that one action takes. */
  readonly atomMilliseconds: number;
}

export const calmNature: Nature = {
  installSeconds: 90,
  readyMinutes: 120,
  terminationMinutes: 60,
  failingReturns: 0,
  stopSeconds: 0,
  stopWaitsForHook: false,
  rollbackInfoSeconds: 0,
  viewSeconds: 0,
  trafficSeconds: 0,
  deafSeconds: 0,
};

export const calmSide = (kind: TargetKind, change: Partial<Side> = {}): Side => ({
  kind,
  nature: calmNature,
  hook: { lost: false, twice: false, seconds: 1 },
  refusesLaunch: false,
  ...change,
});

/** A release of the pair to which nothing happens. */
export const calm = (change: Partial<Scenario> = {}): Scenario => ({
  sides: [calmSide('ecs'), calmSide('lambda')],
  curve: { type: 'canary', percent: 10, minutes: 5 },
  policy: { bakeMinutes: 5, guardMinutes: 5, approvalMinutes: 30, readyMinutes: 20 },
  intent: 'release',
  proof: 'pass',
  answers: [],
  alarm: { armed: false, poor: false },
  commands: [],
  crashes: [],
  late: [],
  gaps: [],
  pauses: [],
  words: [],
  unpublished: 0,
  redriven: false,
  signalled: true,
  atomMilliseconds: 200,
  ...change,
});
