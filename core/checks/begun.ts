import type { ReleaseRecord, TargetRecord } from '../record/record.ts';
import { reason } from '../release/reason.ts';
import { fail, pass, type Verdict } from '../release/verdict.ts';

/**
 * Whether a deployment that begins is the one that its release launches now. Its marker names the release, but a
 * marker can be copied, and a call that creates a deployment can take effect when nobody waits for it any more.
 */
export const checkBegun = (
  { phase }: Pick<ReleaseRecord, 'phase'>,
  { name, forward }: Pick<TargetRecord, 'name' | 'forward'>,
  deploymentId: string,
): Verdict => {
  const unplanned = (text: string) =>
    fail(
      reason('not-as-planned', `Deployment ${deploymentId} of ${name} ${text}`, { target: name }),
    );
  if (phase !== 'Staging') return unplanned(`begins while the release is ${phase}, not Staging`);
  return forward === undefined || forward === deploymentId
    ? pass
    : unplanned(`carries the marker of deployment ${forward}`);
};
