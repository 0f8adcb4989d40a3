import { smokeVerdict } from '../core/checks/smoke.ts';
import { proofOf, type SmokeCheck } from '../core/proof.ts';
import { proofLine } from '../core/proof-table.ts';
import { movingTargets, type TargetRecord } from '../core/record.ts';
import { ProveRelease } from '../core/steps/prove-release.ts';
import { proveMixed } from './probe/contract.ts';
import { smokeFunction } from './probe/smoke-function.ts';
import { smokeService } from './probe/smoke-service.ts';
import { step } from './step.ts';
import { changeRelease, readRelease } from './table/releases.ts';

const smoke = ({ registration, to }: TargetRecord): Promise<readonly SmokeCheck[]> =>
  registration.kind === 'ecs'
    ? smokeService(registration, to?.name ?? '')
    : smokeFunction(registration, to?.ref ?? '');

/** Checks green alone, and blue and green of both sides together, before any user meets it. */
export const handler = step(ProveRelease, async ({ pair, release, now }) => {
  const record = await readRelease(pair, release);
  const [mixed, smoked] = await Promise.all([
    proveMixed(record),
    Promise.all(movingTargets(record).map(smoke)),
  ]);
  const checks = smoked.flat();
  const proof = proofOf(mixed, checks, smokeVerdict(checks));
  await changeRelease(pair, release, (current) => ({ ...current, phase: 'Proving', proof }), {
    at: now,
    line: () => proofLine(proof),
  });
  return { verdict: proof.verdict, reasons: proof.reasons };
});
