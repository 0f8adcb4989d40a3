import { smokeVerdict } from '../../core/checks/smoke.ts';
import { goesBack } from '../../core/intent.ts';
import { pass } from '../../core/verdict.ts';
import { smokeService } from '../probe/smoke-service.ts';
import { hook } from './hook.ts';

/** ECS AfterAllowTestTraffic: smoke checks against green, behind the test listener; what goes back is not proven again. */
export const handler = hook('AfterAllowTestTraffic', async ({ record, target }) => {
  const { registration, to } = target;
  if (registration.kind !== 'ecs' || goesBack(record)) return pass;
  return smokeVerdict(await smokeService(registration, to?.name ?? ''));
});
