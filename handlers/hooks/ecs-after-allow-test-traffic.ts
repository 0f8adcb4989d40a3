import { smokeVerdict } from '../../core/checks/smoke.ts';
import { goesBack } from '../../core/release/intent.ts';
import { pass } from '../../core/release/verdict.ts';
import { smokeService } from '../drivers/codedeploy-ecs/smoke-service.ts';
import { untilGreenAnswers } from '../drivers/codedeploy-ecs/test-traffic.ts';
import { hook } from './hook.ts';

/** ECS AfterAllowTestTraffic: once the test listener leads to green, smoke checks against it; what goes back is not proven again. */
export const handler = hook('AfterAllowTestTraffic', async ({ record, target, deploymentId }) => {
  const { registration, to } = target;
  if (registration.kind !== 'ecs' || goesBack(record)) return pass;
  const reached = await untilGreenAnswers(registration, deploymentId);
  if (reached.verdict !== 'pass') return reached;
  return smokeVerdict(await smokeService(registration, to!));
});
