/** What a driver is in core: data and pure rules of how one kind of target is moved. */

import type { Wanted } from '../release/input.ts';
import type { LaunchSettings } from '../release/launch-settings.ts';
import type { Policy } from '../release/policy.ts';
import type { Reason } from '../release/reason.ts';
import type { TestAddress } from '../release/test-address.ts';
import type { DeploymentObservation } from './deployment.ts';
import type { Target } from './target.ts';

/** Milliseconds that a hold lasts when nobody lifts it, and what then becomes of the target. */
interface Silence {
  readonly lifetime: (policy: Pick<Policy, 'approvalMinutes' | 'guardMinutes'>) => number;
  readonly silence: 'rollback' | 'promote';
}

/** A hook of a deployment that the release keeps and answers later. */
export interface HookHold extends Silence {
  readonly by: 'hook';
  readonly event: string;
}

/** A wait of the deployment itself, which the release ends by continuing it. */
interface WaitHold extends Silence {
  readonly by: 'wait';
}

/** What holds a target at a point of the protocol: data, so that no step asks for the kind of a target. */
export type Hold = HookHold | WaitHold;

/** How the targets of a driver are held. */
export interface Holds {
  /** Green comes up before the shift, behind a test listener; else the deployment begins with the shift. */
  readonly staged: boolean;
  /** What holds green before any user meets it. */
  readonly start: Hold;
  /** What holds the target when all its traffic is on green: here the release decides. */
  readonly barrier: HookHold;
  /** What keeps blue after the decision; undefined where nothing does. */
  readonly guard: Hold | undefined;
  /** Its traffic can be set right without a deployment. */
  readonly restorable: boolean;
}

/** A hold that the release itself ends, by its place in the way. */
export type WaitName = 'start' | 'guard';

/** What became of the word that ends a wait: the deployment goes on, or had ended before the word came. */
export type Continued = 'goes-on' | 'ended';

/** What the platform holds for a hook once it has been answered. */
export type HookAnswer = 'Succeeded' | 'Failed';

/** Names of the metrics that AWS publishes of a target (user guides, "CloudWatch metrics"). */
interface MetricNames {
  readonly namespace: string;
  readonly requests: string;
  /** Failed requests are the sum of these. */
  readonly errors: readonly string[];
  /** Answers that are no errors, where they are counted apart from requests. */
  readonly answered: readonly string[];
  readonly latency: string;
  /** Milliseconds of one unit of the latency. */
  readonly latencyUnit: number;
  /** Requests that a balancer fails itself, whichever side they were for; undefined without a balancer. */
  readonly failedByBalancer: string | undefined;
  /** Metrics surely tell the sides apart only while traffic is split: before, blue's may be those of the whole target. */
  readonly onlyWhileSplit: boolean;
}

/** Dimensions of a metric, by their names. @internal */
export type Dimensions = Readonly<Record<string, string>>;

/** A revision as far as a driver must know it. */
interface MovedRevision {
  readonly name: string;
  readonly ref: string;
  readonly version?: string | undefined;
}

/** What a driver is told of a target that a release moves. */
export interface MovedTarget<T extends Target = Target> {
  readonly registration: T;
  readonly from?: MovedRevision | undefined;
  readonly to?: MovedRevision | undefined;
  /** Name of the revision in each target group, by the group's ARN. */
  readonly groups?: Readonly<Record<string, string>> | undefined;
  readonly launch?: LaunchSettings | undefined;
  readonly testAddress?: TestAddress | undefined;
  /** Why it could not be read. */
  readonly unread?: string | undefined;
}

/** How to look at green: a link or a command, and from where it works. */
export interface GreenAddress {
  readonly link?: string;
  readonly command?: string;
  readonly note: string;
}

/** Alarms that Prepare points at the version of one side each. */
interface VersionAlarms {
  readonly blue: readonly string[];
  readonly green: readonly string[];
}

/** A service whose automatic scaling a release may suspend. */
export interface ScalableService {
  readonly cluster: string;
  readonly service: string;
  readonly scalingRole: string;
}

/** The same, with the command by which a person restores what was suspended before. */
export interface Scalable extends ScalableService {
  restoreCommand(before: Readonly<Record<string, boolean>>): string;
}

/** Roles that pairs bring, by the step that assumes them; a target without one has none of it. */
export type PairRoles = Partial<Record<'prepare-target' | 'set-scaling', string | undefined>>;

/** The commands with which a person brings a target back, line by line: each works in the state that it is given in. */
export interface Commands<T extends Target = Target> {
  /** Shows a deployment, with what ended it. */
  look(id: string): string;
  /** Waits until nothing keeps the target busy: until then it takes no new deployment. */
  awaitFree(target: MovedTarget<T>): readonly string[];
  /** Stops a deployment, and waits until the target is free. */
  stopAndWait(
    target: MovedTarget<T>,
    id: string,
    how: { readonly rollsBack: boolean },
  ): readonly string[];
  /** Waits for a deployment of others, which may be stopped, until the target is free. */
  awaitOthers(target: MovedTarget<T>, id: string): readonly string[];
  /** Finds out what is under way at a target that could not be read, and waits until nothing is. */
  findAndWait(target: MovedTarget<T>): readonly string[];
  /** Ends the wait with which a deployment keeps the other side. */
  endGuard(id: string): readonly string[];
  /** Lets a deployment that is held before its shift move the traffic, and ends it. */
  shift(id: string): readonly string[];
  /** Brings a target that is free back to where it came from; an alarm that is red does not stop it. */
  bringBack(target: MovedTarget<T>): readonly string[];
}

/** Readers for what an earlier Tandem wrote. */
interface Former {
  /** A deployment as it was kept in a record, in the words of today. */
  readDeployment(kept: object): DeploymentObservation;
  /** Words for steps, each with the word of today. */
  readonly words: Readonly<Record<string, string>>;
}

/** A driver. Whatever differs between two of them is a member of this. */
export interface Driver<T extends Target = Target> {
  readonly name: T['driver'];
  readonly kind: T['kind'];
  /** AWS's name of the platform that it moves targets on. */
  readonly platform: string;
  /** Place in the order of the commit: the lower, the longer an answered target can still be stopped. */
  readonly commitRank: number;
  readonly holds: Holds;
  /** Deployment configurations that AWS predefines, by curve. */
  readonly curves: Readonly<Record<string, string>>;
  readonly metrics: MetricNames;
  /** The ECR repository whose images it runs; undefined where it runs none. */
  repositoryOf(target: T): string | undefined;
  /** The function of which it runs published versions; undefined where it runs none. */
  functionOf(target: T): string | undefined;
  versionAlarmsOf(target: T): VersionAlarms;
  /** Values that the metrics of a target have, by dimension. */
  dimensionsOf(target: T): Readonly<Record<string, readonly string[]>>;
  /** The dimensions that tell one revision of a target from the other; undefined while it is not known where it is. */
  sideOf(target: MovedTarget<T>, revision: MovedRevision): Dimensions | undefined;
  /** The dimensions of each part of which a whole target consists. */
  partsOf(target: T): readonly Dimensions[];
  /** What is wrong with the revision that is wanted; nothing when it may be looked up. */
  wrongWith(target: T, wanted: Wanted, isBack: boolean): readonly Reason[];
  /** How to look at green; undefined where it was not read, or there is no green. */
  greenAddressOf(target: MovedTarget<T>): GreenAddress | undefined;
  /** The service whose scaling a release suspends while traffic moves; undefined where there is none. */
  scalableOf(target: T): Scalable | undefined;
  /** ARNs of the roles that its pair brings for steps of Tandem. */
  rolesOf(target: T): PairRoles;
  readonly commands: Commands<T>;
  /** What is told of a deployment of a target, by its name, that is lost. */
  lostText(target: string, deployment: DeploymentObservation): string;
  /** How records and facts of before name things; left out where nothing was ever named otherwise. */
  readonly former?: Former;
}
