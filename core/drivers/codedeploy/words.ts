/** What a driver of CodeDeploy says, and what records of before call by CodeDeploy's words. */
import type { DeploymentObservation } from '../deployment.ts';
import type { Driver, Holds } from '../driver.ts';
import { observedOf, type ShownDeployment } from './observed.ts';

/** What is told of a deployment that is lost: `CodeDeploy's deployment d-1 of web is Stopped: ALARM_ACTIVE: …`. */
const lostText = (target: string, { id, status, lost }: DeploymentObservation): string =>
  `CodeDeploy's deployment ${id} of ${target} is ${status}${lost?.says ? `: ${lost.says}` : ''}`;

/** Words of steps that a Tandem wrote which knew no other driver. */
const WORDS = {
  READY_WAIT: 'start',
  TERMINATION_WAIT: 'guard',
  codedeploy: 'platform',
  'restore-alias': 'restore',
};

/** The words of a driver that is held in this way. */
export const codedeployWords = (
  holds: Pick<Holds, 'start' | 'barrier'>,
): Pick<Driver, 'lostText' | 'former'> => ({
  lostText,
  former: {
    readDeployment: (kept) => observedOf(kept as ShownDeployment, holds),
    words: WORDS,
  },
});
