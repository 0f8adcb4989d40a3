import type * as z from 'zod/mini';
import { alike } from './alike.ts';
import { fewOf } from './few.ts';
import './schema.ts';

/** A fault of a value, as the schema library reports it. */
type Issue = z.core.$ZodIssue;

/** Unit of a limit by what has it: numbers have none. */
const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' };

const limitText = (verb: string, limit: unknown, origin: string): string =>
  UNITS[origin] === undefined
    ? `must be ${verb} ${limit}`
    : `must have ${verb} ${limit}${UNITS[origin]}`;

/** Words of others that a sentence names, at most so many. */
const MOST_WORDS = 10;

/** Some words of others, in quotes, and how many more there are. */
const someOf = (words: readonly string[]): string => {
  const named = words.slice(0, MOST_WORDS).map((word) => `"${word}"`);
  const left = words.length - named.length;
  return left === 0 ? named.join(', ') : `${named.join(', ')} and ${left} more`;
};

const textOf = (issue: Issue): string => {
  const { code, message } = issue;
  if (code === 'unrecognized_keys') return `has no member ${someOf(issue.keys)}`;
  if (code === 'too_big') return limitText('at most', issue.maximum, issue.origin);
  if (code === 'too_small') return limitText('at least', issue.minimum, issue.origin);
  if (code === 'invalid_type' && /received undefined$/.test(message)) return 'is missing';
  // A union that got no sentence of its own: that of each form it may have.
  if (code === 'invalid_union' && message === 'Invalid input')
    return [...new Set(issue.errors.flat().map(textOf))].join(', or ');
  return message
    .replace(/^Invalid input: expected/, 'must be')
    .replace(/^Invalid option: expected/, 'must be')
    .replace(/, received/, ', not');
};

/** One sentence a fault: the member by its path, and what is wrong with it. `whole` names the value itself. */
export const faultSentences = (
  { issues }: { readonly issues: readonly Issue[] },
  whole: string,
): readonly string[] =>
  issues.map(
    (issue) =>
      `${issue.path.length === 0 ? whole : `"${issue.path.map(String).join('.')}"`} ${textOf(issue)}`,
  );

/** The first faults of a value in one text, each marked with ✖, so that `brief` can cut it, and how many more there are. */
export const faultText = (error: { readonly issues: readonly Issue[] }, whole: string): string =>
  fewOf(faultSentences(error, whole).map((sentence) => `✖ ${sentence}`)).join('\n');

/** `; did you mean x?` where a list has a word that resembles the given one, else nothing. */
export const meant = (given: string, known: readonly string[]): string => {
  const found = alike(given, known);
  return found === undefined ? '' : `; did you mean ${found}?`;
};
