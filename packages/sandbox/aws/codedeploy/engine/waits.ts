/** The two waits that an ECS deployment group configures: before traffic moves, and before blue is terminated. */
import { announce } from './announcing.ts';
import { type Ending, Interrupted } from './failure.ts';
import type { Run } from './run.ts';

/** Holds the deployment at Ready until a person continues it; when the time is over it is stopped. */
export const waitForReady = async (run: Run): Promise<void> => {
  const { deployment, cloud } = run;
  const { actionOnTimeout, waitTimeInMinutes = 0 } =
    deployment.settings.blueGreenDeploymentConfiguration?.deploymentReadyOption ?? {};
  if (actionOnTimeout !== 'STOP_DEPLOYMENT') return;
  deployment.status = 'Ready';
  announce(cloud, deployment, 'READY');
  const gate = run.gate<'continue'>('ready', waitTimeInMinutes * 60_000);
  if ((await gate.passed) === undefined) throw new Interrupted(expired(waitTimeInMinutes));
  deployment.status = 'InProgress';
};

/** Keeps the original task set for the group's termination wait time; the deployment stays InProgress. */
export const waitForTermination = async (run: Run): Promise<void> => {
  const { deployment } = run;
  const { terminationWaitTimeInMinutes = 0 } =
    deployment.settings.blueGreenDeploymentConfiguration
      ?.terminateBlueInstancesOnDeploymentSuccess ?? {};
  deployment.terminationWaitStarted = true;
  if (terminationWaitTimeInMinutes === 0) return;
  await run.gate<'continue'>('termination', terminationWaitTimeInMinutes * 60_000).passed;
};

/** An expired wait counts as a stop on request: only that event rolls it back. */
const expired = (minutes: number): Ending => ({
  status: 'Stopped',
  code: 'TIMEOUT',
  message: `The deployment timed out while waiting for a notification to continue. This time out period is ${minutes} minutes.`,
  event: 'DEPLOYMENT_STOP_ON_REQUEST',
});
