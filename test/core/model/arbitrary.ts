/** Random scenarios: releases with a few things gone wrong at once, and now and then none. */
import fc from 'fast-check';
import type { TargetKind } from '../../../core/drivers/target.ts';
import type { Curve } from '../../../core/release/curve.ts';
import type { Intent } from '../../../core/release/intent.ts';
import type { Phase } from '../../../core/release/phase.ts';
import type { Policy } from '../../../core/release/policy.ts';
import type { Nature } from './deployment.ts';
import {
  type Crash,
  type CrashKind,
  calmNature,
  type Gap,
  type Happening,
  type Late,
  type Pause,
  PLACES,
  type Place,
  type Scenario,
  type Side,
  type WordFate,
} from './scenario.ts';

/** Something that happens in one release of so many. */
const oneIn = <T>(count: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: count - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

/** A short list in one release of so many, else an empty one. */
const fewIn = <T>(count: number, most: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.oneof(
    { weight: count - 1, arbitrary: fc.constant<T[]>([]) },
    { weight: 1, arbitrary: fc.array(arbitrary, { minLength: 1, maxLength: most }) },
  );

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
    6,
    fc.record({
      stage: fc.constantFrom('installing', 'ready', 'start', 'shifting', 'barrier', 'termination'),
      seconds: fc.constantFrom(0, 1, 70, 400),
    }),
  ) as fc.Arbitrary<Nature['fails']>,
  hangs: oneIn(16, fc.constantFrom('installing', 'shifting')) as fc.Arbitrary<Nature['hangs']>,
  failingReturns: mostly(0, 1, 2, 9),
  stopSeconds: fc.constantFrom(0, 3, 120),
  stopWaitsForHook: fc.boolean(),
  rollbackInfoSeconds: fc.constantFrom(0, 5, 55),
  lastSuccessful: oneIn(3, fc.constant('another')),
  viewSeconds: fc.constantFrom(0, 0, 3, 20),
  trafficSeconds: fc.constantFrom(0, 0, 3),
  deafSeconds: fc.constantFrom(0, 0, 5, 20),
});

const side = (kind: TargetKind): fc.Arbitrary<Side> =>
  fc.record({
    kind: fc.constant(kind),
    nature: fc.oneof(
      { weight: 1, arbitrary: fc.constant(calmNature) },
      { weight: 2, arbitrary: nature },
    ),
    hook: fc.record({
      lost: oneIn(25, fc.constant(true)).map((isLost) => isLost === true),
      twice: fc.boolean(),
      seconds: mostly(1, 0, 100),
    }),
    stop: oneIn(12, fc.record({ minute, rollsBack: fc.boolean() })),
    goOn: oneIn(20, fc.nat({ max: 12 })),
    moved: kind === 'lambda' ? oneIn(20, minute) : fc.constant(undefined),
    foreign: oneIn(
      12,
      fc.record({
        minute: fc.nat({ max: 30 }),
        minutes: fc.constantFrom(3, 60),
        what: fc.constantFrom('same', 'another'),
      }) as fc.Arbitrary<Side['foreign']>,
    ),
    refusesLaunch: oneIn(25, fc.constant(true)).map((refuses) => refuses === true),
  });

const sides: fc.Arbitrary<readonly Side[]> = fc.oneof(
  fc.tuple(side('ecs'), side('lambda')),
  fc.tuple(side('ecs'), side('lambda')),
  fc.tuple(side('ecs')),
  fc.tuple(side('lambda')),
  fc.tuple(side('ecs'), side('lambda'), side('lambda')),
);

const policy: fc.Arbitrary<Partial<Policy>> = fc.record({
  bakeMinutes: fc.constantFrom(0, 5, 5, 40),
  guardMinutes: fc.constantFrom(0, 5, 5, 20),
  approval: fc.constantFrom('none', 'none', 'none', 'required'),
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

const crashAt = fc.oneof(
  fc.record({ atom: fc.integer({ min: 1, max: 120 }) }),
  fc.record({
    atom: fc.integer({ min: 1, max: 5 }),
    place: fc.constantFrom<Place>(
      ...PLACES.filter((place) => place !== 'observe'),
      'answer-target',
      'answer-target',
    ),
  }),
);

const crash: fc.Arbitrary<Crash> = fc
  .tuple(
    crashAt,
    fc.record({
      kind: fc.constantFrom<CrashKind>('retry', 'silent', 'fails', 'hangs', 'dies', 'dies'),
      seconds: fc.constantFrom(1, 300, 1200),
    }),
  )
  .map(([where, how]) => ({ ...where, ...how }));

const happening = oneIn(2, fc.constantFrom<Happening>('abort', 'hold', 'red', 'stop', 'moved'));

/** Time before a look. The phases in which something is decided by the alarms come more often. */
const gapBeforeLook: fc.Arbitrary<Gap> = fc.record({
  before: fc.constant<Place>('observe'),
  phase: fc.constantFrom<Phase>('Staging', 'Shifting', 'Holding', 'Guarding', 'Guarding'),
  visit: fc.nat({ max: 5 }),
  seconds: fc.constantFrom(2, 30, 240),
  isEntered: fc.boolean(),
  what: happening,
}) as fc.Arbitrary<Gap>;

const gapBeforeStep: fc.Arbitrary<Gap> = fc.record({
  before: fc.constantFrom<Place>(
    ...PLACES.filter((place) => place !== 'observe'),
    'start-shift',
    'decide',
    'answer-target',
    'close-release',
  ),
  visit: mostly(0, 0, 1, 2),
  seconds: fc.constantFrom(2, 30, 240),
  isEntered: fc.boolean(),
  what: happening,
}) as fc.Arbitrary<Gap>;

const pause: fc.Arbitrary<Pause> = fc.record({
  atom: fc.integer({ min: 1, max: 120 }),
  seconds: fc.constantFrom(0, 2, 30),
  what: happening,
}) as fc.Arbitrary<Pause>;

const late: fc.Arbitrary<Late> = fc.record({
  step: fc.nat({ max: 60 }),
  after: fc.constantFrom<Late['after']>('next', 'takeover', 'end'),
});

const word: fc.Arbitrary<WordFate> = fc.record({
  word: fc.nat({ max: 8 }),
  fate: fc.constantFrom<WordFate['fate']>('unanswered', 'unanswered', 'refused', 'ineffective'),
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
    red: oneIn(5, fc.record({ from: fc.nat({ max: 40 }), minutes: fc.constantFrom(1, 10) })),
    armed: fc.boolean(),
    poor: mostly(false, true),
  }),
  blind: oneIn(
    6,
    fc.record({
      from: fc.nat({ max: 30 }),
      minutes: fc.constantFrom(1, 10, 29, 45, 300),
      what: fc.constantFrom('alarms', 'targets', 'both'),
    }),
  ) as fc.Arbitrary<Scenario['blind']>,
  commands: fewIn(
    3,
    2,
    fc.record({ minute, command: fc.constantFrom('abort', 'hold', 'resume', 'promote') }),
  ) as fc.Arbitrary<Scenario['commands']>,
  crashes: fewIn(3, 2, crash),
  late: fewIn(2, 3, late),
  gaps: fewIn(2, 2, fc.oneof(gapBeforeLook, gapBeforeStep)),
  pauses: fewIn(2, 3, pause),
  words: fewIn(3, 2, word),
  older: oneIn(10, fc.record({ step: fc.constantFrom(...PLACES), closes: fc.boolean() })),
  unknownMembers: oneIn(30, fc.nat({ max: 30 })),
  unpublished: mostly(0, 30, 3000),
  redriven: fc.boolean(),
  restored: oneIn(6, fc.integer({ min: 1, max: 120 })),
  signalled: fc.boolean(),
  atomMilliseconds: fc.constantFrom(0, 200, 2000),
});
