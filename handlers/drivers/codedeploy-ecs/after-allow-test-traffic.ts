import { smokeVerdict } from '../../../core/checks/smoke.ts';
import { goesBack } from '../../../core/release/intent.ts';
import { pass, type Verdict } from '../../../core/release/verdict.ts';
import type { HookCase } from '../../hooks/hook.ts';
import { serviceOf } from './registration.ts';
import { smokeService } from './smoke-service.ts';
import { untilGreenAnswers } from './test-traffic.ts';

/** Once the test listener leads to green, smoke checks against it; what rolls back is not proven again. */
export const checkTestTraffic = async ({
  record,
  target,
  deploymentId,
}: HookCase): Promise<Verdict> => {
  if (goesBack(record)) return pass;
  const service = serviceOf(target);
  const reached = await untilGreenAnswers(service, deploymentId);
  if (reached.verdict !== 'pass') return reached;
  return smokeVerdict(await smokeService(service, target.to!));
};
