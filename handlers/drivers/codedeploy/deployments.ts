import {
  BatchGetDeploymentsCommand,
  CodeDeployServiceException,
  ContinueDeploymentCommand,
  CreateDeploymentCommand,
  type CreateDeploymentCommandInput,
  DeploymentAlreadyCompletedException,
  type DeploymentInfo,
  DeploymentIsNotInReadyStateException,
  DeploymentLimitExceededException,
  type DeploymentWaitType,
  GetDeploymentCommand,
  InvalidDeploymentStatusException,
  ListDeploymentsCommand,
  type ListDeploymentsCommandInput,
  StopDeploymentCommand,
} from '@aws-sdk/client-codedeploy';
import type { TargetObservation } from '../../../core/deployments/observation.ts';
import { type Marker, readMarker, renderMarker } from '../../../core/drivers/codedeploy/marker.ts';
import { continued } from '../../../core/drivers/codedeploy/read-back.ts';
import type { Continued, WaitName } from '../../../core/drivers/driver.ts';
import type { ReleaseRecord, TargetRecord } from '../../../core/record/record.ts';
import { goesBack } from '../../../core/release/intent.ts';
import { DeploymentRefusedError, TryAgainError } from '../../../core/text/errors.ts';
import { minutes, toMilliseconds } from '../../../core/text/time.ts';
import { codedeploy } from '../../aws/codedeploy.ts';
import { isPassing } from '../../function/retryable.ts';
import type { Launched } from '../driver.ts';

/** Statuses in which a deployment occupies its group. */
const ACTIVE = ['Created', 'Queued', 'InProgress', 'Baking', 'Ready'] as const;

/** A deployment goes forward once; only the rollback has further attempts. */
export const FIRST_ATTEMPT = 1;

/** BatchGetDeployments takes at most this many ids. */
const BATCH = 25;

type Group = Pick<TargetRecord['registration'], 'application' | 'deploymentGroup'>;

const groupOf = ({ application, deploymentGroup }: Group) => ({
  applicationName: application,
  deploymentGroupName: deploymentGroup,
});

/** The marker of a deployment, and the start of the release that made it: no deployment before carries it. */
export interface DatedMarker extends Marker {
  readonly since: string;
}

/** Minutes by which the clocks of Step Functions and CodeDeploy may differ, generously. */
const CLOCKS_DIFFER = 10;

/** Ids of deployments of a group, in the order that CodeDeploy chose: it documents none. */
const idsOf = async (
  group: Group,
  which: Pick<ListDeploymentsCommandInput, 'includeOnlyStatuses' | 'createTimeRange'>,
): Promise<readonly string[]> => {
  const { deployments = [] } = await codedeploy.send(
    new ListDeploymentsCommand({ ...groupOf(group), ...which }),
  );
  return deployments;
};

const detailsOf = async (ids: readonly string[]): Promise<readonly DeploymentInfo[]> => {
  const found: DeploymentInfo[] = [];
  for (let at = 0; at < ids.length; at += BATCH) {
    const { deploymentsInfo = [] } = await codedeploy.send(
      new BatchGetDeploymentsCommand({ deploymentIds: ids.slice(at, at + BATCH) }),
    );
    found.push(...deploymentsInfo);
  }
  return found;
};

/** When the deployments of a release could have been created at the earliest. */
const earliest = (started: string): Date =>
  new Date(toMilliseconds(started) - minutes(CLOCKS_DIFFER));

/** Id of the deployment that carries our marker; undefined when there is none. @internal */
export const findMarked = async (
  group: Group,
  marker: DatedMarker,
): Promise<string | undefined> => {
  const wanted = renderMarker(marker);
  const start = earliest(marker.since);
  const deployments = await detailsOf(await idsOf(group, { createTimeRange: { start } }));
  return deployments.find(({ description }) => description === wanted)?.deploymentId;
};

/** Id of a deployment under way that neither this release nor CodeDeploy's rollback of it made. */
export const findForeign = async (
  group: Group,
  release: string,
  own: readonly (string | undefined)[],
): Promise<string | undefined> => {
  const isOwn = (id: string | undefined) => id !== undefined && own.includes(id);
  const underWay = await idsOf(group, { includeOnlyStatuses: [...ACTIVE] });
  const others = underWay.filter((id) => !isOwn(id));
  const foreign = (await detailsOf(others)).find(
    ({ description, rollbackInfo }) =>
      readMarker(description)?.release !== release &&
      !isOwn(rollbackInfo?.rollbackTriggeringDeploymentId),
  );
  return foreign?.deploymentId;
};

/** Deployments of a group that were created after another one of any group; one that failed, or was stopped, is over. */
const after = async (
  group: Group,
  forward: string,
  started: string,
): Promise<readonly DeploymentInfo[]> => {
  const ids = await idsOf(group, {
    createTimeRange: { start: earliest(started) },
    includeOnlyStatuses: [...ACTIVE, 'Succeeded'],
  });
  const others = ids.filter((id) => id !== forward);
  if (others.length === 0) return [];
  const known = await detailsOf([forward, ...others]);
  const own = known.find(({ deploymentId }) => deploymentId === forward)?.createTime;
  return own === undefined ? [] : known.filter(({ createTime = own }) => createTime > own);
};

/** Id of a deployment to a target that a release leaves alone, if it began after that of the release. */
export const findAfter = async (
  group: Group,
  forward: string,
  started: string,
): Promise<string | undefined> => (await after(group, forward, started))[0]?.deploymentId;

/**
 * The deployment of a later release of the pair in the group of a target, while its release is rolled back. One that
 * failed tells nothing: a late call of an earlier release ends so.
 */
const findLater = async (
  { pair, release, times }: ReleaseRecord,
  { registration, forward }: TargetRecord,
): Promise<TargetObservation['later']> => {
  if (forward === undefined) return undefined;
  for (const { deploymentId = '', description } of await after(
    registration,
    forward,
    times.started,
  )) {
    const marker = readMarker(description);
    if (marker?.pair === pair && marker.release !== release)
      return { release: marker.release, id: deploymentId };
  }
  return undefined;
};

/** What stands beside the own deployments of a target: one of others under way, one of a later release. */
export const readBeside = async (
  record: ReleaseRecord,
  target: TargetRecord,
  own: readonly (string | undefined)[],
): Promise<Pick<TargetObservation, 'foreign' | 'later'>> => {
  const foreign = await findForeign(target.registration, record.release, own);
  const later = record.decision === 'rollback' ? await findLater(record, target) : undefined;
  return { ...(foreign ? { foreign } : {}), ...(later ? { later } : {}) };
};

/** The marker of one of a target's deployments. */
export const markerOf = (
  { pair, release, times }: ReleaseRecord,
  { name }: TargetRecord,
  direction: Marker['direction'],
  attempt: number,
): DatedMarker => ({ pair, release, target: name, direction, attempt, since: times.started });

/** The target with the deployment that goes forward, found by its marker where only its launch is known. */
export const withForward = async (
  record: ReleaseRecord,
  target: TargetRecord,
): Promise<TargetRecord> => {
  if (target.forward || !target.launching) return target;
  const forward = await findMarked(
    target.registration,
    markerOf(record, target, 'forward', FIRST_ATTEMPT),
  );
  return forward ? { ...target, forward } : target;
};

/** What CreateDeployment failed with: a refusal where CodeDeploy answered and would answer the same again. */
const asRefusal = (error: unknown): unknown =>
  error instanceof CodeDeployServiceException && error.$fault === 'client' && !isPassing(error)
    ? new DeploymentRefusedError(`${error.name}: ${error.message}`)
    : error;

/**
 * Creates a deployment once. CreateDeployment has no idempotency token, so our marker is looked up before the
 * call, and again when the group turns out to be occupied: the deployment there may be ours, its response lost.
 */
export const createOnce = async (
  group: Group,
  marker: DatedMarker,
  order: Pick<
    CreateDeploymentCommandInput,
    'deploymentConfigName' | 'overrideAlarmConfiguration' | 'autoRollbackConfiguration'
  > & { readonly appSpec: string },
): Promise<Launched> => {
  const before = await findMarked(group, marker);
  if (before) return { id: before };
  const { appSpec, ...settings } = order;
  try {
    const { deploymentId } = await codedeploy.send(
      new CreateDeploymentCommand({
        ...groupOf(group),
        ...settings,
        description: renderMarker(marker),
        revision: { revisionType: 'AppSpecContent', appSpecContent: { content: appSpec } },
      }),
    );
    return { id: deploymentId! };
  } catch (error) {
    if (!(error instanceof DeploymentLimitExceededException)) throw asRefusal(error);
    const ours = await findMarked(group, marker);
    return ours ? { id: ours } : { busy: true };
  }
};

/** A deployment that no alarm stops. */
const UNWATCHED = {
  overrideAlarmConfiguration: { enabled: false, alarms: [] },
} satisfies Partial<CreateDeploymentCommandInput>;

/**
 * How the deployment of a release goes forward: watched by the alarms of its group, unless it is started because of
 * them. CodeDeploy would stop at an alarm that is red already; under red alarms Tandem alone watches the others.
 */
export const forwardOf = (record: ReleaseRecord): Partial<CreateDeploymentCommandInput> =>
  goesBack(record) || record.underRed ? UNWATCHED : {};

/** A deployment that rolls back: at once, without hooks, and not stopped by the alarm that made it necessary. */
export const BACKWARD = {
  ...UNWATCHED,
  autoRollbackConfiguration: { enabled: false, events: [] },
} satisfies Partial<CreateDeploymentCommandInput>;

/** CodeDeploy's name of each wait. */
const WAITS: Readonly<Record<WaitName, DeploymentWaitType>> = {
  start: 'READY_WAIT',
  guard: 'TERMINATION_WAIT',
};

/** Whether CodeDeploy says that a deployment does not wait: any more, or as far as it sees. */
const saysNoWait = (error: unknown): boolean =>
  error instanceof DeploymentIsNotInReadyStateException ||
  error instanceof InvalidDeploymentStatusException ||
  error instanceof DeploymentAlreadyCompletedException;

/**
 * Ends one of CodeDeploy's waits. A refusal is no proof that the deployment goes on, so it is read then. Throws
 * TryAgainError while it is still shown as waiting.
 */
export const continueWait = async (deploymentId: string, wait: WaitName): Promise<Continued> => {
  const deploymentWaitType = WAITS[wait];
  try {
    await codedeploy.send(new ContinueDeploymentCommand({ deploymentId, deploymentWaitType }));
    return 'goes-on';
  } catch (error) {
    if (!saysNoWait(error)) throw error;
  }
  const { deploymentInfo: { status = '', instanceTerminationWaitTimeStarted } = {} } =
    await codedeploy.send(new GetDeploymentCommand({ deploymentId }));
  const became = continued(wait, {
    status,
    terminationWait: instanceTerminationWaitTimeStarted === true,
  });
  if (became) return became;
  throw new TryAgainError(
    `CodeDeploy does not end the ${deploymentWaitType} of deployment ${deploymentId}, but shows that it waits`,
  );
};

/** Stops a deployment and lets CodeDeploy roll it back; too late is no error: what is live is read anyway. */
export const stop = async (deploymentId: string): Promise<void> => {
  try {
    await codedeploy.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled: true }));
  } catch (error) {
    if (error instanceof DeploymentAlreadyCompletedException) return;
    throw error;
  }
};
