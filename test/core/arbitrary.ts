/** Arbitrary valid records and observations: what the protocol must have an answer to. */
import fc from 'fast-check';
import type { Observation, TargetObservation } from '../../core/deployments/observation.ts';
import { BARRIER, START } from '../../core/drivers/codedeploy/events.ts';
import { observedOf, type ShownDeployment } from '../../core/drivers/codedeploy/observed.ts';
import { SERVICE_HOLDS } from '../../core/drivers/codedeploy-ecs/holds.ts';
import { FUNCTION_HOLDS } from '../../core/drivers/codedeploy-lambda/holds.ts';
import type { DeploymentObservation } from '../../core/drivers/deployment.ts';
import type { Holds } from '../../core/drivers/driver.ts';
import type { HeldHook, ReleaseRecord, TargetRecord } from '../../core/record/record.ts';
import { Phase } from '../../core/release/phase.ts';
import { reason } from '../../core/release/reason.ts';
import type { Verdict } from '../../core/release/verdict.ts';
import { toMoment } from '../../core/text/time.ts';
import { ecsRecord, lambdaRecord, policy, proven, record, START_OF_RELEASE } from './fixture.ts';

const milliseconds = fc.integer({
  min: START_OF_RELEASE - 3_600_000,
  max: START_OF_RELEASE + 8 * 3_600_000,
});
const moment = milliseconds.map(toMoment);
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

/** Without its members that are undefined: a record holds them or does not. */
const compact = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;

const status = fc.constantFrom(
  'Created',
  'Queued',
  'InProgress',
  'Baking',
  'Ready',
  'Succeeded',
  'Failed',
  'Stopped',
  'SomethingNew',
);

const deployment = (id: string, holds: Holds): fc.Arbitrary<DeploymentObservation> =>
  fc
    .record({
      id: fc.constant(id),
      status,
      error: maybe(
        fc.constantFrom({ code: 'ALARM_ACTIVE', message: '' }, { code: 'X', message: 'y' }),
      ),
      events: fc.dictionary(
        fc.constantFrom(START, BARRIER, 'AllowTraffic'),
        fc
          .record({
            status: fc.constantFrom('Pending', 'InProgress', 'Succeeded'),
            startedAt: maybe(milliseconds),
          })
          .map(compact),
      ),
      terminationWait: fc.boolean(),
      rollbackId: maybe(fc.constant('rollback')),
      completedAt: maybe(milliseconds),
    })
    .map((shown) => observedOf(compact(shown) as ShownDeployment, holds));

const reading = (name: string, holds: Holds): fc.Arbitrary<TargetObservation> =>
  fc
    .record({
      live: fc.constantFrom('web:1', 'web:2', '1', '2', 'mixed', 'nothing', ''),
      share: fc.constantFrom(0, 10, 50, 100),
      forward: maybe(deployment(`d-${name}`, holds)),
      back: maybe(deployment('back', holds)),
      foreign: maybe(fc.constant('foreign')),
    })
    .map(compact) as fc.Arbitrary<TargetObservation>;

const target = (kind: 'ecs' | 'lambda', name: string): fc.Arbitrary<TargetRecord> =>
  fc
    .record({
      prepared: fc.boolean(),
      unchanged: fc.boolean(),
      launching: fc.boolean(),
      forward: maybe(fc.constant(`d-${name}`)),
      launched: maybe(moment),
      busy: maybe(fc.record({ since: moment, last: moment })),
      shifted: fc.boolean(),
      released: fc.boolean(),
      arrivedAt: maybe(moment),
      back: fc.array(fc.constant('back'), { maxLength: 4 }),
      backSince: maybe(moment),
      tried: maybe(
        fc.record({ do: fc.constantFrom('stop', 'redeploy'), since: moment, at: moment }),
      ),
      equalReads: fc.nat({ max: 5 }),
    })
    .map(({ prepared, ...change }) => {
      const { from, to, ...rest } = (kind === 'ecs' ? ecsRecord : lambdaRecord)(
        compact(change) as Partial<TargetRecord>,
        name,
      );
      return prepared ? { ...rest, from: from!, to: to! } : rest;
    });

const hooks: fc.Arbitrary<HeldHook[]> = fc.uniqueArray(
  fc
    .record({
      deploymentId: fc.constantFrom('d-web', 'd-api', 'd-mail'),
      event: fc.constantFrom(START, BARRIER),
      at: moment,
      answer: maybe(fc.constantFrom<'Succeeded' | 'Failed'>('Succeeded', 'Failed')),
    })
    .map((hook) => compact({ ...hook, executionId: `${hook.deploymentId} ${hook.event}` })),
  { selector: ({ executionId }) => executionId },
) as fc.Arbitrary<HeldHook[]>;

const verdicts: fc.Arbitrary<Verdict> = fc.constantFrom<Verdict>(
  { verdict: 'pass', reasons: [] },
  { verdict: 'inconclusive', reasons: [reason('too-little-data', 'There is no data')] },
  { verdict: 'fail', reasons: [reason('alarm-red', 'It is red')] },
);

const targetSets = fc.oneof(
  fc.tuple(target('ecs', 'web'), target('lambda', 'api')),
  fc.tuple(target('ecs', 'web')),
  fc.tuple(target('lambda', 'api')),
  fc.tuple(target('ecs', 'web'), target('lambda', 'api'), target('lambda', 'mail')),
);

const order = fc.constant({ by: 'ada', reason: '' });

const records: fc.Arbitrary<ReleaseRecord> = fc
  .record({
    targets: targetSets,
    decision: fc.constantFrom('none', 'none', 'promote', 'rollback'),
    phase: fc.constantFrom(...Phase.options),
    reasons: fc.array(fc.constant(reason('busy', 'It is busy')), { maxLength: 2 }),
    hooks,
    proof: maybe(verdicts.map(proven)),
    approval: maybe(
      fc.record({
        id: fc.constant('a'),
        state: fc.constantFrom('pending', 'approved', 'rejected'),
        requestedAt: moment,
        expiresAt: moment,
        shown: fc.constant([]),
      }),
    ),
    commands: fc
      .record({
        hold: fc.boolean(),
        abort: maybe(order),
        promote: maybe(order),
      })
      .map(compact),
    takenBack: maybe(fc.constantFrom('back', 'stuck')),
    times: fc
      .record({
        started: moment,
        staged: maybe(moment),
        shifted: maybe(moment),
        held: maybe(moment),
        guarded: maybe(moment),
        guardEnded: maybe(moment),
      })
      .map(compact),
    policy: fc
      .record({
        bakeMinutes: fc.nat({ max: 40 }),
        approval: fc.constantFrom('none', 'required'),
        unproven: fc.constantFrom('proceed', 'reject'),
        insufficientData: fc.constantFrom('proceed', 'extend', 'rollback'),
      })
      .map((change) => policy(change as Parameters<typeof policy>[0])),
  })
  .map((change) => record(compact(change) as Parameters<typeof record>[0]));

/** A record with an observation of its targets, some of which may be missing. */
export const situations: fc.Arbitrary<{
  readonly record: ReleaseRecord;
  readonly observation: Observation;
  readonly alarms: Verdict;
}> = fc.record({
  record: records,
  observation: fc.record({
    now: milliseconds,
    targets: fc
      .record(
        {
          web: reading('web', SERVICE_HOLDS),
          api: reading('api', FUNCTION_HOLDS),
          mail: reading('mail', FUNCTION_HOLDS),
        },
        { requiredKeys: [] },
      )
      .map((targets) => compact(targets)),
  }) as fc.Arbitrary<Observation>,
  alarms: verdicts,
});
