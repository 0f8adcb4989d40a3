/** What users met while traffic ran. */
export interface TrafficCount {
  readonly requests: number;
  /** Requests with no complete response, or with one that no application made. */
  readonly lost: number;
  /** Requests that an application answered with an error of its own. */
  readonly failed: number;
  /** Requests that were due but not sent, because too many were waiting for answers. */
  readonly heldBack: number;
  /** Failed requests by application and version. */
  readonly failedBy: Readonly<Record<string, number>>;
  /** Answered requests by application and version, failed ones too. */
  readonly answeredBy: Readonly<Record<string, number>>;
  /** The first few losses, for whoever has to find out. */
  readonly losses: readonly string[];
}

/** Losses that are remembered one by one. */
const REMEMBERED = 20;

/** The count of nothing. */
export const emptyCount: TrafficCount = {
  requests: 0,
  lost: 0,
  failed: 0,
  heldBack: 0,
  failedBy: {},
  answeredBy: {},
  losses: [],
};

type Shares = Readonly<Record<string, number>>;

const merged = (a: Shares, b: Shares): Shares => {
  const sum = { ...a };
  for (const [who, count] of Object.entries(b)) sum[who] = (sum[who] ?? 0) + count;
  return sum;
};

/** Both counts as one. */
export const plus = (a: TrafficCount, b: TrafficCount): TrafficCount => ({
  requests: a.requests + b.requests,
  lost: a.lost + b.lost,
  failed: a.failed + b.failed,
  heldBack: a.heldBack + b.heldBack,
  failedBy: merged(a.failedBy, b.failedBy),
  answeredBy: merged(a.answeredBy, b.answeredBy),
  losses: [...a.losses, ...b.losses].slice(0, REMEMBERED),
});

const listed = (counts: Shares): string =>
  Object.entries(counts)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([who, count]) => `${count} by ${who}`)
    .join(', ');

/** The count in words: `1316 requests, 4 failed (3 by api 2.1.0-errors, 1 by web 2.0.0), 0 lost`. */
export const describeCount = ({
  requests,
  failed,
  failedBy,
  lost,
  heldBack,
}: TrafficCount): string => {
  const by = failed > 0 ? ` (${listed(failedBy)})` : '';
  const held = heldBack > 0 ? `, ${heldBack} held back` : '';
  return `${requests} requests, ${failed} failed${by}, ${lost} lost${held}`;
};
