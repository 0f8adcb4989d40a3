/** How CodeDeploy watches the alarms of a deployment: it reads their state, now and every ten seconds. */
import type { AlarmConfiguration } from '@aws-sdk/client-codedeploy';
import type { Timer } from '../../../clock/clock.ts';
import type { DeploymentFailure, Ending } from './failure.ts';
import type { Run } from './run.ts';

/** Seconds of service time between two looks. AWS stopped within 23 s of an alarm where it was measured. */
const POLL = 10;

/** Ends the watch. */
export type EndWatch = () => void;

/**
 * Watches the alarms of a deployment until the watch is ended, and stops the deployment on the first red one. The
 * first look is over when this resolves, so that an alarm that is red already stops it before anything happens.
 */
export const watchAlarms = async (run: Run): Promise<EndWatch> => {
  const configuration = alarmsOf(run);
  if (!configuration) return () => undefined;
  let timer: Timer | undefined;
  let over = false;

  const look = async () => {
    const ending = await judge(run, configuration);
    if (over) return;
    if (ending) run.interrupt(ending);
    else timer = run.cloud.clock.after(POLL * 1000, () => void look());
  };

  await look();
  return () => {
    over = true;
    timer?.cancel();
  };
};

const alarmsOf = ({ deployment, cloud }: Run): AlarmConfiguration | undefined => {
  if (deployment.rollbackOf && !cloud.quirks.alarmBlocksRollback) return undefined;
  const configuration = deployment.overrideAlarms ?? deployment.settings.alarmConfiguration;
  return configuration?.enabled && configuration.alarms?.length ? configuration : undefined;
};

/** The end that the state of the alarms leads to, if any. */
const judge = async (run: Run, configuration: AlarmConfiguration): Promise<Ending | undefined> => {
  const names = (configuration.alarms ?? []).map(({ name }) => name as string);
  try {
    // No AlarmTypes: metric alarms only. Whether CodeDeploy reads composite ones is not documented.
    const { MetricAlarms = [] } = await run.act('cloudwatch', 'DescribeAlarms', {
      AlarmNames: names,
    });
    const states = new Map<string, string>(
      MetricAlarms.map((alarm: any) => [alarm.AlarmName, alarm.StateValue]),
    );
    const active = names.filter((name) => states.get(name) === 'ALARM');
    if (active.length > 0) return stopped(activated(active));
    const missing = names.filter((name) => !states.has(name));
    if (missing.length === 0 || configuration.ignorePollAlarmFailure) return undefined;
    return stopped(
      `The state of the alarms could not be retrieved: ${missing.join(', ')} not found`,
    );
  } catch (error) {
    if (configuration.ignorePollAlarmFailure) return undefined;
    const { code, message } = error as DeploymentFailure;
    if (code === 'IAM_ROLE_PERMISSIONS') {
      return { status: 'Failed', code, message, event: 'DEPLOYMENT_FAILURE' };
    }
    return stopped(message);
  }
};

const stopped = (message: string): Ending => ({
  status: 'Stopped',
  code: 'ALARM_ACTIVE',
  message,
  event: 'DEPLOYMENT_STOP_ON_ALARM',
});

const activated = (names: readonly string[]) =>
  `One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. Activated alarms: ${names.map((name) => `<${name}>`).join(' ')}`;
