/** EventBridge's pattern language, which SNS filter policies share: compiled once, asked for every event. */
import { matcherOf, type ValueMatcher } from './pattern-matchers.ts';

/** Says whether an event (or a set of attributes) matches. */
export type Pattern = (event: unknown) => boolean;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The values of a field: an array stands for each of its elements, an object is no value. */
const valuesOf = (value: unknown): readonly unknown[] => {
  if (value === undefined || isFields(value)) return [];
  return Array.isArray(value) ? value.flatMap(valuesOf) : [value];
};

const field = (matchers: readonly ValueMatcher[]): Pattern => {
  return (value) => {
    const values = valuesOf(value);
    return matchers.some((matcher) =>
      matcher === 'absent' ? values.length === 0 : values.some(matcher),
    );
  };
};

/** A field that holds several objects matches if one of them fits the whole pattern below it. */
const below =
  (pattern: Pattern): Pattern =>
  (value) =>
    Array.isArray(value) && value.some(isFields)
      ? value.some((element) => isFields(element) && pattern(element))
      : pattern(isFields(value) ? value : {});

const isAlternatives = (key: string, value: unknown): value is readonly Fields[] =>
  key === '$or' && Array.isArray(value) && value.length > 1 && value.every(isFields);

const member = (key: string, value: unknown): Pattern => {
  if (isAlternatives(key, value)) {
    const patterns = value.map(fields);
    return (event) => patterns.some((pattern) => pattern(event));
  }
  const inner = isFields(value) ? below(fields(value)) : field(leaf(key, value));
  return (event) => inner(isFields(event) && Object.hasOwn(event, key) ? event[key] : undefined);
};

const leaf = (key: string, value: unknown): ValueMatcher[] => {
  if (!Array.isArray(value)) {
    throw new SyntaxError(`"${key}" must be an object or an array`);
  }
  if (value.length === 0) throw new SyntaxError('Empty arrays are not allowed');
  return value.map(matcherOf);
};

const fields = (pattern: Fields): Pattern => {
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw new SyntaxError('Empty objects are not allowed');
  const members = entries.map(([key, value]) => member(key, value));
  return (event) => members.every((matches) => matches(event));
};

/** Compiles a pattern. Throws SyntaxError with the reason if it is none. */
export const compilePattern = (pattern: unknown): Pattern => {
  if (!isFields(pattern)) throw new SyntaxError('Filter is not an object');
  return fields(pattern);
};
