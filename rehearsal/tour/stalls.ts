/** Notices when the machine kept this process waiting. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Milliseconds between two looks at the event loop. */
const RESOLUTION = 10;

/** Watches from now on; `longest` gives the longest stall so far in real milliseconds, `stop` ends the watch. */
export const watchStalls = (): { longest(): number; stop(): void } => {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION });
  delays.enable();
  return {
    longest: () => Math.max(0, delays.max / 1e6 - RESOLUTION),
    stop: () => void delays.disable(),
  };
};
