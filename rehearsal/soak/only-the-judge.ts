/** Sets the pair up so that nothing but the judge decides between green and blue. */
import { configurationOf } from '../../core/drivers/curves.ts';
import type { Curve } from '../../core/release/curve.ts';
import type { Policy } from '../../core/release/policy.ts';
import { register } from '../scenario/registrations.ts';
import type { Stage } from '../stage/stage.ts';

/** Ten steps, so that green meets users for half an hour beside blue, and little after that. */
const POLICY = {
  curve: { type: 'linear', percent: 10, minutes: 3 },
  bakeMinutes: 1,
  guardMinutes: 0,
  approval: 'none',
} as const satisfies Partial<Policy>;

/** The curve of what is only slightly worse: an hour and a half, since one failure more in a hundred takes thousands of requests to see. */
export const SLOW_CURVE = { type: 'linear', percent: 10, minutes: 10 } as const satisfies Curve;

const NO_ALARMS = { alarms: [], versionAlarms: { blue: [], green: [] } };

/** Takes alarms away from the pair and its deployment groups, and the check of a path that one bad version always fails. */
export const leaveItToTheJudge = async (stage: Stage): Promise<void> => {
  const { call } = stage.sandbox;
  await stage.settings((settings) => ({
    ...settings,
    join: 'manual',
    policy: { ...settings.policy, ...POLICY },
  }));
  await register(stage, 'web', { alarms: [], checks: [{ path: '/health' }, { path: '/ready' }] });
  await register(stage, 'api', NO_ALARMS);
  // AWS predefines it for functions only.
  await call('codedeploy', 'CreateDeploymentConfig', {
    deploymentConfigName: configurationOf('codedeploy-ecs', SLOW_CURVE).name,
    computePlatform: 'ECS',
    trafficRoutingConfig: {
      type: 'TimeBasedLinear',
      timeBasedLinear: {
        linearPercentage: SLOW_CURVE.percent,
        linearInterval: SLOW_CURVE.minutes,
      },
    },
  });
  for (const target of ['web', 'api']) {
    const name = `tandem-${stage.pair}-${target}`;
    await call('codedeploy', 'UpdateDeploymentGroup', {
      applicationName: name,
      currentDeploymentGroupName: name,
      alarmConfiguration: { enabled: false, alarms: [] },
    });
  }
};
