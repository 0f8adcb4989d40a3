/** A small pair, its release and its readings, for tests that say only what matters to them. */

import type { Observation, TargetObservation } from '../../core/deployments/observation.ts';
import { BARRIER, heldByHook, START } from '../../core/drivers/codedeploy/events.ts';
import { observedOf, type ShownDeployment } from '../../core/drivers/codedeploy/observed.ts';
import type { DeploymentObservation } from '../../core/drivers/deployment.ts';
import type { Holds } from '../../core/drivers/driver.ts';
import type { Registration } from '../../core/drivers/registration.ts';
import { EcsTarget, LambdaTarget } from '../../core/drivers/target.ts';
import type { Proof } from '../../core/proof/proof.ts';
import type { HeldHook, ReleaseRecord, TargetRecord } from '../../core/record/record.ts';
import { type Vote, vote } from '../../core/record/vote.ts';
import { Policy } from '../../core/release/policy.ts';
import { pass, type Verdict } from '../../core/release/verdict.ts';
import { minutes, toMoment } from '../../core/text/time.ts';

/** When the release of every test starts, in milliseconds since 1970. */
export const START_OF_RELEASE = Date.parse('2026-11-23T09:00:00.000Z');

/** The moment so many minutes after the start, in milliseconds. */
export const atMinute = (count: number): number => START_OF_RELEASE + minutes(count);

/** The same moment as records write it. */
export const momentAfter = (count: number): string => toMoment(atMinute(count));

export const web = (change: Partial<EcsTarget> = {}): EcsTarget =>
  EcsTarget.parse({
    name: 'web',
    kind: 'ecs',
    application: 'storefront-web',
    deploymentGroup: 'storefront-web',
    alarms: ['web-errors'],
    cluster: 'storefront',
    service: 'web',
    container: 'app',
    port: 8080,
    repository: 'storefront/web',
    productionListener: 'listener/production',
    testListener: 'listener/test',
    targetGroups: ['targetgroup/one', 'targetgroup/two'],
    warmUp: { requests: 0 },
    ...change,
  });

export const api = (change: Partial<LambdaTarget> = {}): LambdaTarget =>
  LambdaTarget.parse({
    name: 'api',
    kind: 'lambda',
    application: 'storefront-api',
    deploymentGroup: 'storefront-api',
    alarms: ['api-errors'],
    function: 'storefront-api',
    alias: 'live',
    warmUp: { requests: 0 },
    ...change,
  });

export const policy = (change: Partial<Policy> = {}): Policy => ({
  ...Policy.parse({}),
  ...change,
});

export const registration = (change: Partial<Registration> = {}): Registration => ({
  pair: 'storefront',
  join: 'tagged',
  policy: policy(),
  targets: { web: web(), api: api() },
  ...change,
});

const target = (
  kind: 'ecs' | 'lambda',
  name: string,
  change: Partial<TargetRecord> = {},
): TargetRecord => ({
  name,
  wanted: kind === 'ecs' ? { image: `storefront/${name}:2` } : { version: '2' },
  registration: kind === 'ecs' ? web({ name }) : api({ name }),
  from: kind === 'ecs' ? { name: `${name}:1`, ref: `arn:${name}:1` } : { name: '1', ref: '1' },
  to: kind === 'ecs' ? { name: `${name}:2`, ref: `arn:${name}:2` } : { name: '2', ref: '2' },
  unchanged: false,
  launching: false,
  shifted: false,
  released: change.shifted ?? false,
  back: [],
  lane: { live: '', share: 0, status: 'not started' },
  equalReads: 0,
  ...change,
});

export const ecsRecord = (change: Partial<TargetRecord> = {}, name = 'web'): TargetRecord =>
  target('ecs', name, change);

export const lambdaRecord = (change: Partial<TargetRecord> = {}, name = 'api'): TargetRecord =>
  target('lambda', name, change);

/** A prepared release of the pair at its start; targets are given whole, times and commands in part. */
export const record = ({
  times = {},
  commands = {},
  targets = [ecsRecord(), lambdaRecord()],
  ...change
}: Partial<Omit<ReleaseRecord, 'times' | 'commands' | 'targets'>> & {
  readonly times?: Partial<ReleaseRecord['times']>;
  readonly commands?: Partial<ReleaseRecord['commands']>;
  readonly targets?: readonly TargetRecord[];
} = {}): ReleaseRecord => ({
  pair: 'storefront',
  release: 'storefront-1',
  owner: 'execution-1',
  intent: 'release',
  requestedBy: 'ada',
  reason: '',
  policy: policy(),
  curve: { type: 'canary', percent: 10, minutes: 5 },
  alarms: ['web-errors', 'api-errors'],
  phase: 'Preparing',
  decision: 'none',
  reasons: [],
  leftAlone: {},
  hooks: [],
  failedHooks: [],
  signals: 0,
  ...change,
  targets: Object.fromEntries(targets.map((one) => [one.name, one])),
  commands: { hold: false, ...commands },
  times: { started: momentAfter(0), ...times },
});

/** What the step beside the observation says: its alarms, which it looked at at this moment. */
export const alarmsSay = (verdict: Verdict = pass, at?: string): readonly Vote[] => [
  { ...vote('alarms', verdict), ...(at === undefined ? {} : { at }) },
];

/** A proof that is worth this. */
export const proven = (verdict: Verdict = pass): Proof => ({
  ...verdict,
  mixed: { verdict: verdict.verdict, text: '4 of 4 cells pass' },
  cells: [],
  smoke: [],
  omitted: 0,
});

/** A deployment that CodeDeploy shows in this way. */
export const deployment = (
  change: Partial<ShownDeployment> = {},
  holds: Pick<Holds, 'start' | 'barrier'> = {
    start: heldByHook(START),
    barrier: heldByHook(BARRIER),
  },
): DeploymentObservation =>
  observedOf(
    { id: 'd-1', status: 'InProgress', events: {}, terminationWait: false, ...change },
    holds,
  );

/** A target that serves what it came from. */
export const reading = (change: Partial<TargetObservation> = {}): TargetObservation => ({
  live: 'web:1',
  share: 0,
  ...change,
});

export const observation = (
  minute: number,
  targets: Readonly<Record<string, TargetObservation>>,
): Observation => ({ now: atMinute(minute), targets });

export const held = (
  deploymentId: string,
  event: string,
  change: Partial<HeldHook> = {},
): HeldHook => ({
  deploymentId,
  event,
  executionId: `${deploymentId} ${event}`,
  at: momentAfter(0),
  ...change,
});

/** The codes of reasons, in their order: what a test says of them. */
export const codesOf = (reasons: readonly { readonly code: string }[]): readonly string[] =>
  reasons.map(({ code }) => code);

/** A service whose pair has Tandem suspend its scaling. */
export const scaledRecord = (...about: Parameters<typeof ecsRecord>): TargetRecord => {
  const service = ecsRecord(...about);
  const scalingRole = 'arn:aws:iam::111122223333:role/tandem/us-east-1/scaling';
  return { ...service, registration: { ...service.registration, scalingRole } as EcsTarget };
};
