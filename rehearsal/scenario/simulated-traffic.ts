import type { Stage } from '../stage/stage.ts';

/** Service seconds between two bursts, and users in one: each asks both applications once, all at the same time. */
const EVERY_SECONDS = 15;
const USERS = 48;

/** Requests of users in a simulation: bursts through the same balancer and Function URL, without sockets. */
export const startSimulatedTraffic = ({ sandbox, web, api }: Stage): { stop(): Promise<void> } => {
  const urls = [web, new URL('/api/lambda-data', api)];
  let stopped = false;
  const request = (url: URL) => ({
    method: 'GET',
    url: url.pathname,
    // Who has an id is a user; checks have none.
    headers: { host: url.host, 'x-request-id': 'a-user' },
    body: new Uint8Array(),
  });
  const visit = async () => {
    for (const url of urls) if (!stopped) await sandbox.serve(url, request(url));
  };
  const burst = () => Promise.all(Array.from({ length: USERS }, visit));
  const schedule = () => {
    if (stopped) return;
    sandbox.clock.after(EVERY_SECONDS * 1000, () => {
      if (!stopped) void sandbox.clock.busy(burst).finally(schedule);
    });
  };
  schedule();
  return {
    stop: async () => {
      stopped = true;
    },
  };
};
