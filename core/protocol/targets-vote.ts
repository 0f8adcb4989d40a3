import { barrierHook } from '../deployments/hook-answers.ts';
import {
  isActive,
  isLost,
  type Observation,
  type TargetObservation,
} from '../deployments/observation.ts';
import { isOfOthers } from '../deployments/of-others.ts';
import type { DeploymentObservation } from '../drivers/deployment.ts';
import { driverOf, holdsOf } from '../drivers/drivers.ts';
import { hookOf, movingTargets, type ReleaseRecord, type TargetRecord } from '../record/record.ts';
import { type Vote, vote } from '../record/vote.ts';
import { type Reason, reason } from '../release/reason.ts';
import { revisionText, seenText } from '../release/revision-words.ts';
import { fail, pass } from '../release/verdict.ts';
import { minutes } from '../text/time.ts';

/** Whether green waited for traffic that the release never let come, until its wait was over. */
const waitedInVain = (target: TargetRecord, { lost }: DeploymentObservation): boolean =>
  lost?.by === 'timeout' && holdsOf(target).start.by === 'wait' && !target.released;

/** What the hooks of a deployment said when they failed it. */
const toldByHooks = ({ failedHooks }: ReleaseRecord, { id }: DeploymentObservation): Reason[] =>
  failedHooks.flatMap(({ deploymentId, reasons }) => (deploymentId === id ? reasons : []));

/** Why a deployment ended against the release, as far as its platform says more than "failed". */
const lostDeployment = (
  record: ReleaseRecord,
  target: TargetRecord,
  reading: TargetObservation,
  isRed: boolean,
): Reason[] => {
  const deployment = reading.forward;
  if (!deployment || !isLost(deployment)) return [];
  const about = { target: target.name };
  const text = driverOf(target.registration).lostText(target.name, deployment);
  if (deployment.lost?.by === 'alarm') {
    // It saw the same alarm; once is enough, unless it is no longer red when we look.
    return isRed ? [] : [reason('alarm-red', text, about)];
  }
  if (waitedInVain(target, deployment)) {
    const advice =
      'no traffic has moved. Lengthen the wait of the deployment group, or answer sooner, and start the release again';
    return [reason('ready-wait-expired', `${text.replace(/\.$/, '')}; ${advice}`, about)];
  }
  return [
    ...toldByHooks(record, deployment),
    reason(
      deployment.lost?.by === 'failure' ? 'deployment-failed' : 'deployment-stopped',
      text,
      about,
    ),
  ];
};

/** A barrier that the release answered, but that had ended Failed before: its deployment is lost, seen or not. */
const lostBarrier = (
  record: ReleaseRecord,
  target: TargetRecord,
  { forward }: TargetObservation,
): Reason[] =>
  record.decision === 'promote' &&
  !isLost(forward) &&
  barrierHook(record, target)?.answer === 'Failed'
    ? [
        reason(
          'deployment-failed',
          `${holdsOf(target).barrier.event} of ${target.name} ended Failed before the release could answer it: deployment ${target.forward} was stopped, or somebody else answered`,
          { target: target.name },
        ),
      ]
    : [];

/** Milliseconds that a hook may be in progress without a record of it. */
const LOST_HOOK = minutes(3);

const lostHooks = (
  record: ReleaseRecord,
  target: TargetRecord,
  reading: TargetObservation,
  now: number,
): Reason[] =>
  (['start', 'barrier'] as const).flatMap((name) => {
    const hold = holdsOf(target)[name];
    const { open, since } = reading.forward?.holds[name] ?? {};
    if (hold.by !== 'hook' || !open || since === undefined || now - since < LOST_HOOK) return [];
    if (hookOf(record, reading.forward?.id, hold.event)) return [];
    return [
      reason(
        'hook-lost',
        `${hold.event} of ${target.name} began ${Math.round((now - since) / 60_000)} minutes ago, but its hook never reported: Tandem cannot answer it, and it would fail after ${Math.round(hold.lifetime(record.policy) / 60_000)} minutes`,
        { target: target.name },
      ),
    ];
  });

const endedEarly = (
  record: ReleaseRecord,
  target: TargetRecord,
  reading: TargetObservation,
): Reason[] =>
  reading.forward?.state === 'done' && record.decision === 'none'
    ? [
        reason(
          'not-as-planned',
          `Deployment ${reading.forward.id} of ${target.name} succeeded before the release decided: somebody else answered its hooks`,
          { target: target.name },
        ),
      ]
    : [];

/** Whether users meet green before the release has started the shift. A view that lags shows it of a shift that started just now. */
const movedEarly = (
  record: ReleaseRecord,
  target: TargetRecord,
  { forward, share }: TargetObservation,
): Reason[] =>
  forward !== undefined &&
  share > 0 &&
  (record.times.shifted === undefined || (!target.released && forward.unmoved))
    ? [
        reason(
          'not-as-planned',
          `Users meet ${revisionText(target.to)} of ${target.name} before the release started the shift: somebody else continued deployment ${forward.id} or moved the traffic`,
          { target: target.name },
        ),
      ]
    : [];

/** Whether others have left another revision live since Prepare looked: a deployment of ours would undo their work. */
const movedAway = (
  target: TargetRecord,
  { forward, foreign, live }: TargetObservation,
): Reason[] =>
  forward === undefined && foreign === undefined && target.from && live !== target.from.name
    ? [
        reason(
          'not-as-planned',
          `${target.name} serves ${seenText(target, live)}, but served ${revisionText(target.from)} when this release began: somebody else moved it; start the release again`,
          { target: target.name },
        ),
      ]
    : [];

const foreign = (
  record: ReleaseRecord,
  target: TargetRecord,
  reading: TargetObservation,
): Reason[] =>
  reading.foreign !== undefined &&
  target.forward !== undefined &&
  record.policy.foreignDeployments === 'refuse'
    ? [
        reason(
          'foreign-deployment',
          `Deployment ${reading.foreign} in the group of ${target.name} was not started by Tandem`,
          { target: target.name },
        ),
      ]
    : [];

/** Deployments of others to targets that the release leaves alone: its revisions were not proven with what those bring. */
const beside = (record: ReleaseRecord, { neighbours = {} }: Observation): Reason[] =>
  record.policy.foreignDeployments === 'refuse'
    ? Object.entries(neighbours)
        .sort()
        .map(([target, id]) =>
          reason(
            'foreign-deployment',
            `Deployment ${id} of ${target}, which Tandem did not start, began while this release was under way: its new versions were not proven with what that deployment brings. Start the release again when it has ended`,
            { target },
          ),
        )
    : [];

/** Whether others have pointed users at a third revision while the release's own deployment moves them. */
const ledAway = (target: TargetRecord, reading: TargetObservation): Reason[] =>
  isActive(reading.forward) && target.released && isOfOthers(target, reading)
    ? [
        reason(
          'traffic-not-moved',
          `${target.name} serves ${seenText(target, reading.third ?? reading.live)}, which is neither its old nor its new version: somebody else moved traffic while deployment ${reading.forward!.id} was moving it`,
          { target: target.name },
        ),
      ]
    : [];

/**
 * What the targets say by where they are: each thing that should not be so is a reason against the release. A platform
 * stops at red alarms too; where they have been told (`isRed`), its word for them is not told again.
 */
export const targetsVote = (
  record: ReleaseRecord,
  observation: Observation,
  isRed: boolean,
): Vote => {
  const ofTargets = movingTargets(record).flatMap((target) => {
    const reading = observation.targets[target.name];
    if (!reading) return [];
    return [
      ...lostDeployment(record, target, reading, isRed),
      ...lostBarrier(record, target, reading),
      ...endedEarly(record, target, reading),
      ...movedEarly(record, target, reading),
      ...movedAway(target, reading),
      ...lostHooks(record, target, reading, observation.now),
      ...foreign(record, target, reading),
      ...ledAway(target, reading),
    ];
  });
  const reasons = [...ofTargets, ...beside(record, observation)];
  return vote('targets', reasons.length > 0 ? fail(...reasons) : pass);
};
