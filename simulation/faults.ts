/** Every fault that a schedule may choose: each call of a handler, and each invocation of one, in each way in which it may go wrong. */
import { HOOKS, hookFunction } from '../core/drivers/hooks.ts';
import { EARLIER_STEPS, handlerFunction, STEP_NAMES } from '../core/names.ts';
import type { FaultStep } from '../rehearsal/scenario/steps.ts';
import { CALLS, CODEDEPLOY_ACTS, isRead, type Way } from './calls.ts';
import type { Draw } from './draw.ts';

/** One kind of fault. */
export interface FaultKind {
  readonly name: string;
  /** What a release must meet for the call to be made. */
  readonly way: Way;
  /** Nothing speaks against a release that meets it: it must be promoted all the same. */
  readonly harmless: boolean;
  /** The fault at a call that the draw chooses. */
  readonly drawn: (draw: Draw) => Omit<FaultStep, 'name'>;
}

type Effect = (draw: Draw) => Pick<FaultStep, 'effect'> & Partial<FaultStep>;

const THROTTLED = { name: 'ThrottlingException', message: 'Rate exceeded', status: 400 };
const INTERNAL = { name: 'InternalFailure', message: 'The service failed', status: 500 };
const DENIED = { name: 'AccessDeniedException', message: 'Not authorized', status: 400 };
const BUSY = { name: 'TooManyRequestsException', message: 'Rate Exceeded.', status: 429 };
const BROKEN = { name: 'ServiceException', message: 'Lambda failed', status: 500 };

const crashed = (errorType: string) => ({
  StatusCode: 200,
  FunctionError: 'Unhandled',
  Payload: { errorType, errorMessage: 'injected by the simulation' },
});

/** A read, or a write, that a passing failure of the service hits is tried again; so is one whose response was lost. */
const passing: Effect = (draw) => ({
  effect: 'refuse',
  error: draw.among([THROTTLED, INTERNAL]),
  times: draw.whole(1, 2),
});
const lost: Effect = () => ({ effect: 'lose-response', error: INTERNAL });
const denied: Effect = (draw) => ({
  effect: 'refuse',
  error: DENIED,
  times: draw.among([1, 1, 3, 100]),
});
/** Recovery reads whether the execution before it still runs; until it can, it takes no release over. */
const RECOVERY_CHECK = 'validate-release: states.DescribeExecution';

/** A release whose end can never be reported, or that recovery may never take over, never closes: these refusals pass. */
const deniedAWhile: Effect = (draw) => ({
  effect: 'refuse',
  error: DENIED,
  times: draw.among([1, 1, 2, 3]),
});
/** Minutes after which a call that failed still takes effect: less than a rollback waits for it (attack 19). */
const LATE = [0.1, 0.5, 1, 1.8] as const;
const late: Effect = (draw) => ({ effect: 'late', error: INTERNAL, minutes: draw.among(LATE) });
const stale: Effect = (draw) => ({ effect: 'stale', times: draw.whole(1, 2) });

/** Reads of AWS that may be some seconds behind. */
const BEHIND: ReadonlySet<string> = new Set([
  'codedeploy.GetDeployment',
  'codedeploy.ListDeployments',
  'codedeploy.BatchGetDeploymentTargets',
  'elasticloadbalancing.DescribeRules',
  'ecs.DescribeServices',
  'lambda.GetAlias',
]);

/** Words that CodeDeploy may take without effect, and what it answers. */
const WORDS: Readonly<Record<string, unknown>> = {
  'codedeploy.ContinueDeployment': {},
  'codedeploy.PutLifecycleEventHookExecutionStatus': {},
};

/** Writes that may take effect long after their caller gave up. */
const SLOW: readonly string[] = [
  'codedeploy.CreateDeployment',
  'codedeploy.StopDeployment',
  'codedeploy.ContinueDeployment',
  'lambda.UpdateAlias',
];

/** Words that a release gives again while their wait is still shown. */
const GIVEN_AGAIN: readonly string[] = ['answer-target: codedeploy.ContinueDeployment'];

/** The ways in which a call of a handler may go wrong: by name, and whether each is harmless. */
const effectsOf = (
  handler: string,
  call: string,
): readonly (readonly [string, boolean, Effect])[] => [
  ['fails for a moment', true, passing],
  [
    'is denied',
    false,
    handler === 'close-release' || `${handler}: ${call}` === RECOVERY_CHECK ? deniedAWhile : denied,
  ],
  ...(isRead(call) ? [] : [['loses its response', true, lost] as const]),
  ...(BEHIND.has(call) ? [['is behind', false, stale] as const] : []),
  ...(SLOW.includes(call) ? [['takes effect later', false, late] as const] : []),
  ...(Object.hasOwn(WORDS, call)
    ? [
        [
          'has no effect',
          GIVEN_AGAIN.includes(`${handler}: ${call}`),
          (() => ({ effect: 'swallow', answer: WORDS[call] })) satisfies Effect,
        ] as const,
      ]
    : []),
];

/** Functions that are called at every poll, or at every event. */
const OFTEN = /^(observe|listen|on-)/;

const skipOf = (handler: string, draw: Draw): number =>
  OFTEN.test(handler) ? draw.among([0, 1, 2, 4, 7, 11, 16, 22, 29]) : draw.among([0, 0, 0, 1, 2]);

const ofCalls: readonly FaultKind[] = Object.entries(CALLS).flatMap(([handler, ways]) =>
  Object.entries(ways).flatMap(([way, calls]) =>
    calls.flatMap((call) =>
      effectsOf(handler, call).map(([what, harmless, effect]): FaultKind => {
        const [service = '', operation = ''] = call.split('.');
        return {
          name: `${handler}: ${call} ${what}`,
          way: way as Way,
          harmless,
          drawn: (draw) => ({
            service,
            operation,
            role: `tandem-${handler}-`,
            skip: skipOf(handler, draw),
            ...effect(draw),
          }),
        };
      }),
    ),
  ),
);

const ofCodeDeploy: readonly FaultKind[] = CODEDEPLOY_ACTS.map((call) => {
  const [service = '', operation = ''] = call.split('.');
  return {
    name: `CodeDeploy: ${call} is denied`,
    way: 'forward',
    harmless: false,
    drawn: (draw) => ({
      service,
      operation,
      role: 'ServiceRole',
      skip: draw.whole(0, 1),
      effect: 'refuse',
      error: DENIED,
      times: draw.among([1, 3]),
    }),
  };
});

/** Faults of invocations of one function by one caller. */
const ofInvocations = (
  who: string,
  { role, name, way }: { readonly role: string; readonly name: string; readonly way: Way },
  effects: readonly (readonly [string, boolean, Effect])[],
): readonly FaultKind[] =>
  effects.map(([what, harmless, effect]) => ({
    name: `${who} ${what}`,
    way,
    harmless,
    drawn: (draw) => ({
      service: 'lambda',
      operation: 'Invoke',
      role,
      where: { FunctionName: `*${name}` },
      skip: skipOf(who, draw),
      ...effect(draw),
    }),
  }));

const wayOf = (handler: string): Way => Object.keys(CALLS[handler] ?? { forward: [] })[0] as Way;

const STEP_EFFECTS = [
  ['is throttled', true, (draw) => ({ effect: 'refuse', error: BUSY, times: draw.whole(1, 3) })],
  ['runs, and its response is lost', true, () => ({ effect: 'lose-response', error: BROKEN })],
  ['times out', true, () => ({ effect: 'swallow', answer: crashed('Sandbox.Timedout') })],
  ['crashes', false, () => ({ effect: 'swallow', answer: crashed('Runtime.ExitError') })],
  ['never answers', false, () => ({ effect: 'hang' })],
  [
    'runs once more, later',
    false,
    (draw) => ({ effect: 'late', error: BROKEN, minutes: draw.among([0.1, 0.5, 2, 10, 40]) }),
  ],
] as const satisfies readonly (readonly [string, boolean, Effect])[];

/** Steps that the machines of today name. */
const NAMED = STEP_NAMES.filter((step) => !EARLIER_STEPS.includes(step));

const ofSteps: readonly FaultKind[] = NAMED.flatMap((step) =>
  ofInvocations(
    step,
    { role: 'MachineRole', name: handlerFunction(step), way: wayOf(step) },
    STEP_EFFECTS,
  ),
);

const HOOK_EFFECTS = [
  ['is called twice', true, () => ({ effect: 'twice' })],
  ['crashes', false, () => ({ effect: 'swallow', answer: crashed('Runtime.ExitError') })],
  ['is never called', false, () => ({ effect: 'hang' })],
] as const satisfies readonly (readonly [string, boolean, Effect])[];

const ofHooks: readonly FaultKind[] = Object.keys(HOOKS).flatMap((hook) =>
  ofInvocations(
    hook,
    { role: 'ServiceRole', name: hookFunction(hook as keyof typeof HOOKS), way: 'forward' },
    HOOK_EFFECTS,
  ),
);

const EVENT_EFFECTS = [
  ['is not told of an event', true, () => ({ effect: 'swallow', answer: { StatusCode: 202 } })],
  ['is told of an event twice', true, () => ({ effect: 'twice' })],
  [
    'is told of an event later',
    true,
    (draw) => ({ effect: 'late', error: BUSY, minutes: draw.whole(1, 10) }),
  ],
] as const satisfies readonly (readonly [string, boolean, Effect])[];

const ofEvents: readonly FaultKind[] = (
  ['on-deployment-change', 'on-alarm', 'on-execution-end', 'on-schedule'] as const
).flatMap((trigger) =>
  ofInvocations(
    trigger,
    { role: 'service', name: handlerFunction(trigger), way: wayOf(trigger) },
    EVENT_EFFECTS,
  ),
);

/** All faults, in an order that stays the same. */
export const FAULTS: readonly FaultKind[] = [
  ...ofCalls,
  ...ofCodeDeploy,
  ...ofSteps,
  ...ofHooks,
  ...ofEvents,
];
