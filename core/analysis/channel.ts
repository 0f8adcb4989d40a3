/** One thing that may be worse in green, as steps of which each tells something. */
import type { Bin, Stretch } from './bin.ts';
import type { Step } from './evidence.ts';

/** Failures in a bin by a channel: errors, or requests slower than a mark; undefined where nobody measured. */
export type Channel = (bin: Bin) => number | undefined;

/** Requests that failed. */
export const errorsOf: Channel = ({ errors }) => errors;

/** Requests slower than the mark of that index. */
export const slowerThan =
  (mark: number): Channel =>
  ({ slow }) =>
    slow?.[mark];

/** Seconds from which on a stretch is no moment any more: what blue fails by then may be something else. */
const LONG = 60;

const EMPTY = { green: 0, blue: 0, failures: 0, greenFailures: 0 };

/**
 * Takes stretches in the order of time and puts them together until green has had `fewest` requests, since one request
 * beside a hundred tells next to nothing of odds; gives the step that is then complete. Only numbers of requests decide
 * where a step ends, so that failures do not choose their own steps.
 */
export const openSteps = (
  channel: Channel,
  fewest: number,
): ((stretch: Stretch) => Step | undefined) => {
  let sum = EMPTY;
  return ({ end, green, blue }) => {
    const [ofGreen, ofBlue] = [channel(green), channel(blue)];
    if (ofGreen === undefined || ofBlue === undefined) return undefined;
    // What is long enough by itself is not put together with others, in which traffic may have been shared otherwise.
    if (green.requests >= fewest && blue.requests > 0)
      return {
        end,
        ...{ green: green.requests, blue: blue.requests },
        ...{ failures: ofGreen + ofBlue, greenFailures: ofGreen },
      };
    // Long stretches without blue are another time than those with it.
    if (blue.requests === 0 && green.seconds >= LONG) return undefined;
    sum = {
      green: sum.green + green.requests,
      blue: sum.blue + blue.requests,
      failures: sum.failures + ofGreen + ofBlue,
      greenFailures: sum.greenFailures + ofGreen,
    };
    if (sum.green < fewest || sum.blue === 0) return undefined;
    const step = { ...sum, end };
    sum = EMPTY;
    return step;
  };
};
