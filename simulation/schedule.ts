/** Draws the schedule of a seed: a scenario of the same vocabulary as those of `samples/scenarios`. */
import { Scenario } from '../rehearsal/scenario/scenario.ts';
import type { FaultStep, Step } from '../rehearsal/scenario/steps.ts';
import { ACTS, type ActKind, actOf } from './acts.ts';
import type { Way } from './calls.ts';
import { type Draw, drawOf } from './draw.ts';
import { FAULTS, type FaultKind } from './faults.ts';

/** What is planned for one seed. */
export interface Schedule {
  readonly seed: number;
  readonly scenario: Scenario;
  /** Names of the faults and acts that are planned, as coverage counts them. */
  readonly planned: readonly string[];
}

/** Moments of a release in their order, at which people and others act. */
const MOMENTS: readonly Step[] = [
  { until: { phase: 'Staging' } },
  { until: { shifted: true } },
  { until: { held: true } },
  { until: { guarded: true } },
];

/** Steps of a machine between whose calls something happens, and how often a release comes to each. */
const PLACES: readonly (readonly [string, number])[] = [
  ['observe', 24],
  ['listen', 20],
  ['prepare-target', 1],
  ['launch-deployment', 0],
  ['prove-release', 1],
  ['start-shift', 1],
  ['decide', 0],
  ['answer-target', 2],
  ['take-back-target', 3],
  ['close-release', 0],
];

/** Faults that a name may have in one schedule: each hit counts for its kind. */
const named = (name: string, place: number): string => `${name} #${place}`;

/** The kind of a fault or an act, by the name that it has in a schedule. */
export const kindOf = (name: string): string => name.replace(/ #\d+$/, '');

const faultStep = (kind: FaultKind, draw: Draw, place: number): Step => ({
  fault: { name: named(kind.name, place), ...kind.drawn(draw) },
});

const attempt = (name: string, steps: readonly Step[]): Step => ({ attempt: steps, as: name });

/** An act between two calls of the machine. */
const actAtCall = (kind: ActKind, draw: Draw, place: number): Step => {
  const [step, most] = draw.among(PLACES);
  const effect = draw.among(['before', 'after']);
  return {
    fault: {
      name: named(`${effect} ${step}`, place),
      service: 'lambda',
      operation: 'Invoke',
      role: 'MachineRole',
      where: { FunctionName: `*tandem-${step}` },
      skip: draw.whole(0, most),
      effect,
      do: [attempt(named(kind.name, place), kind.drawn(draw))],
    },
  };
};

interface Timed {
  /** Place of its moment. */
  readonly moment: number;
  readonly step: Step;
}

/** An act some minutes after a moment of the release. */
const actAtMoment = (
  kind: ActKind,
  draw: Draw,
  place: number,
  moment = draw.whole(0, MOMENTS.length - 1),
): Timed => ({
  moment,
  step: attempt(named(kind.name, place), [
    MOMENTS[moment]!,
    { minutes: draw.whole(0, 30) / 10 },
    ...kind.drawn(draw),
  ]),
});

/** What makes a release come to the calls of a way. */
const LEADS: Readonly<Partial<Record<Way, (draw: Draw) => readonly [string, number]>>> = {
  red: (draw) => ['an alarm turns red', draw.whole(1, 2)],
  command: (draw) => [draw.among(['a person aborts', 'a person holds, and resumes']), 1],
  stopped: (draw) => ['a person stops the execution', draw.whole(0, 3)],
  rollback: (draw) => [
    draw.among(['a person aborts', 'an alarm turns red', 'a person stops the execution']),
    draw.whole(1, 2),
  ],
  'late-rollback': (draw) => [draw.among(['a person aborts', 'an alarm turns red']), 3],
};

const policyOf = (draw: Draw, isAsked: boolean) => ({
  bakeMinutes: draw.among([0, 1, 1, 3]),
  guardMinutes: draw.among([1, 1, 2, 4]),
  curve: draw.among([
    { type: 'all-at-once' },
    { type: 'all-at-once' },
    { type: 'canary', percent: 10, minutes: 5 },
  ]),
  ...(isAsked ? { approval: 'required' } : {}),
});

const answerSteps = (draw: Draw): Step =>
  attempt('a person answers #0', [
    { until: { approval: 'pending' } },
    { minutes: draw.whole(0, 5) },
    { answer: draw.chance(0.9) ? 'APPROVE' : 'REJECT' },
  ]);

const VERSIONS = { web: '2.0.0', api: '2.0.0' };
const NEXT_VERSIONS = { web: '2.2.0', api: '2.2.0' };

/** A release that comes after the first one; sometimes somebody redrives then what the first has left. */
const afterwards = (draw: Draw): readonly Step[] => [
  { ended: 'first' },
  attempt('a second release #0', [{ release: NEXT_VERSIONS, as: 'second' }, { ended: 'second' }]),
  attempt('a person redrives the rollback #0', [{ redriveRollback: 'first' }]),
  ...(draw.chance(0.3)
    ? [attempt('a person redrives an old execution #0', [{ redriveExecution: 'first' }])]
    : []),
  { minutes: 20 },
];

/** The first fault of each call: two of them could refuse a call three times in a row, and the SDK gives up then. */
const apart = (steps: readonly Step[]): readonly Step[] => {
  const callOf = ({ fault }: Step): string => {
    const { service, operation, role, where } = fault as FaultStep;
    return JSON.stringify([service, operation, role, where]);
  };
  return steps.filter(
    (step, index) => steps.findIndex((one) => callOf(one) === callOf(step)) === index,
  );
};

/** Names of everything that is planned in some steps, steps inside others too. */
const namesIn = (steps: readonly Step[]): readonly string[] =>
  steps.flatMap(({ fault, attempt: inside, as }) => {
    if (fault) {
      const { name, do: does = [] } = fault as { name: string; do?: readonly Step[] };
      return [name, ...namesIn(does)];
    }
    return inside ? [as as string] : [];
  });

/** The schedule of a seed. Seeds that follow one another take the kinds of faults in turn. */
export const scheduleOf = (seed: number): Schedule => {
  const draw = drawOf(seed);
  const main = FAULTS[seed % FAULTS.length]!;
  const isHarmless = main.harmless && main.way === 'forward' && draw.chance(0.6);
  const kinds = isHarmless
    ? FAULTS.filter(({ harmless, way }) => harmless && way === 'forward')
    : FAULTS;
  const faults = [main, ...Array.from({ length: draw.whole(0, 3) }, () => draw.among(kinds))];
  const lead = LEADS[main.way]?.(draw);
  const acts = isHarmless
    ? []
    : Array.from({ length: draw.whole(lead ? 0 : 1, 3) }, () => draw.among(ACTS));
  const stops = acts.some(({ name }) => name === 'a person stops the rollback');
  const isAsked = main.way === 'approval' || (!isHarmless && draw.chance(0.1));

  const timed: Timed[] = lead ? [actAtMoment(actOf(lead[0]), draw, 0, lead[1])] : [];
  const atCalls: Step[] = [];
  for (const [index, kind] of acts.entries())
    if (kind.atCalls && draw.chance(0.5)) atCalls.push(actAtCall(kind, draw, index + 1));
    else timed.push(actAtMoment(kind, draw, index + 1));
  const targets = draw.among([VERSIONS, VERSIONS, VERSIONS, { api: '2.0.0' }, { web: '2.0.0' }]);
  const faultSteps = faults.map((kind, index) => faultStep(kind, draw, index));
  const steps: Step[] = [
    ...(isHarmless ? apart(faultSteps) : faultSteps),
    ...atCalls,
    { release: main.way === 'forward' && !isHarmless ? targets : VERSIONS },
    ...(isAsked ? [answerSteps(draw)] : []),
    ...timed.sort((one, other) => one.moment - other.moment).map(({ step }) => step),
    ...(stops || draw.chance(0.15) ? afterwards(draw) : []),
  ];
  const scenario = Scenario.parse({
    fault: `Seed ${seed} of the simulation`,
    quirks: draw.among(['documented', 'documented', 'documented', 'other', 'lost', 'twice']),
    settings: { policy: policyOf(draw, isAsked) },
    steps,
    expect: { releases: isHarmless ? [{ end: 'Promoted' }] : [] },
  });
  return { seed, scenario, planned: namesIn(steps) };
};
