import { describe, expect, it } from 'vitest';
import { checkImageScan, type Finding } from '../../../core/checks/image-scan.ts';
import { ImageScanPolicy } from '../../../core/release/policy.ts';
import { codesOf } from '../fixture.ts';

const rules = (change: object = {}) => ImageScanPolicy.parse({ failOn: 'HIGH', ...change });

const check = (findings: readonly Finding[], change: object = {}, status = 'COMPLETE') =>
  checkImageScan('web', 'storefront/web@sha256:2', rules(change), { status, findings });

const finding = (severity: string, name = `CVE-${severity}`): Finding => ({ name, severity });

describe('a scan that is done', () => {
  it.each(['COMPLETE', 'ACTIVE'])('lets an image without findings go (%s)', (status) => {
    expect(check([], {}, status).verdict).toBe('pass');
  });

  it.each([
    ['CRITICAL', ['CRITICAL']],
    ['HIGH', ['CRITICAL', 'HIGH']],
    ['MEDIUM', ['CRITICAL', 'HIGH', 'MEDIUM']],
    ['LOW', ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']],
  ])('refuses from %s on, and nothing less grave or unrated', (failOn, refused) => {
    const all = [...'LOW MEDIUM HIGH CRITICAL INFORMATIONAL UNDEFINED UNTRIAGED'.split(' ')];

    expect(
      all
        .filter((severity) => check([finding(severity)], { failOn }).verdict === 'fail')
        .toSorted(),
    ).toEqual([...refused].sort());
  });

  it('says what was found, the gravest first, five by name and the others by number', () => {
    const many = [1, 2, 3, 4, 5, 6].map((count) => finding('HIGH', `CVE-${count}`));
    const { reasons } = check([...many, finding('CRITICAL', 'CVE-7')]);

    expect(reasons).toEqual([
      {
        code: 'image-vulnerable',
        target: 'web',
        text: 'storefront/web@sha256:2 has vulnerabilities that the policy refuses (imageScan: HIGH): CVE-7 (CRITICAL), CVE-1 (HIGH), CVE-2 (HIGH), CVE-3 (HIGH), CVE-4 (HIGH) and 2 more',
        figures: { findings: 7 },
      },
    ]);
  });

  it('takes what people have accepted by name, and only that', () => {
    const found = [finding('CRITICAL', 'CVE-1'), finding('CRITICAL', 'CVE-2')];

    expect(check(found, { accepted: ['CVE-1', 'CVE-2'] }).verdict).toBe('pass');
    expect(check(found, { accepted: ['CVE-1'] }).reasons[0]?.text).not.toContain('CVE-1');
  });
});

describe('an image of which no scan is done', () => {
  it.each(['NONE', 'PENDING', 'IN_PROGRESS'])('may still be scanned (%s)', (status) => {
    const { verdict, reasons } = check([], {}, status);

    expect([verdict, ...codesOf(reasons)]).toEqual(['inconclusive', 'image-not-scanned']);
  });

  it.each([
    'FAILED',
    'FINDINGS_UNAVAILABLE',
    'IMAGE_ARCHIVED',
    'LIMIT_EXCEEDED',
    'SCAN_ELIGIBILITY_EXPIRED',
    'UNSUPPORTED_IMAGE',
    'SOMETHING_NEW',
  ])('is refused at once where waiting helps nobody (%s)', (status) => {
    const { verdict, reasons } = check([], {}, status);

    expect([verdict, ...codesOf(reasons)]).toEqual(['fail', 'image-not-scanned']);
    expect(reasons[0]?.text).toContain(status);
  });

  it("says ECR's own reason", () => {
    const scan = { status: 'FAILED', description: 'no such layer', findings: [] };

    expect(checkImageScan('web', 'web@1', rules(), scan).reasons[0]?.text).toContain(
      'its scan failed (FAILED: no such layer)',
    );
  });
});
