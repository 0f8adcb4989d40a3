/** Users of a stage: those who meet what works, and those whose every request is answered with a 500, so that the alarms of the pair go red. */
import type { Stage } from '../../rehearsal/stage/stage.ts';

/** Seconds of release time between two requests: 30 a minute, three times what an alarm needs to judge. */
const EVERY_SECONDS = 2;

/** A path of the sample's web application that fails on purpose. */
export const BAD_PATH = '/error';

/** Sends requests to an address of the stage until it is stopped. */
export const sendRequests = ({ sandbox }: Stage, url: URL): { stop(): void } => {
  const request = {
    method: 'GET',
    url: url.pathname,
    headers: { host: url.host },
    body: new Uint8Array(),
  };
  let stopped = false;
  const next = () => {
    sandbox.clock.after(EVERY_SECONDS * 1000, () => {
      if (!stopped) void sandbox.clock.busy(() => sandbox.serve(url, request)).finally(next);
    });
  };
  next();
  return {
    stop: () => {
      stopped = true;
    },
  };
};
