/** Users of the storefront in a rehearsal with real HTTP. */
import type { Stage } from './stage.ts';
import { startTraffic, type Traffic } from './traffic.ts';

/** Requests in a minute of service time: a canary's 10 % of them are enough for an alarm to judge by. */
const EACH_MINUTE = 330;

/** Lets users ask both applications, half of them each; `speed` is the stage's, in service seconds in a real second. */
export const startUsers = ({ web, api }: Pick<Stage, 'web' | 'api'>, speed: number): Traffic =>
  startTraffic(
    [
      { application: 'web', url: web, weight: 4 },
      { application: 'web', url: new URL('/api/data', web), weight: 1 },
      { application: 'api', url: new URL('/api/lambda-data', api), weight: 5 },
    ],
    (EACH_MINUTE * speed) / 60,
  );
