/** What a call of the judge costs at the most that the design allows: an hour of figures of every five seconds. */
import type { Judge } from '../../../backtest/bundled-judge.ts';
import { median, say } from '../print.ts';
import { randomFrom } from './random.ts';

const SECONDS = 5;
const ROWS = 3600 / SECONDS;
const CALLS = 30;

/** A healthy hour of 100 requests a second, a tenth of them to green, with three marks of slowness. */
const hour = () => {
  const random = randomFrom(1);
  const about = (mean: number) =>
    Math.max(0, Math.round(mean + (random() - 0.5) * Math.sqrt(12 * mean)));
  const [green, blue] = [50, 450];
  const rows = Array.from({ length: ROWS }, (_, i) => i);
  return {
    errors: { seconds: SECONDS, rows: rows.map((i) => [i, green, blue, about(0.2), about(1)]) },
    slow: {
      seconds: SECONDS,
      marks: 3,
      rows: rows.map((i) => [
        ...[i, green, blue],
        ...[about(25), about(5), about(0.5)],
        ...[about(225), about(45), about(4.5)],
      ]),
    },
  };
};

/** Prints how long a call takes and how large its event is. */
export const printCall = async (judge: Judge): Promise<void> => {
  const tally = hour();
  const kibibytes = Buffer.byteLength(JSON.stringify({ tally })) / 1024;
  const times: number[] = [];
  for (let call = 0; call < CALLS; call += 1) {
    const begun = performance.now();
    await judge({ tally });
    times.push(performance.now() - begun);
  }
  say();
  say(
    `A call with an hour of figures of every five seconds: ${median(times).toFixed(1)} ms (median of ${CALLS}, the first ${times[0]!.toFixed(1)}), its event ${kibibytes.toFixed(1)} KiB (at most 64).`,
  );
};
