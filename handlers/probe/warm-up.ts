import type { Answered } from '../../core/checks/smoke.ts';
import type { Target } from '../../core/drivers/target.ts';
import { Contract } from '../../core/proof/contract.ts';
import {
  isSettled,
  type WarmAnswer,
  type WarmTarget,
  warmTarget,
} from '../../core/proof/warmed.ts';
import { pairTargets, type ReleaseRecord, type TargetRecord } from '../../core/record/record.ts';
import type { Ask } from '../drivers/driver.ts';
import { provingOf } from '../drivers/proving.ts';
import { partiesOf } from './parties.ts';
import { stopwatch } from './stopwatch.ts';

/** Requests under way at the same time: a balancer spreads them over the tasks, Lambda over as many environments. */
const LANES = 4;

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

/** Sends one request; whatever comes of it is only counted. */
const timed = async (ask: Ask): Promise<WarmAnswer> => {
  const read = stopwatch();
  const answer = await ask().catch((error: Error): Answered => ({ error: error.message }));
  return { milliseconds: read(), failed: 'error' in answer || answer.status >= 500 };
};

/** Warms green of one target: its requests in turn, few at a time, until its latency settles or the time is over. */
export const warmUp = async (record: ReleaseRecord, target: TargetRecord): Promise<WarmTarget> => {
  const { registration, to } = target;
  const { requests, seconds } = registration.warmUp;
  const asks = await provingOf(registration)
    .warmUpsOf(registration, to?.ref ?? '', () => calledPaths(record, registration))
    .catch((): readonly Ask[] => []);
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
