import { smokeVerdict } from '../../core/checks/smoke.ts';
import { pass } from '../../core/verdict.ts';
import { smokeService } from '../probe/smoke-service.ts';
import { hook } from './hook.ts';

/** ECS AfterAllowTestTraffic: smoke checks against green, behind the test listener. */
export const handler = hook('AfterAllowTestTraffic', async ({ target: { registration, to } }) =>
  registration.kind === 'ecs'
    ? smokeVerdict(await smokeService(registration, to?.name ?? ''))
    : pass,
);
