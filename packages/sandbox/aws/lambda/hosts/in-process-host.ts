/** Runs functions in this process, without sockets and threads: for simulations in virtual time. */
import type { Clock } from '../../../clock/clock.ts';
import type { Ask } from '../../../front/objects.ts';
import type { Answer } from '../../../http.ts';
import {
  type Answered,
  environmentHost,
  type StartEnvironment,
  watchInit,
} from './environments.ts';
import type { FunctionHost, Invocation, SessionKeys } from './host.ts';
import type { Claim } from './in-process/claimed-fetch.ts';
import { type LoadedFunctions, loadedFunctions } from './in-process/loaded-functions.ts';
import { AWS_HOST, type Binding } from './in-process/surroundings.ts';
import { exited, thrown } from './runtime/failure.ts';
import { callHandler } from './runtime/invoke.ts';
import { definedVariables, environmentVariables } from './variables.ts';

/** What stands behind the functions of one simulation. */
export interface InProcessHostSettings {
  readonly clock: Clock;
  /** Answers the functions' calls to AWS. */
  readonly answer: Answer;
  /** Answers those of them that need not be written (default: all are). */
  readonly ask?: Ask;
  /** Answers the functions' requests to other URLs; what it does not claim goes to the network. */
  readonly serve?: Claim;
  /** Shared by simulations that follow one another; default: a store of this host's own. */
  readonly functions?: LoadedFunctions;
}

/**
 * A function that outlives its simulation still signs with the session it was loaded in (SDK clients
 * remember their keys): its requests are told to come from the session of today.
 */
const inSession =
  (answer: Answer, signsWith: string, keys: SessionKeys): Answer =>
  (request) => {
    const { authorization } = request.headers;
    if (!authorization?.includes(`Credential=${signsWith}/`)) return answer(request);
    return answer({
      ...request,
      headers: {
        ...request.headers,
        authorization: authorization.replace(signsWith, keys.accessKeyId),
        'x-amz-security-token': keys.sessionToken,
      },
    });
  };

/** The same for a call that is not written. */
const askedInSession =
  (ask: Ask, signsWith: string, keys: SessionKeys): Ask =>
  (asked) =>
    ask(asked.accessKeyId === signsWith ? { ...asked, accessKeyId: keys.accessKeyId } : asked);

const unanswered = (): Promise<never> => new Promise(() => undefined);

/** Stands for a simulation that has ended: a function that stays loaded must not hold it in memory. */
const nobody = (now: number): Binding => ({
  now: () => now,
  hurries: true,
  answer: unanswered,
  ask: undefined,
  serve: () => unanswered,
  requestId: () => undefined,
  emit: () => undefined,
  exit: () => undefined,
});

/**
 * A host without isolation: the code must be trusted, memory limits do not hold, and a promise that rejects
 * unhandled reaches this process. Where service time jumps, nobody waits for the pauses of a function either: while
 * none of its calls is under way, work time passes twenty times as fast. Everything else is as in a worker.
 */
export const inProcessHost = ({
  clock,
  answer,
  ask,
  serve,
  functions = loadedFunctions(),
}: InProcessHostSettings): FunctionHost => {
  const start: StartEnvironment = async (unit, initial) => {
    const keys = await unit.keys();
    let current = initial;
    let loading = true;
    let running = false;
    let signsWith = keys.accessKeyId;
    let leave: (payload: string) => void = () => undefined;
    const left = new Promise<Answered>((resolve) => {
      leave = (payload) => resolve({ payload, failed: true, ended: true });
    });

    const binding: Binding = {
      now: () => clock.now(),
      hurries: !Number.isFinite(clock.speed),
      answer: (request) => inSession(answer, signsWith, keys)(request),
      ask: ask && ((asked) => askedInSession(ask, signsWith, keys)(asked)),
      serve,
      requestId: () => (loading ? undefined : current.requestId),
      emit: (line) => current.onLine(line),
      exit: (code) => leave(exited(current.requestId, code)),
    };
    const variables = definedVariables(unit, `http://${AWS_HOST}`);
    const stopWatch = watchInit(unit, initial, leave);
    const first = await Promise.race([
      left,
      functions.take(unit, variables, environmentVariables(unit, keys), binding).then(
        (loaded) => ({ loaded }),
        (error: unknown) => ({ payload: thrown(error) }),
      ),
    ]);
    stopWatch();
    loading = false;
    if (!('loaded' in first)) return { failure: first.payload };
    const { loaded } = first;
    const { work, env } = loaded.surroundings;
    signsWith = loaded.signsWith;

    const invoke = async (invocation: Invocation, deadline: number): Promise<Answered> => {
      current = invocation;
      running = true;
      const call = { ...invocation, remaining: () => deadline - work.now() };
      const answering = callHandler(loaded.handler, call, env);
      const answered: Answered = await Promise.race([answering, left]);
      running = answered.ended === true;
      return answered;
    };
    // What was ended while it ran is lost: its code cannot be stopped, so nobody else may get it.
    const end = async () => {
      if (running) return;
      loaded.surroundings.bind(nobody(clock.now()));
      functions.giveBack(loaded);
    };
    return { environment: { work, invoke, end } };
  };

  return environmentHost(clock, start, Number.POSITIVE_INFINITY);
};
