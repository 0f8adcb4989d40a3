import { logger } from './log.ts';

/** Reads or keeps something that only people need: what cannot be read stops no release, it is left out. */
export const forPeople = async <T>(read: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await read();
  } catch (error) {
    logger.warn('left out, since only people need it', { problem: String(error) });
    return undefined;
  }
};
