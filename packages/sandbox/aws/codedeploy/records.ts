/** Everything that CodeDeploy remembers of one Region: applications, their groups, configurations and deployments. */
import type {
  AlarmConfiguration,
  ApplicationInfo,
  AutoRollbackConfiguration,
  DeploymentConfigInfo,
  DeploymentCreator,
  DeploymentGroupInfo,
  DeploymentStatus,
  ErrorInformation,
  GenericRevisionInfo,
  LifecycleEvent,
  RevisionLocation,
  RollbackInfo,
  Tag,
} from '@aws-sdk/client-codedeploy';
import type { AppSpec, LifecycleEventName, Platform } from './appspec.ts';

export interface RegionRecord {
  readonly region: string;
  readonly applications: Map<string, ApplicationRecord>;
  /** Configurations that users made; the predefined ones are in `deployment-configs.ts`. */
  readonly configs: Map<string, DeploymentConfigInfo>;
  /** In the order of their creation. */
  readonly deployments: Map<string, DeploymentRecord>;
}

export interface ApplicationRecord {
  readonly name: string;
  readonly info: ApplicationInfo;
  readonly platform: Platform;
  readonly tags: readonly Tag[];
  readonly groups: Map<string, GroupRecord>;
  /** By the SHA-256 of their content. */
  readonly revisions: Map<string, RevisionRecord>;
}

export interface RevisionRecord {
  readonly location: RevisionLocation;
  readonly info: GenericRevisionInfo;
}

export interface GroupRecord {
  readonly application: ApplicationRecord;
  readonly tags: readonly Tag[];
  /** Replaced as a whole by UpdateDeploymentGroup. */
  info: DeploymentGroupInfo & { readonly deploymentGroupName: string };
  lastAttempted?: DeploymentRecord;
  lastSuccessful?: DeploymentRecord;
}

/** A call of a hook function that CodeDeploy waits for. */
export interface HookExecution {
  readonly id: string;
  readonly event: LifecycleEventName;
  /** Takes the answer; undefined as soon as there is nothing to answer any more. */
  answer: ((status: 'Succeeded' | 'Failed') => void) | undefined;
}

export interface DeploymentRecord {
  readonly id: string;
  readonly region: string;
  readonly group: GroupRecord;
  readonly platform: Platform;
  /** The group as it was when the deployment was created: later changes of the group are for later deployments. */
  readonly settings: DeploymentGroupInfo;
  readonly config: DeploymentConfigInfo;
  readonly appSpec: AppSpec;
  readonly revision: RevisionLocation;
  readonly previousRevision: RevisionLocation | undefined;
  readonly description: string | undefined;
  readonly creator: DeploymentCreator;
  readonly createTime: Date;
  readonly autoRollback: AutoRollbackConfiguration | undefined;
  readonly overrideAlarms: AlarmConfiguration | undefined;
  /** The deployment that this one takes back. */
  readonly rollbackOf: DeploymentRecord | undefined;
  readonly events: LifecycleEvent[];
  readonly hooks: Map<string, HookExecution>;
  status: DeploymentStatus;
  startTime?: Date;
  completeTime?: Date;
  error?: ErrorInformation;
  rollbackInfo?: RollbackInfo;
  /** Service time, in milliseconds, before which `rollbackInfo` is not shown yet. */
  rollbackInfoShownFrom?: number;
  terminationWaitStarted: boolean;
  target: TargetProgress;
}

/** What a deployment has done to its one target so far. */
export type TargetProgress = EcsProgress | LambdaProgress;

export interface EcsProgress {
  readonly kind: 'ECS';
  updatedAt: Date;
  blue?: TaskSetProgress;
  green?: TaskSetProgress;
}

export interface TaskSetProgress {
  readonly id: string;
  readonly targetGroup: { readonly name: string; readonly arn: string };
  status: string;
  desiredCount: number;
  pendingCount: number;
  runningCount: number;
  /** Percent of the production traffic, 0 to 100. */
  trafficWeight: number;
}

export interface LambdaProgress {
  readonly kind: 'Lambda';
  updatedAt: Date;
  /** Share of the traffic that the target version gets, 0 to 1 (observed in answers of AWS, unlike the percent of ECS). */
  targetVersionWeight: number;
}

const TERMINAL: ReadonlySet<DeploymentStatus> = new Set(['Succeeded', 'Failed', 'Stopped']);

/** Says whether a deployment has ended. */
export const isOver = ({ status }: DeploymentRecord): boolean => TERMINAL.has(status);

/** The deployment of a group that has not ended: AWS allows one. */
export const activeDeployment = (
  { deployments }: RegionRecord,
  group: GroupRecord,
): DeploymentRecord | undefined =>
  [...deployments.values()].find((deployment) => deployment.group === group && !isOver(deployment));

/** State of CodeDeploy, one record a Region. */
export const regionRecords = () => {
  const regions = new Map<string, RegionRecord>();
  return (region: string): RegionRecord => {
    const known = regions.get(region);
    if (known) return known;
    const fresh: RegionRecord = {
      region,
      applications: new Map(),
      configs: new Map(),
      deployments: new Map(),
    };
    regions.set(region, fresh);
    return fresh;
  };
};
