import { checkAnswer } from '../../../core/checks/smoke.ts';
import type { EcsTarget } from '../../../core/drivers/target.ts';
import type { SmokeCheck } from '../../../core/proof/proof.ts';
import type { Named } from '../../../core/release/revision-words.ts';
import { addressOf, get } from '../../probe/http.ts';

/** Runs the smoke checks of a service against green, which is this revision, behind the test listener. */
export const smokeService = async (
  { name: target, testListener, host, checks }: EcsTarget,
  { name: revision, version }: Named,
): Promise<readonly SmokeCheck[]> => {
  const address = await addressOf(testListener, host);
  return Promise.all(
    checks.map(async ({ path, status }) =>
      checkAnswer(
        { target, revision, version, where: `GET ${path}` },
        status,
        await get(address, path),
      ),
    ),
  );
};
