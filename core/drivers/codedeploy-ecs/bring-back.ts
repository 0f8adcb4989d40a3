import { codedeployCommands, get, groupFlags } from '../codedeploy/commands.ts';
import type { MovedTarget } from '../driver.ts';
import { PRINTED, quoted, until } from '../shell.ts';
import { ecsAppSpec } from './app-spec.ts';
import type { EcsTarget } from './registration.ts';

/** The revision of a deployment as the command line takes it. */
const revisionOf = ({ registration, from, launch }: MovedTarget<EcsTarget>): string =>
  JSON.stringify({
    revisionType: 'AppSpecContent',
    appSpecContent: { content: ecsAppSpec(registration, from?.ref ?? '', 'rollback', launch) },
  });

/** The commands that deploy what the service came from. */
export const deployService = (target: MovedTarget<EcsTarget>): readonly string[] => [
  `aws deploy create-deployment ${groupFlags(target.registration)} --deployment-config-name CodeDeployDefault.ECSAllAtOnce --override-alarm-configuration enabled=false --auto-rollback-configuration enabled=false --revision ${quoted(revisionOf(target))} --query deploymentId --output text`,
  until('Ready', get(PRINTED, 'status')),
  ...codedeployCommands.shift(PRINTED),
];
