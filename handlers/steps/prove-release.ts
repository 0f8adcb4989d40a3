import { smokeVerdict } from '../../core/checks/smoke.ts';
import { driverOf } from '../../core/drivers/drivers.ts';
import { proofOf, type SmokeCheck } from '../../core/proof/proof.ts';
import { provenOf } from '../../core/proof/proof-table.ts';
import { warmedTargets } from '../../core/protocol/phases/warming.ts';
import { withProof, withWarmUp } from '../../core/protocol/preparing.ts';
import { movingTargets, type ReleaseRecord, type TargetRecord } from '../../core/record/record.ts';
import type { Verdict } from '../../core/release/verdict.ts';
import { ProveRelease } from '../../core/steps/prove-release.ts';
import { provingOf } from '../drivers/proving.ts';
import { countValidation, type Outcome } from '../function/metrics.ts';
import { step } from '../function/step.ts';
import { proveMixed } from '../probe/contract.ts';
import { warmUp } from '../probe/warm-up.ts';
import { readOwned } from '../releases/owned.ts';
import { changeRelease } from '../table/releases.ts';

const OUTCOMES: Readonly<Record<Verdict['verdict'], Outcome>> = {
  pass: 'Success',
  fail: 'Failure',
  inconclusive: 'Inconclusive',
};

/** Counts what a part of the proof says. */
const count = (platform: string, { verdict }: Pick<Verdict, 'verdict'>): void =>
  countValidation(platform, 'ProveRelease', OUTCOMES[verdict]);

const smoke = async ({ registration, to }: TargetRecord): Promise<readonly SmokeCheck[]> => {
  const checks = await provingOf(registration).smoke(registration, to!);
  count(driverOf(registration).platform, smokeVerdict(checks));
  return checks;
};

const testAddressOf = async ({ name, registration }: TargetRecord) => {
  const address = await provingOf(registration).testAddressOf(registration);
  return address ? [[name, address] as const] : [];
};

/** Warms green of every target that moves, and records it; no answer of a warm-up decides anything. */
const warm = async (record: ReleaseRecord, now: string): Promise<void> => {
  const targets = await Promise.all(
    warmedTargets(record).map(async (one) => [one.name, await warmUp(record, one)] as const),
  );
  const warmed = { at: now, targets: Object.fromEntries(targets) };
  await changeRelease(record.pair, record.release, (current) => withWarmUp(current, warmed), {
    at: now,
    fact: () => ({ kind: 'warmed', data: { targets: warmed.targets } }),
  });
};

/** Checks green alone, and blue and green of both sides together; called again right before the shift, it warms green. */
export const handler = step(ProveRelease, async ({ now, ...about }) => {
  const { pair, release } = about;
  const record = await readOwned(about);
  if (record.proof) {
    await warm(record, now);
    const { verdict, reasons } = record.proof;
    return { verdict, reasons };
  }
  const moving = movingTargets(record);
  const [mixed, smoked, addresses] = await Promise.all([
    proveMixed(record),
    Promise.all(moving.map(smoke)),
    Promise.all(moving.map(testAddressOf)),
  ]);
  count('Pair', mixed);
  const checks = smoked.flat();
  const proof = proofOf(mixed, checks, smokeVerdict(checks));
  await changeRelease(pair, release, (current) => withProof(current, proof, addresses.flat()), {
    at: now,
    fact: () => ({ kind: 'proven', data: provenOf(proof) }),
  });
  return { verdict: proof.verdict, reasons: proof.reasons };
});
