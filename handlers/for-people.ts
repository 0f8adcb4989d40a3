import { logger } from './step.ts';

/** Reads something that only people need: what cannot be read stops no release, it is left out. */
export const forPeople = async <T>(read: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await read();
  } catch (error) {
    logger.warn('left out for people: it was not read', { problem: String(error) });
    return undefined;
  }
};
