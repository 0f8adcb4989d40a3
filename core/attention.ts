import { ecsAppSpec } from './appspec.ts';
import { type Reason, reason } from './reason.ts';
import type { TargetRecord } from './record.ts';
import type { EcsTarget } from './target.ts';

/** The revision of a deployment as the command line takes it. */
const revisionOf = (target: EcsTarget, taskDefinition: string): string =>
  JSON.stringify({
    revisionType: 'AppSpecContent',
    appSpecContent: { content: ecsAppSpec(target, taskDefinition, 'rollback') },
  });

/** The command with which a person brings a target back to where it came from. */
const commandFor = ({ registration, from }: TargetRecord): string =>
  registration.kind === 'lambda'
    ? `aws lambda update-alias --function-name ${registration.function} --name ${registration.alias} --function-version ${from?.ref} --routing-config AdditionalVersionWeights={}`
    : `aws deploy create-deployment --application-name ${registration.application} --deployment-group-name ${registration.deploymentGroup} --deployment-config-name CodeDeployDefault.ECSAllAtOnce --revision '${revisionOf(registration, from?.ref ?? '')}', and when it is Ready: aws deploy continue-deployment --deployment-id <its id>`;

/** Why a target could not be taken back, and exactly what a person does now. */
export const stuckReason = (target: TargetRecord): Reason => {
  const { name, lane, from, back, refused = [], unread } = target;
  const live = lane.live || 'an unknown revision';
  const found = unread
    ? `${name} could not be read: ${unread}. It served ${live} when it was last seen, and must serve ${from?.name}`
    : `${name} serves ${live} and could not be brought back to ${from?.name}`;
  const why = refused.length > 0 ? `. It was refused last: ${refused.at(-1)}` : '';
  return reason(
    'take-back-failed',
    `${found}; nothing more is touched. Bring it back with: ${commandFor(target)}${why}`,
    { target: name, figures: { tries: back.length + refused.length } },
  );
};
