/** Records and facts of before name steps by words of a platform: they are read in the words of today. */
import { DRIVERS } from './drivers.ts';

const todays = (word: string): string => {
  const former = Object.values(DRIVERS).find((driver) =>
    Object.hasOwn(driver.former?.words ?? {}, word),
  )?.former;
  return former?.words[word] ?? word;
};

/** A step of a rollback in a word or two, as records keep it, in the words of today. */
export const orderOfToday = (order: string): string => order.split(' ').map(todays).join(' ');

/** A step of a rollback as facts keep it, in the words of today. */
export const stepOfToday = <Step extends object>(step: Step): Step =>
  Object.fromEntries(
    Object.entries(step).map(([name, value]) => [
      name,
      typeof value === 'string' && ['did', 'of', 'wait'].includes(name) ? todays(value) : value,
    ]),
  ) as Step;
