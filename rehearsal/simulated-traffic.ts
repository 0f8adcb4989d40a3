import type { Stage } from './stage.ts';

/** Service seconds between two bursts, and requests to each application in one. */
const EVERY_SECONDS = 5;
const BURST = 16;

/** Requests of users in a simulation: bursts through the same balancer and Function URL, without sockets. */
export const startSimulatedTraffic = ({ sandbox, web, api }: Stage): { stop(): void } => {
  const urls = [web, new URL('/api/lambda-data', api)];
  let stopped = false;
  const request = (url: URL) => ({
    method: 'GET',
    url: url.pathname,
    headers: { host: url.host },
    body: new Uint8Array(),
  });
  const burst = async () => {
    for (let n = 0; n < BURST && !stopped; n += 1) {
      for (const url of urls) await sandbox.serve(url, request(url));
    }
  };
  const schedule = () => {
    if (stopped) return;
    sandbox.clock.after(EVERY_SECONDS * 1000, () => {
      if (!stopped) void sandbox.clock.busy(burst).finally(schedule);
    });
  };
  schedule();
  return {
    stop: () => {
      stopped = true;
    },
  };
};
