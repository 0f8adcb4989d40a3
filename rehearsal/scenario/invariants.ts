import { BARRIER } from '../../core/drivers/codedeploy/events.ts';
import { readMarker } from '../../core/drivers/codedeploy/marker.ts';
import type { ReleaseRecord, TargetRecord } from '../../core/record/record.ts';
import { minutes, toMilliseconds } from '../../core/text/time.ts';
import type { Stage } from '../stage/stage.ts';
import { factsBroken } from './facts-broken.ts';
import { DUTY_ROLE } from './person/person.ts';

/** Something that a role of Tandem did to a deployment or to traffic. */
export interface Deed {
  /** Milliseconds since 1970, service time. */
  readonly at: number;
  readonly operation: string;
  readonly deploymentId: string | undefined;
}

const DEEDS: ReadonlySet<string> = new Set([
  'CreateDeployment',
  'ContinueDeployment',
  'StopDeployment',
  'UpdateAlias',
]);

/** Notes from now on which releases' ends were told: their ids. */
export const watchTold = ({ sandbox }: Stage): ReadonlySet<string> => {
  const told = new Set<string>();
  sandbox.watch(({ service, operation, input }, outcome) => {
    if (service !== 'sns' || operation !== 'Publish' || 'error' in outcome) return;
    const { Message, MessageAttributes } = input as {
      readonly Message: string;
      readonly MessageAttributes?: Readonly<Record<string, { readonly StringValue?: string }>>;
    };
    if (MessageAttributes?.kind?.StringValue !== 'release-ended') return;
    told.add(JSON.parse(JSON.parse(Message).default).releaseId);
  });
  return told;
};

/** Notes from now on what Tandem does; what CodeDeploy or a person does with a role of their own is not Tandem's deed. */
export const watchDeeds = ({ sandbox }: Stage): readonly Deed[] => {
  const deeds: Deed[] = [];
  sandbox.watch(({ principal, operation, input }) => {
    if (principal.kind !== 'role' || principal.session === 'codedeploy') return;
    if (principal.arn.endsWith(`/${DUTY_ROLE}`)) return;
    if (!DEEDS.has(operation)) return;
    const { deploymentId } = input as { deploymentId?: string };
    deeds.push({ at: Math.floor(sandbox.clock.now()), operation, deploymentId });
  });
  return deeds;
};

/** A deployment as the laws look at it. */
interface Deployment {
  readonly deploymentId: string;
  readonly status: string;
  readonly description?: string;
  readonly creator: string;
  /** When its barrier began, by CodeDeploy's own record; milliseconds since 1970. */
  readonly arrived?: number;
}

const OVER: readonly string[] = ['Succeeded', 'Failed', 'Stopped'];

/** When the barrier of a deployment began, as CodeDeploy has it; undefined where it never came so far. */
const arrivalOf = async (
  { sandbox: { call } }: Stage,
  deploymentId: string,
): Promise<number | undefined> => {
  const { targetIds } = await call('codedeploy', 'ListDeploymentTargets', { deploymentId }).catch(
    // What was refused before it started has no targets.
    () => ({ targetIds: [] }),
  );
  if (targetIds.length === 0) return undefined;
  const about = { deploymentId, targetIds };
  const { deploymentTargets } = await call('codedeploy', 'BatchGetDeploymentTargets', about);
  const [{ ecsTarget, lambdaTarget } = {} as any] = deploymentTargets;
  const events: readonly any[] = (ecsTarget ?? lambdaTarget)?.lifecycleEvents ?? [];
  const start = events.find((one) => one.lifecycleEventName === BARRIER)?.startTime;
  return start === undefined ? undefined : new Date(start).getTime();
};

/** Every deployment that the groups of the releases have had. */
const deploymentsOf = async (
  stage: Stage,
  records: readonly ReleaseRecord[],
): Promise<readonly Deployment[]> => {
  const { call } = stage.sandbox;
  const groups = new Map(
    records
      .flatMap(({ targets }) => Object.values(targets))
      .map(({ registration }) => [registration.deploymentGroup, registration.application]),
  );
  const found: Deployment[] = [];
  for (const [deploymentGroupName, applicationName] of groups) {
    const group = { applicationName, deploymentGroupName };
    const { deployments } = await call('codedeploy', 'ListDeployments', group);
    for (const deploymentId of deployments) {
      const { deploymentInfo } = await call('codedeploy', 'GetDeployment', { deploymentId });
      const arrived = await arrivalOf(stage, deploymentId);
      found.push({ ...deploymentInfo, ...(arrived === undefined ? {} : { arrived }) });
    }
  }
  return found;
};

const isOurs = ({ description, creator }: Deployment) =>
  readMarker(description) !== undefined || creator === 'codeDeployRollback';

/** What a promoted release must have behind it: all of its bake, all of its guard, deployments that succeeded. */
const promotedInVain = (record: ReleaseRecord, deployments: readonly Deployment[]): string[] => {
  const { times, policy, commands, targets } = record;
  const lasted = (from: string | undefined, to: string | undefined, wanted: number) =>
    from !== undefined && to !== undefined && toMilliseconds(to) - toMilliseconds(from) >= wanted;
  const problems: string[] = [];
  const moved = Object.values(targets).filter(({ unchanged }) => !unchanged);
  const deploymentOf = ({ forward }: TargetRecord) =>
    deployments.find(({ deploymentId }) => deploymentId === forward);
  // By CodeDeploy's own record: what the release made of it may be what is wrong.
  const arrived = moved.map((one) => deploymentOf(one)?.arrived ?? Number.POSITIVE_INFINITY);
  const baked = toMilliseconds(times.decided ?? times.started) - Math.max(...arrived);
  if (!commands.promote && baked < minutes(policy.bakeMinutes)) {
    problems.push(`${record.release} was promoted before its bake was over`);
  }
  if (!lasted(times.guarded, times.guardEnded, minutes(policy.guardMinutes))) {
    problems.push(`${record.release} was promoted before its guard was over`);
  }
  for (const one of moved) {
    const status = deploymentOf(one)?.status;
    if (status !== 'Succeeded') {
      problems.push(
        `${record.release} was promoted, but the deployment of ${one.name} is ${status}`,
      );
    }
  }
  return problems;
};

/** Laws of the protocol that were broken, whatever the scenario did: a sentence for each. */
export const protocolBroken = async (
  stage: Stage,
  records: readonly ReleaseRecord[],
  deeds: readonly Deed[],
  told: ReadonlySet<string>,
  edited: ReadonlySet<string>,
): Promise<readonly string[]> => {
  const problems = records
    .filter(({ release }) => !told.has(release))
    .map(({ release, end }) => `nobody was told that ${release} ended ${end}`);
  const deployments = await deploymentsOf(stage, records);
  const attention = records.some(({ end }) => end === 'NeedsAttention');

  for (const record of records) {
    const facts = await factsBroken(stage, record, edited.has(record.release));
    problems.push(...facts.problems);
    // After the table was restored, a person may have written an end: Tandem writes a fact with each.
    if (record.end === 'Promoted' && !facts.byHand)
      problems.push(...promotedInVain(record, deployments));
    for (const { text } of record.reasons) {
      // `received undefined` is how a schema says that a member is missing.
      if (/(?<!received )undefined|NaN|\[object/.test(text))
        problems.push(`no person understands: ${text}`);
    }
  }
  for (const { deploymentId, status, description = '' } of deployments.filter(isOurs)) {
    if (!OVER.includes(status) && !attention) {
      problems.push(`deployment ${deploymentId} (${description}) is still ${status}`);
    }
  }
  const markers = deployments.flatMap(({ description }) =>
    readMarker(description) ? [description] : [],
  );
  for (const marker of new Set(markers)) {
    const count = markers.filter((other) => other === marker).length;
    if (count > 1) problems.push(`${marker} was deployed ${count} times`);
  }

  const over = Math.max(...records.map(({ times }) => toMilliseconds(times.ended!)));
  for (const { at, operation, deploymentId } of deeds) {
    if (records.length > 0 && at > over) {
      problems.push(`${operation} was called after the last release had ended`);
    }
    const touched = deployments.find((one) => one.deploymentId === deploymentId);
    if (touched && !isOurs(touched)) {
      problems.push(`${operation} was called for deployment ${deploymentId} of somebody else`);
    }
  }
  return problems;
};
