/** How green of a service comes up: what was read of its tasks, in words, and when it is given up. */
import * as z from 'zod/mini';
import { type Reason, reason } from '../release/reason.ts';
import { Text } from '../text/schema.ts';

const Count = z.int();

/** Tasks of green while they come up. */
export const GreenStart = z.strictObject({
  desired: Count,
  running: Count,
  /** Tasks that run and that the load balancer takes, or does not check yet. */
  healthy: Count,
  /** Those of them that have passed its checks. */
  checked: z.optional(Count),
  /** Tasks whose essential container ended by itself. */
  exited: Count,
  /** Tasks that never ran, for example because their image could not be pulled. */
  unstarted: Count,
  /** Tasks that were stopped because they failed their health checks. */
  unhealthy: Count,
  /** Times that no task could be placed or launched. */
  unplaced: Count,
  /** Exit code of the container that ended last. */
  exitCode: z.optional(Count),
  /** What AWS said last about a task that failed, in its own words. */
  why: z.optional(Text),
  /** A task has been healthy: what fails from now on is no failed start. */
  wasHealthy: z.optional(z.literal(true)),
});
export type GreenStart = z.infer<typeof GreenStart>;

/** What one reading shows of it. */
export type GreenReading = Omit<GreenStart, 'wasHealthy'>;

/** Failed tasks below which a start is never given up: a host or a start may fail. */
const FEWEST = 3;

/** No driver reads more ended tasks than this. */
const MOST = 100;

/**
 * Failed tasks after which a start is given up: more than green has places, so at least one place has failed twice.
 * One round of failures that the next round survives ends no release.
 * @internal
 */
export const failuresAllowed = (desired: number): number =>
  Math.min(MOST, Math.max(FEWEST, desired + 1));

/** The newest reading, with what earlier ones have seen. */
export const withReading = (before: GreenStart | undefined, reading: GreenReading): GreenStart => ({
  ...reading,
  ...(before?.wasHealthy || (reading.checked ?? 0) > 0 ? { wasHealthy: true as const } : {}),
});

/** `0 of 2 healthy, 4 exited (exit code 1): Essential container in task exited` */
export const startText = ({ desired, healthy, exitCode, why, ...counts }: GreenReading): string => {
  const code = exitCode === undefined ? '' : ` (exit code ${exitCode})`;
  const failed = [
    counts.exited > 0 ? `${counts.exited} exited${code}` : '',
    counts.unstarted > 0 ? `${counts.unstarted} did not start` : '',
    counts.unhealthy > 0 ? `${counts.unhealthy} failed health checks` : '',
    counts.unplaced > 0 ? `not placed ${counts.unplaced} times` : '',
  ].filter((text) => text !== '');
  const said = failed.length > 0 && why ? `: ${why}` : '';
  return `${[`${healthy} of ${desired} healthy`, ...failed].join(', ')}${said}`;
};

/** Why the start of green is given up; undefined while it may still succeed. */
export const failedStart = (target: string, green: GreenStart | undefined): Reason | undefined => {
  if (!green || green.wasHealthy) return undefined;
  const { desired, running, exited, unstarted, unhealthy, unplaced } = green;
  const failed = exited + unstarted + unhealthy;
  const isPlaced = running > 0 || unplaced < FEWEST;
  if (failed < failuresAllowed(desired) && isPlaced) return undefined;
  return reason('green-does-not-start', `Green of ${target} does not start: ${startText(green)}`, {
    target,
    figures: { desired, running, failed, unplaced },
  });
};
