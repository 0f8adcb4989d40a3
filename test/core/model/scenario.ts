/** What may happen to a release in the model: its shape, its policy, and everything that goes wrong. */
import fc from 'fast-check';
import type { Curve } from '../../../core/curve.ts';
import type { Intent } from '../../../core/intent.ts';
import type { Policy } from '../../../core/policy.ts';
import type { TargetKind } from '../../../core/target.ts';
import type { Verdict } from '../../../core/verdict.ts';
import type { Nature } from './deployment.ts';

/** How a step is interrupted: tried again, failed for good, or its whole execution is gone. */
export type CrashKind = 'retry' | 'fails' | 'dies';

export interface Crash {
  /** The interruption happens at this atom, counted over the whole release. */
  readonly atom: number;
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
  /** Another person deploys at this minute, the same revision or another; it takes so many minutes. */
  readonly foreign?:
    | { readonly minute: number; readonly minutes: number; readonly what: 'same' | 'another' }
    | undefined;
  readonly refusesLaunch: boolean;
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
  /** Steps that run once more after the step that follows them, by their number. */
  readonly late: readonly number[];
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
  signalled: true,
  atomMilliseconds: 200,
  ...change,
});

/** Something that happens in one release of so many. */
const oneIn = <T>(count: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: count - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

/** The usual value nine times of ten, another one else. */
const mostly = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 9, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );

const minute = fc.nat({ max: 45 });

const nature: fc.Arbitrary<Nature> = fc.record({
  installSeconds: mostly(90, 5, 600),
  readyMinutes: fc.constantFrom(40, 120),
  terminationMinutes: fc.constantFrom(40, 180),
  fails: oneIn(
    4,
    fc.record({
      stage: fc.constantFrom('installing', 'ready', 'start', 'shifting', 'barrier', 'termination'),
      seconds: fc.constantFrom(0, 1, 70, 400),
    }),
  ) as fc.Arbitrary<Nature['fails']>,
  hangs: oneIn(12, fc.constantFrom('installing', 'shifting')) as fc.Arbitrary<Nature['hangs']>,
  failingReturns: mostly(0, 1, 2, 9),
  stopSeconds: fc.constantFrom(0, 3, 120),
  stopWaitsForHook: fc.boolean(),
  rollbackInfoSeconds: fc.constantFrom(0, 5, 55),
  lastSuccessful: oneIn(3, fc.constant('another')),
});

const side = (kind: TargetKind): fc.Arbitrary<Side> =>
  fc.record({
    kind: fc.constant(kind),
    nature: fc.oneof(
      { weight: 1, arbitrary: fc.constant(calmNature) },
      { weight: 2, arbitrary: nature },
    ),
    hook: fc.record({
      lost: mostly(false, false, true),
      twice: fc.boolean(),
      seconds: mostly(1, 0, 100),
    }),
    stop: oneIn(10, fc.record({ minute, rollsBack: fc.boolean() })),
    goOn: oneIn(15, fc.nat({ max: 12 })),
    foreign: oneIn(
      10,
      fc.record({
        minute: fc.nat({ max: 30 }),
        minutes: fc.constantFrom(3, 60),
        what: fc.constantFrom('same', 'another'),
      }) as fc.Arbitrary<Side['foreign']>,
    ),
    refusesLaunch: mostly(false, false, true),
  });

const sides: fc.Arbitrary<readonly Side[]> = fc.oneof(
  fc.tuple(side('ecs'), side('lambda')),
  fc.tuple(side('ecs'), side('lambda')),
  fc.tuple(side('ecs')),
  fc.tuple(side('lambda')),
  fc.tuple(side('ecs'), side('lambda'), side('lambda')),
);

const policy: fc.Arbitrary<Partial<Policy>> = fc.record({
  bakeMinutes: fc.constantFrom(0, 5, 40),
  guardMinutes: fc.constantFrom(0, 5, 20),
  approval: fc.constantFrom('none', 'none', 'required'),
  approvalMinutes: fc.constantFrom(10, 60),
  busyMinutes: fc.constantFrom(0, 10, 60),
  readyMinutes: mostly(20, 5),
  unproven: fc.constantFrom('proceed', 'reject'),
  insufficientData: fc.constantFrom('proceed', 'extend', 'rollback'),
});

const curve: fc.Arbitrary<Curve> = fc.oneof(
  fc.constant<Curve>({ type: 'all-at-once' }),
  fc.constant<Curve>({ type: 'canary', percent: 10, minutes: 5 }),
  fc.constant<Curve>({ type: 'linear', percent: 10, minutes: 1 }),
);

const crash: fc.Arbitrary<Crash> = fc.record({
  atom: fc.integer({ min: 1, max: 120 }),
  kind: fc.constantFrom<CrashKind>('retry', 'fails', 'dies', 'dies'),
  seconds: fc.constantFrom(1, 300, 1200),
});

/** Releases with a few things gone wrong at once, and now and then none. */
export const scenarios: fc.Arbitrary<Scenario> = fc.record({
  sides,
  curve,
  policy,
  intent: mostly('release', 'rollback') as fc.Arbitrary<Intent>,
  proof: mostly('pass', 'inconclusive', 'fail') as fc.Arbitrary<Scenario['proof']>,
  answers: fc.array(
    fc.record({
      minutes: fc.constantFrom(0, 5, 30, 90),
      decision: mostly('APPROVE', 'REJECT'),
    }),
    { maxLength: 2 },
  ) as fc.Arbitrary<Scenario['answers']>,
  alarm: fc.record({
    red: oneIn(4, fc.record({ from: fc.nat({ max: 40 }), minutes: fc.constantFrom(1, 10) })),
    armed: fc.boolean(),
    poor: mostly(false, true),
  }),
  blind: oneIn(
    5,
    fc.record({
      from: fc.nat({ max: 30 }),
      minutes: fc.constantFrom(1, 10, 29, 45, 300),
      what: fc.constantFrom('alarms', 'targets', 'both'),
    }),
  ) as fc.Arbitrary<Scenario['blind']>,
  commands: fc.array(
    fc.record({ minute, command: fc.constantFrom('abort', 'hold', 'resume', 'promote') }),
    { maxLength: 2 },
  ) as fc.Arbitrary<Scenario['commands']>,
  crashes: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(crash, { minLength: 1, maxLength: 2 }) },
  ),
  late: fc.array(fc.nat({ max: 12 }), { maxLength: 2 }),
  signalled: fc.boolean(),
  atomMilliseconds: fc.constantFrom(0, 200, 2000),
});
