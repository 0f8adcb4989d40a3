/** Registrations of targets, whichever driver moves them. */
import * as z from 'zod/mini';
import { EcsTarget } from './codedeploy-ecs/registration.ts';
import { LambdaTarget } from './codedeploy-lambda/registration.ts';

export { EcsTarget, LambdaTarget };

/** What moves: an ECS service or a Lambda alias. @internal */
export const TargetKind = z.enum(['ecs', 'lambda']);
export type TargetKind = z.infer<typeof TargetKind>;

/** One target's registration. */
export const Target = z.discriminatedUnion('kind', [EcsTarget, LambdaTarget]);
export type Target = z.infer<typeof Target>;
