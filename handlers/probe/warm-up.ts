import type { Answered } from '../../core/checks/smoke.ts';
import { Contract } from '../../core/proof/contract.ts';
import {
  isSettled,
  type WarmAnswer,
  type WarmTarget,
  warmTarget,
} from '../../core/proof/warmed.ts';
import { pairTargets, type ReleaseRecord, type TargetRecord } from '../../core/record/record.ts';
import type { Target } from '../../core/release/target.ts';
import { invoke } from '../drivers/codedeploy-lambda/invoke.ts';
import { addressOf, get } from './http.ts';
import { partiesOf } from './parties.ts';
import { stopwatch } from './stopwatch.ts';

/** Requests under way at the same time: a balancer spreads them over the tasks, Lambda over as many environments. */
const LANES = 4;

/** Seconds that a function has to answer: one that hangs must not hold up the release. */
const PATIENCE_SECONDS = 10;

/** Sends one request to green. */
type Ask = () => Promise<Answered>;

/** Paths that callers of a target ask for, by the contracts of their revisions; what cannot be read asks for nothing. */
const calledPaths = async (record: ReleaseRecord, { name }: Target): Promise<readonly string[]> => {
  const callers = pairTargets(record).filter(({ contract }) => contract?.calls === name);
  const paths = await Promise.all(
    callers.map(async (caller) => {
      const parties = await partiesOf(record, caller);
      const answers = await Promise.all(parties.map(({ ask }) => ask(caller.contract!.path)));
      return answers.flatMap((answer) => {
        if ('error' in answer || answer.status !== 200) return [];
        const { data } = Contract.safeParse(JSON.parse(answer.body));
        return data?.cases.map(({ request }) => request.path) ?? [];
      });
    }),
  ).catch(() => []);
  return [...new Set(paths.flat())];
};

/** Requests that warm green of a target: its own list, or those of its checks and of its callers. */
const asksOf = async (
  record: ReleaseRecord,
  { registration, to }: TargetRecord,
): Promise<readonly Ask[]> => {
  const called = () => calledPaths(record, registration);
  if (registration.kind === 'lambda') {
    const { warmUp, checks, function: name } = registration;
    const events = warmUp.events ?? [
      ...checks.map(({ event }) => event),
      ...(await called()).map((path) => ({ path })),
    ];
    return events.map(
      (event) => () =>
        invoke(name, to?.ref ?? '', event, AbortSignal.timeout(PATIENCE_SECONDS * 1000)),
    );
  }
  const { warmUp, checks, testListener, host } = registration;
  const paths = warmUp.paths ?? [...checks.map(({ path }) => path), ...(await called())];
  const address = await addressOf(testListener, host);
  return paths.map((path) => () => get(address, path));
};

/** Sends one request; whatever comes of it is only counted. */
const timed = async (ask: Ask): Promise<WarmAnswer> => {
  const read = stopwatch();
  const answer = await ask().catch((error: Error): Answered => ({ error: error.message }));
  return { milliseconds: read(), failed: 'error' in answer || answer.status >= 500 };
};

/** Warms green of one target: its requests in turn, few at a time, until its latency settles or the time is over. */
export const warmUp = async (record: ReleaseRecord, target: TargetRecord): Promise<WarmTarget> => {
  const { requests, seconds } = target.registration.warmUp;
  const asks = await asksOf(record, target).catch(() => []);
  const over = AbortSignal.timeout(seconds * 1000);
  const answers: WarmAnswer[] = [];
  let sent = 0;
  const lane = async () => {
    while (asks.length > 0 && !over.aborted && !isSettled(answers, requests)) {
      answers.push(await timed(asks[sent++ % asks.length]!));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return warmTarget(answers);
};
