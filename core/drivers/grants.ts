/** What the drivers need to be allowed, by function: apart from the drivers, since no function reads it. */
import { SERVICE_GRANTS } from './codedeploy-ecs/grants.ts';
import { FUNCTION_GRANTS } from './codedeploy-lambda/grants.ts';
import type { Grant, Grants } from './grant.ts';
import type { Target } from './target.ts';

const GRANTS: Readonly<Record<Target['driver'], Grants>> = {
  'codedeploy-ecs': SERVICE_GRANTS,
  'codedeploy-lambda': FUNCTION_GRANTS,
};

/** What all drivers together do in one function; what several of them do is there once. */
export const grantsOf = (name: keyof Grants): readonly Grant[] => [
  ...new Set(Object.values(GRANTS).flatMap((grants) => grants[name] ?? [])),
];
