/** Notices when the machine kept this process waiting, so that a rehearsal which went wrong can say why it may have. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Milliseconds between two looks at the event loop. */
const RESOLUTION = 10;

/** Milliseconds from which on a stall can be what a latency alarm saw: half of the sample's threshold, since it adds up. */
const HARMFUL = 500;

/** Watches from now on; `longest` gives the longest stall so far in real milliseconds, `stop` ends the watch. */
export const watchStalls = (): { longest(): number; stop(): void } => {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION });
  delays.enable();
  return {
    longest: () => Math.max(0, delays.max / 1e6 - RESOLUTION),
    stop: () => void delays.disable(),
  };
};

/** What to make of the longest stall, in words; undefined where it was too short to matter. */
export const stallText = (milliseconds: number): string | undefined =>
  milliseconds < HARMFUL
    ? undefined
    : `This machine once kept everything waiting for ${(milliseconds / 1000).toFixed(1)} real seconds: latency alarms may have seen that instead of the versions. Try again when it is less busy.`;
