import { movingTargets, type TargetRecord } from '../core/record.ts';
import { ProveRelease } from '../core/steps/prove-release.ts';
import { PLATFORMS } from '../core/target.ts';
import { type Verdict, worst } from '../core/verdict.ts';
import { countValidation, type Outcome } from './metrics.ts';
import { proveMixed } from './probe/contract.ts';
import { smokeFunction } from './probe/smoke-function.ts';
import { smokeService } from './probe/smoke-service.ts';
import { step } from './step.ts';
import { changeRelease, readRelease } from './table/releases.ts';

const OUTCOMES: Readonly<Record<Verdict['verdict'], Outcome>> = {
  pass: 'Success',
  fail: 'Failure',
  inconclusive: 'Inconclusive',
};

/** Counts what a part of the proof says. */
const counted = async (platform: string, proving: Promise<Verdict>): Promise<Verdict> => {
  const verdict = await proving;
  countValidation(platform, 'ProveRelease', OUTCOMES[verdict.verdict]);
  return verdict;
};

const smoke = ({ registration, to }: TargetRecord): Promise<Verdict> =>
  counted(
    PLATFORMS[registration.kind],
    registration.kind === 'ecs'
      ? smokeService(registration)
      : smokeFunction(registration, to?.ref ?? ''),
  );

/** Checks green alone, and blue and green of both sides together, before any user meets it. */
export const handler = step(ProveRelease, async ({ pair, release, now }) => {
  const record = await readRelease(pair, release);
  const moving = movingTargets(record);
  const mixed = proveMixed(record);
  const proof = worst(
    await Promise.all([...moving.map(smoke), moving.length > 1 ? counted('Pair', mixed) : mixed]),
  );
  await changeRelease(pair, release, (current) => ({ ...current, phase: 'Proving', proof }), {
    at: now,
    line: () =>
      [`Green is proven: ${proof.verdict}`, ...proof.reasons.map(({ text }) => text)].join('; '),
  });
  return proof;
});
