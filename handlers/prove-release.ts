import { movingTargets, type TargetRecord } from '../core/record.ts';
import { ProveRelease } from '../core/steps/prove-release.ts';
import { type Verdict, worst } from '../core/verdict.ts';
import { proveMixed } from './probe/contract.ts';
import { smokeFunction } from './probe/smoke-function.ts';
import { smokeService } from './probe/smoke-service.ts';
import { step } from './step.ts';
import { changeRelease, readRelease } from './table/releases.ts';

const smoke = ({ registration, to }: TargetRecord): Promise<Verdict> =>
  registration.kind === 'ecs'
    ? smokeService(registration)
    : smokeFunction(registration, to?.ref ?? '');

/** Checks green alone, and blue and green of both sides together, before any user meets it. */
export const handler = step(ProveRelease, async ({ pair, release, now }) => {
  const record = await readRelease(pair, release);
  const proof = worst(await Promise.all([...movingTargets(record).map(smoke), proveMixed(record)]));
  await changeRelease(pair, release, (current) => ({ ...current, phase: 'Proving', proof }), {
    at: now,
    line: () =>
      [`Green is proven: ${proof.verdict}`, ...proof.reasons.map(({ text }) => text)].join('; '),
  });
  return proof;
});
