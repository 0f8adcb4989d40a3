import * as z from 'zod/mini';
import { Text } from '../text/schema.ts';
import { Curve } from './curve.ts';
import { JudgeSettings } from './judge-settings.ts';

/** Longest time in minutes that green can wait for its traffic: what the driver grants that grants least. */
const LONGEST_WAIT = 7200;

/** Minutes by which green's wait outlasts an approval: then the reason is ours, not a time-out. */
const MARGIN = 60;

const LONGEST_APPROVAL = LONGEST_WAIT - MARGIN;

/** Longest wait for a scan, in minutes. */
export const LONGEST_SCAN_WAIT = 15;

/** What a scan of the image must not have found. */
export const ImageScanPolicy = z.strictObject({
  failOn: z
    .enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'])
    .check(z.describe('Findings of this severity or a graver one reject the release.')),
  accepted: z
    ._default(z.array(Text), [])
    .check(z.describe('Findings that are known and accepted, by name, e.g. `CVE-2026-12345`.')),
  waitMinutes: z
    ._default(z.int().check(z.minimum(0), z.maximum(LONGEST_SCAN_WAIT)), 10)
    .check(
      z.describe('Minutes to wait for a scan that is not done; then the release is rejected.'),
    ),
});
export type ImageScanPolicy = z.infer<typeof ImageScanPolicy>;

/** What the release of a pair must fulfil. Every member has a default that needs no thought. */
export const Policy = z.strictObject({
  curve: z
    ._default(Curve, { type: 'canary', percent: 10, minutes: 5 })
    .check(z.describe('How traffic moves.')),
  bakeMinutes: z
    ._default(z.int().check(z.minimum(0), z.maximum(40)), 5)
    .check(
      z.describe(
        'Minutes that all traffic stays on green, blue still whole, before the release decides. At most 40: AWS fails an unanswered hook after 60.',
      ),
    ),
  guardMinutes: z
    ._default(z.int().check(z.minimum(0), z.maximum(1440)), 5)
    .check(
      z.describe(
        'Minutes after the decision in which blue is kept and an alarm still rolls both targets back.',
      ),
    ),
  approval: z
    ._default(z.enum(['none', 'required']), 'none')
    .check(z.describe('Whether a person must approve before any user meets the new version.')),
  approvalMinutes: z
    ._default(z.int().check(z.minimum(1), z.maximum(LONGEST_APPROVAL)), 60)
    .check(z.describe('Minutes that people have to answer; then the release is rejected.')),
  fourEyes: z
    ._default(z.boolean(), false)
    .check(
      z.describe(
        'Approver must not be the requester: it takes an approval only by the door that knows its caller, `tandem approve`.',
      ),
    ),
  unproven: z
    ._default(z.enum(['proceed', 'reject']), 'proceed')
    .check(
      z.describe(
        'What happens when mixed versions are not proven to understand each other: no contract, or a cell out of reach.',
      ),
    ),
  insufficientData: z
    ._default(z.enum(['proceed', 'extend', 'rollback']), 'proceed')
    .check(
      z.describe('What happens at the end of the bake when an alarm has too little data to be OK.'),
    ),
  foreignDeployments: z
    ._default(z.enum(['refuse', 'allow']), 'refuse')
    .check(
      z.describe("Whether deployments that Tandem did not start may run in the pair's groups."),
    ),
  busyMinutes: z
    ._default(z.int().check(z.minimum(0), z.maximum(120)), 10)
    .check(
      z.describe(
        'Minutes to wait for a foreign deployment to end before the release is rejected as busy.',
      ),
    ),
  readyMinutes: z
    ._default(z.int().check(z.minimum(1), z.maximum(120)), 30)
    .check(z.describe('Minutes that green has to become ready for traffic.')),
  judgement: z
    ._default(JudgeSettings, () => JudgeSettings.parse({}))
    .check(
      z.describe('How green is compared with blue while traffic shifts, and what comes of it.'),
    ),
  imageScan: z
    .optional(ImageScanPolicy)
    .check(
      z.describe(
        'Whether scans by ECR are asked about the image; without it Tandem reads none. A release that rolls back reads none either.',
      ),
    ),
});
export type Policy = z.infer<typeof Policy>;

/** Minutes that green may wait for its traffic: a day, or an hour longer than an approval may take. */
export const startWaitMinutes = ({ approvalMinutes }: Pick<Policy, 'approvalMinutes'>): number =>
  Math.max(1440, approvalMinutes + MARGIN);

/** Minutes that blue is kept after the shift: the guard and half an hour in hand; Tandem ends the wait itself. */
export const guardWaitMinutes = ({ guardMinutes }: Pick<Policy, 'guardMinutes'>): number =>
  Math.max(60, guardMinutes + 30);

/** The part of a policy that a single release may set for itself. */
export const PolicyOverride = z.strictObject({
  bakeMinutes: z
    .optional(z.int().check(z.minimum(0), z.maximum(40)))
    .check(z.describe('Minutes that all traffic stays on green before the release decides.')),
  guardMinutes: z
    .optional(z.int().check(z.minimum(0), z.maximum(1440)))
    .check(z.describe('Minutes after the decision in which blue is kept.')),
  approvalMinutes: z
    .optional(z.int().check(z.minimum(1), z.maximum(LONGEST_APPROVAL)))
    .check(z.describe('Minutes that people have to answer.')),
});
export type PolicyOverride = z.infer<typeof PolicyOverride>;
