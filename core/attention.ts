import { ecsAppSpec } from './appspec.ts';
import { isActive, type TargetObservation } from './observation.ts';
import { isOfOthers } from './of-others.ts';
import { type Reason, reason } from './reason.ts';
import type { TargetRecord } from './record.ts';
import { revisionText, seenText } from './revision-words.ts';
import type { EcsTarget } from './target.ts';

/** The revision of a deployment as the command line takes it. */
const revisionOf = (target: EcsTarget, { from, launch }: TargetRecord): string =>
  JSON.stringify({
    revisionType: 'AppSpecContent',
    appSpecContent: { content: ecsAppSpec(target, from?.ref ?? '', 'rollback', launch) },
  });

const goOn = (id: string): string =>
  `aws deploy continue-deployment --deployment-id ${id} --deployment-wait-type READY_WAIT`;

/** The command with which a person brings a target back to where it came from; an alarm that is red does not stop it. */
const commandFor = (target: TargetRecord): string => {
  const { registration, from } = target;
  return registration.kind === 'lambda'
    ? `aws lambda update-alias --function-name ${registration.function} --name ${registration.alias} --function-version ${from?.ref} --routing-config AdditionalVersionWeights={}`
    : `aws deploy create-deployment --application-name ${registration.application} --deployment-group-name ${registration.deploymentGroup} --deployment-config-name CodeDeployDefault.ECSAllAtOnce --override-alarm-configuration enabled=false --auto-rollback-configuration enabled=false --revision '${revisionOf(registration, target)}', and when it is Ready: ${goOn('<its id>')}`;
};

/** What is not as it should be, and exactly what a person does now. */
const stateOf = (target: TargetRecord, reading: TargetObservation | undefined): string => {
  const { name, lane, from, unread } = target;
  const { forward, back, foreign } = reading ?? {};
  const live = lane.live ? seenText(target, lane.live) : 'an unknown revision';
  const wanted = revisionText(from);
  const serves = `${name} serves ${live}`;
  const left = 'nothing more is touched';
  if (unread) {
    return `${name} could not be read: ${unread}. It served ${live} when it was last seen, and must serve ${wanted}; ${left}. Bring it back with: ${commandFor(target)}`;
  }
  if (forward && isActive(forward)) {
    const rest = lane.live === from?.name ? '' : `, and then: ${commandFor(target)}`;
    return `${serves}, but its deployment ${forward.id} is still ${forward.status} and could not be stopped; ${left}. Stop it with: aws deploy stop-deployment --deployment-id ${forward.id} --auto-rollback-enabled${rest}`;
  }
  if (foreign !== undefined) {
    return `${serves}, and deployment ${foreign}, which Tandem did not start, keeps its group busy; ${left}. Wait for it with: aws deploy wait deployment-successful --deployment-id ${foreign} (or stop it with: aws deploy stop-deployment --deployment-id ${foreign}), and if ${name} does not serve ${wanted} then: ${commandFor(target)}`;
  }
  if (reading && isOfOthers(target, reading)) {
    return `${serves}, which others have put live since this release began; ${left}. If it is to serve ${wanted} again: ${commandFor(target)}`;
  }
  if (back?.status === 'Ready') {
    return `${serves}, and its way back to ${wanted}, deployment ${back.id}, is Ready and could not be continued; ${left}. Let it go on with: ${goOn(back.id)}`;
  }
  if (back && isActive(back)) {
    return `${serves}, and its way back to ${wanted}, deployment ${back.id}, is still ${back.status}; ${left}. Stop it first with: aws deploy stop-deployment --deployment-id ${back.id}, and then: ${commandFor(target)}`;
  }
  return `${serves} and could not be brought back to ${wanted}; ${left}. Bring it back with: ${commandFor(target)}`;
};

/** Why a target could not be taken back, and exactly what a person does now. */
export const stuckReason = (
  target: TargetRecord,
  reading: TargetObservation | undefined,
): Reason => {
  const { name, back, refused = [] } = target;
  const why = refused.length > 0 ? `. It was refused last: ${refused.at(-1)?.why}` : '';
  return reason('take-back-failed', `${stateOf(target, reading)}${why}`, {
    target: name,
    figures: { tries: back.length + refused.length },
  });
};
