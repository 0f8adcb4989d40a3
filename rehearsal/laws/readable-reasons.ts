import { type Law, recordsIn } from './law.ts';

/** What a value looks like that nobody has put into words; `received undefined` is how a schema says that a member is missing. */
const RAW = /(?<!received )undefined|NaN|\[object/;

/** Reasons are sentences for people. */
export const readableReasons: Law = {
  name: 'readable-reasons',
  says: 'A person understands every reason.',
  broken: (aftermath) =>
    recordsIn(aftermath)
      .flatMap(({ reasons }) => reasons)
      .filter(({ text }) => RAW.test(text))
      .map(({ text }) => `no person understands: ${text}`),
};
