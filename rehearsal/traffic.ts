import { Agent, request as httpRequest } from 'node:http';

/** How one request ended. */
export type Outcome =
  /** An application answered. */
  | { readonly kind: 'answered'; readonly status: number; readonly version: string }
  /** No complete response, or one that no application made. */
  | { readonly kind: 'lost'; readonly why: string };

/** What users met while traffic ran. */
export interface TrafficCount {
  readonly requests: number;
  readonly lost: number;
  readonly failed: number;
  /** Failed requests by application and version. */
  readonly failedBy: Readonly<Record<string, number>>;
  /** Answered requests by application and version. */
  readonly answeredBy: Readonly<Record<string, number>>;
  /** The first few losses, for whoever has to find out. */
  readonly losses: readonly string[];
}

/** One thing that users do. */
export interface Journey {
  readonly application: string;
  readonly url: URL;
  /** Share of all requests, in any unit. */
  readonly weight: number;
}

export interface Traffic {
  /** Count since the last call of `count`; requests under way count when they end. */
  count(): TrafficCount;
  stop(): Promise<void>;
}

/** Longest losses that are remembered. */
const REMEMBERED = 20;

/** Real milliseconds that a user waits for an answer. */
const PATIENCE = 20_000;

/**
 * Requests that may be under way at a time. A machine that cannot keep up then serves fewer users, instead of letting
 * all of them wait until an alarm takes the queue for a slow application.
 */
const MOST_UNDER_WAY = 32;

/** Statuses with which a balancer answers when no application did. */
const BALANCER = [502, 503, 504];

interface Tally {
  requests: number;
  lost: number;
  failed: number;
  failedBy: Record<string, number>;
  answeredBy: Record<string, number>;
  losses: string[];
}

const empty = (): Tally => ({
  requests: 0,
  lost: 0,
  failed: 0,
  failedBy: {},
  answeredBy: {},
  losses: [],
});

const add = (counts: Record<string, number>, key: string) => {
  counts[key] = (counts[key] ?? 0) + 1;
};

const send = (agent: Agent, url: URL, id: string): Promise<Outcome> =>
  new Promise((resolve) => {
    const lost = (why: string) => resolve({ kind: 'lost', why });
    const outgoing = httpRequest(
      url,
      { agent, timeout: PATIENCE, headers: { 'x-request-id': id } },
      (incoming) => {
        const status = incoming.statusCode ?? 0;
        const version = incoming.headers['x-version'];
        incoming.on('error', (error) => lost(error.message));
        incoming.on('aborted', () => lost('the response broke off'));
        incoming.on('data', () => undefined);
        incoming.on('end', () => {
          if (!incoming.complete) return lost('the response broke off');
          if (version === undefined && BALANCER.includes(status) && incoming.headers.server) {
            return lost(`${status} of the balancer`);
          }
          return resolve({ kind: 'answered', status, version: String(version ?? 'unknown') });
        });
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', (error) => lost(error.message));
    outgoing.end();
  });

/**
 * Sends requests at a steady rate, whether answers come or not (an open loop: a slow service does not slow its
 * users down, up to 32 who wait). `rate` is in requests per real second.
 */
export const startTraffic = (journeys: readonly Journey[], rate: number): Traffic => {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const total = journeys.reduce((sum, { weight }) => sum + weight, 0);
  const flying = new Set<Promise<void>>();
  const started = performance.now();
  let next = 0;
  let tally = empty();

  /** The journey of the nth request: weights are met exactly over `total` requests. */
  const journeyOf = (n: number): Journey => {
    let place = (n * 7) % total;
    for (const journey of journeys) {
      place -= journey.weight;
      if (place < 0) return journey;
    }
    return journeys[0]!;
  };

  const one = async (n: number) => {
    const { application, url } = journeyOf(n);
    const outcome = await send(agent, url, `rehearsal-${n}`);
    tally.requests += 1;
    if (outcome.kind === 'lost') {
      tally.lost += 1;
      if (tally.losses.length < REMEMBERED) {
        tally.losses.push(`${application} ${url.pathname}: ${outcome.why}`);
      }
      return;
    }
    const who = `${application} ${outcome.version}`;
    add(tally.answeredBy, who);
    if (outcome.status >= 500) {
      tally.failed += 1;
      add(tally.failedBy, who);
    }
  };

  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - started) / 1000) * rate);
    for (; next < due; next += 1) {
      if (flying.size >= MOST_UNDER_WAY) continue;
      const flight: Promise<void> = one(next).finally(() => flying.delete(flight));
      flying.add(flight);
    }
  }, 5);

  return {
    count: () => {
      const counted = tally;
      tally = empty();
      return counted;
    },
    stop: async () => {
      clearInterval(timer);
      await Promise.all(flying);
      agent.destroy();
    },
  };
};
