/** What a release waits for before it starts, and for how long: each wait has a time of its own. */
import * as z from 'zod/mini';
import { LONGEST_SCAN_WAIT, type Policy } from '../release/policy.ts';
import type { Verdict } from '../release/verdict.ts';
import { isScanPending } from './image-scan.ts';

/** Seconds after which the machine lets everything be read again. @internal */
export const SECONDS_BETWEEN_READS = 15;

/** Minutes that a service may take to run as many tasks as wanted. */
const SETTLING_MINUTES = 1;

/** Minutes that a release may wait in all: the machine must try for as long. @internal */
export const LONGEST_WAIT = LONGEST_SCAN_WAIT + SETTLING_MINUTES;

/** How often a release has waited for each of them. */
export const Waits = z.strictObject({ scan: z.int(), service: z.int() });
export type Waits = z.infer<typeof Waits>;

/** No wait so far. */
export const NO_WAITS: Waits = { scan: 0, service: 0 };

/** Whether too few tasks are all that speaks against a release, as while one is replaced or after scaling out. @internal */
export const maySettle = ({ verdict, reasons }: Verdict): boolean =>
  verdict === 'fail' &&
  reasons.every(
    ({ code, figures: { healthy = 0, running = 0, desired = 0 } = {} }) =>
      code === 'target-unhealthy' && healthy > 0 && running < desired,
  );

/** What a release waits for now, if nothing else speaks against it and its time is not over; undefined: it goes by the verdict. */
export const waitFor = (
  { imageScan }: Pick<Policy, 'imageScan'>,
  verdict: Verdict,
  waits: Waits,
): keyof Waits | undefined => {
  const isLeft = (kind: keyof Waits, minutes: number) =>
    waits[kind] * SECONDS_BETWEEN_READS < minutes * 60;
  if (imageScan && isScanPending(verdict))
    return isLeft('scan', imageScan.waitMinutes) ? 'scan' : undefined;
  return maySettle(verdict) && isLeft('service', SETTLING_MINUTES) ? 'service' : undefined;
};

/** The waits with one more. */
export const withWait = (waits: Waits, kind: keyof Waits): Waits => ({
  ...waits,
  [kind]: waits[kind] + 1,
});
