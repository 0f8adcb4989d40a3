import { describe, expect, it } from 'vitest';
import {
  LONGEST_WAIT,
  NO_WAITS,
  SECONDS_BETWEEN_READS,
  waitFor,
  withWait,
} from '../../../core/checks/patience.ts';
import { ImageScanPolicy } from '../../../core/release/policy.ts';
import { reason } from '../../../core/release/reason.ts';
import { fail, inconclusive } from '../../../core/release/verdict.ts';

const scanFor = (waitMinutes: number) => ({
  imageScan: ImageScanPolicy.parse({ failOn: 'HIGH', waitMinutes }),
});
const policy = scanFor(10);
const unscanned = inconclusive(reason('image-not-scanned', 'not yet'));
const short = fail(
  reason('target-unhealthy', 'x', { figures: { running: 2, desired: 3, healthy: 2 } }),
);
const longest = (10 * 60) / SECONDS_BETWEEN_READS;

describe('a release', () => {
  it('waits for a scan for as long as its policy says', () => {
    expect(waitFor(policy, unscanned, NO_WAITS)).toBe('scan');
    expect(waitFor(policy, unscanned, { ...NO_WAITS, scan: longest - 1 })).toBe('scan');
    expect(waitFor(policy, unscanned, { ...NO_WAITS, scan: longest })).toBeUndefined();
    expect(waitFor(scanFor(0), unscanned, NO_WAITS)).toBeUndefined();
  });

  it('waits for a minute for a service that runs too few tasks', () => {
    expect(waitFor({}, short, { ...NO_WAITS, service: 3 })).toBe('service');
    expect(waitFor({}, short, { ...NO_WAITS, service: 4 })).toBeUndefined();
  });

  it('waits for each as long as if it did not wait for the other', () => {
    expect(waitFor(policy, short, { scan: longest, service: 0 })).toBe('service');
    expect(waitFor(policy, unscanned, { scan: 0, service: 4 })).toBe('scan');
  });

  it('counts each of its waits by itself', () => {
    expect(withWait(withWait(NO_WAITS, 'scan'), 'scan')).toEqual({ scan: 2, service: 0 });
  });

  it('does not wait where it will be refused anyway', () => {
    const others = inconclusive(reason('image-not-scanned', 'a'), reason('alarm-missing', 'b'));

    expect(waitFor(policy, fail(reason('no-such-image', 'none')), NO_WAITS)).toBeUndefined();
    expect(waitFor(policy, others, NO_WAITS)).toBeUndefined();
    expect(waitFor({}, unscanned, NO_WAITS)).toBeUndefined();
  });

  it('waits in all for as long as the longest policy and a service take together', () => {
    const allowed = (waitMinutes: number) =>
      ImageScanPolicy.safeParse({ failOn: 'HIGH', waitMinutes }).success;

    expect([allowed(LONGEST_WAIT - 1), allowed(LONGEST_WAIT)]).toEqual([true, false]);
  });
});
