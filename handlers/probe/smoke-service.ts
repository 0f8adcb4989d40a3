import { checkAnswer } from '../../core/checks/smoke.ts';
import type { EcsTarget } from '../../core/target.ts';
import { type Verdict, worst } from '../../core/verdict.ts';
import { get, urlOf } from './http.ts';

/** Runs the smoke checks of a service against green, behind the test listener. */
export const smokeService = async (target: EcsTarget): Promise<Verdict> => {
  const base = await urlOf(target.testListener);
  const verdicts = await Promise.all(
    target.checks.map(async ({ path, status }) =>
      checkAnswer(
        target.name,
        `GET ${path} of green ${target.name}`,
        status,
        await get(base, path),
      ),
    ),
  );
  return worst(verdicts);
};
