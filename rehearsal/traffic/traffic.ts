/** The load generator: sends requests as users do, and counts each on both ends by its id. */
import { randomUUID } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import type { Answer, Answers } from './app-log.ts';
import { emptyCount, plus, type TrafficCount } from './traffic-count.ts';

/** What a user got: a whole response, or nothing that could be used. */
type Received =
  | { readonly kind: 'response'; readonly status: number }
  | { readonly kind: 'nothing'; readonly why: string };

/** How one request ended. */
type Outcome =
  /** An application answered, or failed itself. */
  | { readonly kind: 'answered'; readonly version: string; readonly failed: boolean }
  /** No complete response, or one that no application made. */
  | { readonly kind: 'lost'; readonly why: string };

/** One thing that users do. */
export interface Journey {
  readonly application: string;
  readonly url: URL;
  /** Share of all requests, in any unit. */
  readonly weight: number;
}

export interface Traffic {
  /** Counts what was sent since the last count; what is under way is waited for. */
  count(): Promise<TrafficCount>;
  /** What has been counted since the last count, while it goes on. */
  soFar(): TrafficCount;
  /** Sends nothing more; gives the count of everything since the start. */
  stop(): Promise<TrafficCount>;
}

/** Real milliseconds that a user waits for an answer. */
const PATIENCE = 20_000;

/**
 * Requests that may be under way at a time. A machine that cannot keep up then serves fewer users, instead of letting
 * all of them wait until an alarm takes the queue for a slow application.
 */
const MOST_UNDER_WAY = 32;

/** Real milliseconds between two looks whether requests are due. */
const TICK = 5;

const send = (agent: Agent, url: URL, id: string): Promise<Received> =>
  new Promise((resolve) => {
    const nothing = (why: string) => resolve({ kind: 'nothing', why });
    const outgoing = httpRequest(
      url,
      { agent, timeout: PATIENCE, headers: { 'x-request-id': id } },
      (incoming) => {
        incoming.on('error', (error) => nothing(error.message));
        incoming.on('aborted', () => nothing('the response broke off'));
        incoming.on('data', () => undefined);
        incoming.on('end', () => {
          if (!incoming.complete) return nothing('the response broke off');
          return resolve({ kind: 'response', status: incoming.statusCode ?? 0 });
        });
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', (error) => nothing(error.message));
    outgoing.end();
  });

/** Compares both ends of a request: what its user got, and what an application says that it answered. */
const reconciled = (received: Received, answer: Answer | undefined): Outcome => {
  if (received.kind === 'nothing') return { kind: 'lost', why: received.why };
  const { status } = received;
  if (!answer) return { kind: 'lost', why: `${status}, which no application answered` };
  // Whoever carries an application's failure to the user chooses the status: a Function URL says 502.
  const kept = answer.status === undefined ? status >= 500 : answer.status === status;
  return kept
    ? { kind: 'answered', version: answer.version, failed: status >= 500 }
    : {
        kind: 'lost',
        why: `${status}, though ${answer.version} says ${answer.status ?? 'failed'}`,
      };
};

/** The count of a single request. */
const countOf = ({ application, url }: Journey, outcome: Outcome): TrafficCount => {
  const one = { ...emptyCount, requests: 1 };
  if (outcome.kind === 'lost') {
    return { ...one, lost: 1, losses: [`${application} ${url.pathname}: ${outcome.why}`] };
  }
  const by = { [`${application} ${outcome.version}`]: 1 };
  return { ...one, answeredBy: by, ...(outcome.failed ? { failed: 1, failedBy: by } : {}) };
};

/** Requests that are counted together, with those that are under way. */
interface Part {
  count: TrafficCount;
  readonly open: Set<Promise<void>>;
}

const newPart = (): Part => ({ count: emptyCount, open: new Set() });

/**
 * Sends requests when they are due, whether answers come or not (an open loop: a slow service does not slow its
 * users down, up to 32 who wait; further ones are held back, and counted). `dueNow` says how many are due by now.
 */
export const startTraffic = (
  journeys: readonly Journey[],
  dueNow: () => number,
  answers: Answers,
): Traffic => {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const run = randomUUID();
  const total = journeys.reduce((sum, { weight }) => sum + weight, 0);
  let underWay = 0;
  let next = 0;
  let part = newPart();
  const parts: Part[] = [];

  /** The journey of the nth request: weights are met exactly over `total` requests. */
  const journeyOf = (n: number): Journey => {
    let place = (n * 7) % total;
    for (const journey of journeys) {
      place -= journey.weight;
      if (place < 0) return journey;
    }
    return journeys[0]!;
  };

  const add = (to: Part, count: TrafficCount) => {
    to.count = plus(to.count, count);
  };

  const one = async (n: number, counted: Part) => {
    const journey = journeyOf(n);
    const id = `${run}-${n}`;
    underWay += 1;
    const received = await send(agent, journey.url, id);
    underWay -= 1;
    const answer = received.kind === 'response' ? await answers.of(id) : undefined;
    add(counted, countOf(journey, reconciled(received, answer)));
  };

  const timer = setInterval(() => {
    const due = Math.floor(dueNow());
    for (; next < due; next += 1) {
      if (underWay >= MOST_UNDER_WAY) {
        add(part, { ...emptyCount, heldBack: 1 });
        continue;
      }
      const counted = part;
      const flight: Promise<void> = one(next, counted).finally(() => counted.open.delete(flight));
      counted.open.add(flight);
    }
  }, TICK);

  const count = async () => {
    const ended = part;
    part = newPart();
    parts.push(ended);
    await Promise.all(ended.open);
    return ended.count;
  };

  return {
    count,
    soFar: () => part.count,
    stop: async () => {
      clearInterval(timer);
      await count();
      await Promise.all(parts.flatMap(({ open }) => [...open]));
      agent.destroy();
      return parts.reduce((all, { count: one }) => plus(all, one), emptyCount);
    },
  };
};
