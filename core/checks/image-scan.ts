import type { ImageScanPolicy } from '../release/policy.ts';
import { reason } from '../release/reason.ts';
import { fail, inconclusive, pass, type Verdict } from '../release/verdict.ts';

/** A vulnerability that a scan has found. */
export interface Finding {
  /** Usually the number of a CVE. */
  readonly name: string;
  readonly severity: string;
}

/** What ECR knows of an image: the status of its scan as ECR calls it, or `NONE` where it knows of no scan. */
export interface Scan {
  readonly status: string;
  readonly description?: string | undefined;
  readonly findings: readonly Finding[];
}

/** From the gravest; findings that ECR or Inspector have not rated (`UNDEFINED`, `UNTRIAGED`) are of none of these. */
const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const;

/** Findings that a reason names; all others it counts. */
const NAMED = 5;

/** Statuses under which the findings are all there are: of basic scanning, and of enhanced scanning, which never ends. */
const DONE = ['COMPLETE', 'ACTIVE'];

/** A scan that is to come or under way: minutes after a push this is what every image shows. */
const PENDING: Readonly<Record<string, string>> = {
  NONE: 'ECR knows of no scan of it',
  PENDING: 'its scan has not begun',
  IN_PROGRESS: 'its scan is under way',
};

/** Why there will be no findings, whoever waits. */
const HOPELESS: Readonly<Record<string, string>> = {
  FAILED: 'its scan failed',
  FINDINGS_UNAVAILABLE: 'its findings are not available',
  IMAGE_ARCHIVED: 'it is archived',
  LIMIT_EXCEEDED: 'a limit of scanning is exceeded',
  SCAN_ELIGIBILITY_EXPIRED: 'it was pushed too long ago to be scanned still',
  UNSUPPORTED_IMAGE: 'ECR does not support scans of such an image',
};

/** Whether a policy lets an image be released by what its scan has found; `inconclusive`: not yet known. */
export const checkImageScan = (
  target: string,
  image: string,
  { failOn, accepted }: ImageScanPolicy,
  { status, description, findings }: Scan,
): Verdict => {
  const unknown = (why: string) =>
    reason(
      'image-not-scanned',
      `What vulnerabilities ${image} has is not known: ${why} (${status}${description ? `: ${description}` : ''})`,
      { target },
    );
  const pending = PENDING[status];
  if (pending !== undefined) return inconclusive(unknown(pending));
  if (!DONE.includes(status))
    return fail(unknown(HOPELESS[status] ?? 'ECR gives a status that is not known here'));

  const graver: readonly string[] = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
  const against = findings
    .filter(({ name, severity }) => graver.includes(severity) && !accepted.includes(name))
    .toSorted((a, b) => graver.indexOf(a.severity) - graver.indexOf(b.severity));
  if (against.length === 0) return pass;
  const named = against.slice(0, NAMED).map(({ name, severity }) => `${name} (${severity})`);
  const more = against.length - named.length;
  return fail(
    reason(
      'image-vulnerable',
      `${image} has vulnerabilities that the policy refuses (imageScan: ${failOn}): ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
      { target, figures: { findings: against.length } },
    ),
  );
};

/** Whether scans that are not done are all that speaks against a release: nobody has shown yet that the image is sound. */
export const isScanPending = ({ verdict, reasons }: Verdict): boolean =>
  verdict === 'inconclusive' && reasons.every(({ code }) => code === 'image-not-scanned');
