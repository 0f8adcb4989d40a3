/** Anomalies of a metric as it comes in, a value at a time, without a look at what comes later. */
import { openNovelty } from './novelty.ts';
import { median, openSpan, standardDeviation } from './span.ts';

/** By what the detector detects; lengths are numbers of values. */
export interface Detection {
  /** How far back it remembers. */
  readonly memory: number;
  /** Values whose median is the level. */
  readonly level: number;
  /** Values whose standard deviation is the spread. */
  readonly spread: number;
  /** Novelty that is an anomaly. */
  readonly bar: number;
  /** Values after an anomaly in which there is no other: what is new then is mostly the same event. */
  readonly quiet: number;
}

/**
 * One hour and four, two weeks of memory and two hours of quiet where a value is five minutes. Chosen by the score of the
 * Numenta Anomaly Benchmark on the folders realTraffic, realAdExchange and realTweets, without a file of
 * realAWSCloudwatch, on which it then scored 73.0: `npm run bench:judge -- --cross-validate`.
 */
export const DEFAULT_DETECTION: Detection = {
  memory: 4000,
  level: 12,
  spread: 48,
  bar: 0.08,
  quiet: 24,
};

/** The score from which on a value is an anomaly. @internal */
export const THRESHOLD = 0.5;

/** What scores are multiplied by in the quiet after an anomaly; even 1 stays below the threshold. */
const HUSHED = THRESHOLD / 2;

/** Values count as this at most, so that their squares are numbers. */
const LARGEST = 1e150;

/**
 * Takes the values of a metric in the order of time and scores each from 0 (nothing new) to 1. The value itself, the
 * level and the spread are watched for records, and the score is s / (s + bar) of the highest novelty s: it passes the
 * threshold where s passes the bar. What it keeps are three memories and two spans, of lengths that the settings say. A
 * value that is no finite number tells nothing: it scores 0 and is forgotten.
 */
export const openDetector = ({
  memory,
  level,
  spread,
  bar,
  quiet,
}: Detection = DEFAULT_DETECTION): ((value: number) => number) => {
  const watched = [
    openSpan(1, median),
    openSpan(level, median),
    openSpan(spread, standardDeviation),
  ].map((span) => ({ span, novelty: openNovelty(memory) }));
  let hushedFor = 0;
  return (value) => {
    if (!Number.isFinite(value)) return 0;
    const seen = Math.max(-LARGEST, Math.min(LARGEST, value));
    const news = watched.map(({ span, novelty }) => {
      const figure = span(seen);
      return figure === undefined ? 0 : novelty(figure, Math.abs(seen));
    });
    const most = Math.max(...news);
    const score = most / (most + bar);
    if (hushedFor > 0) {
      hushedFor -= 1;
      return score * HUSHED;
    }
    if (score >= THRESHOLD) hushedFor = quiet;
    return score;
  };
};

/** Whether one of these scores, of the latest values or of several metrics, is reason for caution. */
export const isAnomalous = (scores: readonly number[]): boolean =>
  scores.some((score) => score >= THRESHOLD);
