import type { Ages } from '../../core/checks/older.ts';
import type { Answered } from '../../core/checks/smoke.ts';
import type { TargetObservation } from '../../core/deployments/observation.ts';
import type { GroupPolicy } from '../../core/drivers/codedeploy/group.ts';
import type { Continued, HookAnswer, WaitName } from '../../core/drivers/driver.ts';
import type { Target } from '../../core/drivers/target.ts';
import type { TaskExits } from '../../core/judge/task-exits.ts';
import type { Side, SmokeCheck } from '../../core/proof/proof.ts';
import type { HeldHook, ReleaseRecord, Revision, TargetRecord } from '../../core/record/record.ts';
import type { Wanted } from '../../core/release/input.ts';
import type { LaunchSettings } from '../../core/release/launch-settings.ts';
import type { Reason } from '../../core/release/reason.ts';
import type { Named } from '../../core/release/revision-words.ts';
import type { SettingChange } from '../../core/release/settings.ts';
import type { TestAddress } from '../../core/release/test-address.ts';
import type { Verdict } from '../../core/release/verdict.ts';
import type { Attempt } from '../function/visit.ts';

/** What Prepare found and made. */
export interface Prepared {
  readonly from: Revision;
  readonly to: Revision;
  /** Settings that differ between both. */
  readonly changes?: SettingChange[];
  /** How the tasks of a service were launched. */
  readonly launch?: LaunchSettings;
}

/** What became of an order to deploy: ours (created now or before), or the group is somebody else's now. */
export type Launched = { readonly id: string } | { readonly busy: true };

/** How a driver moves a target. Every function may be called again with the same effect. */
export interface TargetDriver {
  /** Records the live revision and makes the wanted one. */
  prepare(record: ReleaseRecord, target: TargetRecord): Promise<Prepared>;
  /** Creates the deployment that goes forward, once. */
  launch(record: ReleaseRecord, target: TargetRecord): Promise<Launched>;
  /** Lets go a target that is held before its shift; `ended` when its deployment had ended before. */
  shift(record: ReleaseRecord, target: TargetRecord): Promise<Continued>;
  /** Reads where the target's traffic is and how its deployments stand. */
  observe(record: ReleaseRecord, target: TargetRecord): Promise<TargetObservation>;
  /** Ends the wait that keeps blue after the decision; nothing where there is none. */
  endGuard(target: TargetRecord): Promise<void>;
  /** Creates a deployment that rolls back to the recorded revision. */
  redeploy(record: ReleaseRecord, target: TargetRecord, attempt: number): Promise<Launched>;
  /** Sets the traffic right without a deployment, where the kind of target can. */
  restore(target: TargetRecord): Promise<void>;
  /** Answers a hook, and gives what the platform holds for it now: our answer, or the one that was there before. */
  answer(
    hook: Pick<HeldHook, 'deploymentId' | 'event' | 'executionId'>,
    answer: HookAnswer,
  ): Promise<HookAnswer>;
  /** Ends a wait of one of its deployments. */
  endWait(deployment: string, wait: WaitName): Promise<Continued>;
  /** Stops a deployment, which its platform rolls back; too late is no error: what is live is read anyway. */
  stop(deployment: string): Promise<void>;
  /** A deployment under way that a release did not make. */
  findForeign(target: Target, release: string): Promise<string | undefined>;
  /** A deployment that began after another one, which the release that began then made to any target. */
  findAfter(target: Target, forward: string, started: string): Promise<string | undefined>;
  /** Calls that show whether a step may do each of these deeds, without doing it. */
  readonly attempts: Readonly<Record<Deed, readonly Attempt[]>>;
}

/** What a step does to a deployment that is there. */
export type Deed = 'read' | 'answer' | 'endWait' | 'stop';

/** Sends one request to one side of a target. */
export type Ask = () => Promise<Answered>;

/** How a driver asks a target before users do. */
export interface Proving<T extends Target = Target> {
  /** Runs the smoke checks against green. */
  smoke(target: T, green: Named): Promise<readonly SmokeCheck[]>;
  /** How one side is sent a request for a path. */
  askOf(
    target: T,
    side: Pick<Side, 'colour' | 'revision'>,
  ): Promise<(path: string) => Promise<Answered>>;
  /** Requests that warm green, which is `ref`: its own list, or those of its checks and those that its callers make. */
  warmUpsOf(
    target: T,
    ref: string,
    called: () => Promise<readonly string[]>,
  ): Promise<readonly Ask[]>;
  /** Where people can look at green; undefined where it has no address. */
  testAddressOf(target: T): Promise<TestAddress | undefined>;
  /** Name of the one revision that users of a target reach; undefined while it is deployed to, or if it is not there. */
  liveRevision(target: T): Promise<string | undefined>;
}

/** What a driver reads of a target for the judge, beside its metrics. */
export interface Judging<T extends Target = Target> {
  /** How many tasks of each side ended by themselves since a moment; undefined where there are no tasks. */
  taskExits(
    target: { readonly registration: T; readonly forward?: string | undefined },
    since: string,
  ): Promise<TaskExits | undefined>;
  /** Whether other services get requests by the target's balancer: what it fails may then be theirs. */
  sharesBalancer(target: T): Promise<boolean>;
}

/** What a target shall run, by digest, and what is wrong with it. */
export interface Resolved {
  readonly wanted: Wanted;
  readonly reasons: readonly Reason[];
  /** Digest of the image that tasks pull: of an index, the one for their platform. */
  readonly pulled?: string;
  /** Tags of the image. */
  readonly tags?: readonly string[];
}

/** What a driver reads before a release starts. */
export interface Validating<T extends Target = Target> {
  /** Looks the wanted revision up. */
  resolve(target: T, wanted: Wanted): Promise<Resolved>;
  /** Whether the target is there and runs as its registration says. */
  checkTarget(target: T, asked: Asked): Promise<Verdict>;
  /** Whether its deployment group moves what is registered and holds what the protocol holds. */
  checkGroup(target: T, policy: GroupPolicy): Promise<Verdict>;
  /** When each part of what is wanted came, and when what runs did. */
  agesOf(target: T, wanted: Wanted): Promise<readonly Ages[]>;
}

/** What a release asks of a target. */
interface Asked {
  /** It rolls back from what is ill. */
  readonly mayBeIll: boolean;
  /** The 2×2 sends requests to blue. */
  readonly asksBlue: boolean;
}

/** What a driver reads for pushes whose event was lost. */
export interface Running<T extends Target = Target> {
  /** The image that users of a target reach; empty when it has none. */
  runningImage(target: T): Promise<string>;
}
