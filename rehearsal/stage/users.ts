/** Users of the storefront in a rehearsal with real HTTP. */
import { collectAnswers } from '../traffic/app-log.ts';
import { type Journey, startTraffic, type Traffic } from '../traffic/traffic.ts';
import type { Stage } from './stage.ts';

/** Requests in a minute of service time: a canary's 10 % of them are enough for an alarm to judge by. */
export const EACH_MINUTE = 330;

/** Requests in a real second that a laptop bears beside a sandbox: a faster sandbox has no more of them. */
const MOST_EACH_SECOND = 40;

/** Requests in a real second for a sandbox of this speed: what alarms need to judge by, as far as a laptop bears it. */
export const requestsEachSecond = (speed: number): number =>
  Math.min((EACH_MINUTE * speed) / 60, MOST_EACH_SECOND);

/** The same in a minute of service time. */
export const inServiceMinute = (eachSecond: number, speed: number): number =>
  (60 * eachSecond) / speed;

/** What users do: half of them ask the web application, one in five of those for data that come from the function; the others ask the function. */
const journeysOf = ({ web, api }: Pick<Stage, 'web' | 'api'>): readonly Journey[] => [
  { application: 'web', url: web, weight: 4 },
  { application: 'web', url: new URL('/api/data', web), weight: 1 },
  { application: 'api', url: new URL('/api/lambda-data', api), weight: 5 },
];

/** Lets users ask both applications; `eachMinute` is their requests in a minute of service time, however fast it runs. */
export const startUsers = (stage: Stage, eachMinute = EACH_MINUTE): Traffic => {
  const { clock, watchLogs } = stage.sandbox;
  const answers = collectAnswers();
  const stopListening = watchLogs(answers.hear);
  const since = clock.now();
  const dueNow = () => ((clock.now() - since) / 60_000) * eachMinute;
  const traffic = startTraffic(journeysOf(stage), dueNow, answers);
  return {
    ...traffic,
    stop: async () => {
      const total = await traffic.stop();
      stopListening();
      return total;
    },
  };
};
