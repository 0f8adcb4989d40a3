import { checkAnswer } from '../../../core/checks/smoke.ts';
import type { LambdaTarget } from '../../../core/drivers/target.ts';
import type { SmokeCheck } from '../../../core/proof/proof.ts';
import type { Named } from '../../../core/release/revision-words.ts';
import { invoke } from './invoke.ts';

/** Runs the smoke checks of a function against one version, by its qualifier. */
export const smokeFunction = (
  { name: target, function: name, checks }: LambdaTarget,
  { name: revision, version }: Named,
): Promise<readonly SmokeCheck[]> =>
  Promise.all(
    checks.map(async ({ event, status }) =>
      checkAnswer(
        { target, revision, version, where: `invoke ${JSON.stringify(event)}` },
        status,
        await invoke(name, revision, event),
      ),
    ),
  );
