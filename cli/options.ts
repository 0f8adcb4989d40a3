/** Knows the values that options of the command may have. */
import { InvalidArgumentError } from 'commander';

/** Port on which people expect a local AWS. */
export const DEFAULT_PORT = 4566;

/** Faster than this, the real time that requests and processes take looks like hours to a release. */
const FASTEST = 1000;

/** Releases that are read one by one; who wants more wants all. */
const MOST_LISTED = 200;

/** Reads a port. */
export const portOf = (text: string): number => {
  const port = Number(text);
  if (text !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a number from 0 (any free one) to 65535.');
};

/** Reads how many are wanted. */
export const limitOf = (text: string): number => {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MOST_LISTED) return limit;
  throw new InvalidArgumentError(`A limit is a number from 1 to ${MOST_LISTED}; --all has none.`);
};

/** Reads a speed: service seconds in a real second. */
export const speedOf = (text: string): number => {
  const speed = Number(text);
  if (speed > 0 && speed <= FASTEST) return speed;
  throw new InvalidArgumentError(`A speed is a number above 0, at most ${FASTEST}.`);
};
