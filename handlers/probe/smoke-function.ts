import { checkAnswer } from '../../core/checks/smoke.ts';
import type { LambdaTarget } from '../../core/target.ts';
import { type Verdict, worst } from '../../core/verdict.ts';
import { invoke } from './invoke.ts';

/** Runs the smoke checks of a function against one version, by its qualifier. */
export const smokeFunction = async (target: LambdaTarget, version: string): Promise<Verdict> => {
  const verdicts = await Promise.all(
    target.checks.map(async ({ event, status }) =>
      checkAnswer(
        target.name,
        `Version ${version} of ${target.name}, invoked with ${JSON.stringify(event)},`,
        status,
        await invoke(target.function, version, event),
      ),
    ),
  );
  return worst(verdicts);
};
