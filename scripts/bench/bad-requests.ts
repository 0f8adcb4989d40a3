/** Users who meet errors: every request of theirs is answered with a 500, so the alarms of the pair go red. */
import type { Stage } from '../../rehearsal/stage/stage.ts';

/** Seconds of release time between two requests: 30 a minute, three times what an alarm needs to judge. */
const EVERY_SECONDS = 2;

/** A path of the sample's web application that fails on purpose. */
const PATH = '/error';

/** Sends failing requests until it is told to stop. */
export const sendBadRequests = ({ sandbox, web }: Stage): { stop(): void } => {
  const url = new URL(PATH, web);
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
