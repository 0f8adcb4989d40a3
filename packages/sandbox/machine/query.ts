/** Knows the values of a definition: JSON with expressions in it, and the type that a field asks for. */

import type { StatesMember } from './definition/restrictions.ts';
import { type Bindings, type Compile, type Expression, QueryError } from './expression.ts';

/** A field of a definition as it is read in a running state; the bindings are asked for only if needed. */
export type Query<T = unknown> = (bindings: () => Bindings) => Promise<T>;

/** The types that fields ask for. */
export interface FieldTypes {
  any: unknown;
  string: string;
  number: number;
  integer: number;
  seconds: number;
  'positive seconds': number;
  boolean: boolean;
  'array or object': object;
}

/** Reads a value of a definition; `complain` is given the place inside the value and the sentence. */
export interface QueryReader {
  readonly compile: Compile;
  readonly members: readonly StatesMember[];
  complain(place: string, sentence: string): void;
}

const typeOf = (value: unknown): string =>
  Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;

const is = (type: string) => (value: unknown) => typeOf(value) === type;
const isInteger = (value: unknown): value is number => Number.isInteger(value);

/** The longest time that a definition may give (Amazon States Language of Step Functions). */
const MOST_SECONDS = 99_999_999;
const isSeconds = (value: unknown) => isInteger(value) && value >= 0 && value <= MOST_SECONDS;

const tests: Readonly<Record<keyof FieldTypes, (value: unknown) => boolean>> = {
  any: () => true,
  string: is('string'),
  number: is('number'),
  integer: (value) => isInteger(value) && value >= 0,
  seconds: isSeconds,
  'positive seconds': (value) => isSeconds(value) && value !== 0,
  boolean: is('boolean'),
  'array or object': (value) => is('array')(value) || is('object')(value),
};

const isExpression = (text: string): boolean => text.startsWith('{%') && text.endsWith('%}');
const isHalfExpression = (text: string): boolean =>
  text.trimStart().startsWith('{%') || text.trimEnd().endsWith('%}');

/** A part of a template: ready, or an expression at a place, or an object or array of parts. */
type Part =
  | { readonly kind: 'constant'; readonly value: unknown }
  | { readonly kind: 'expression'; readonly expression: Expression; readonly location: string }
  | { readonly kind: 'array'; readonly parts: readonly Part[] }
  | { readonly kind: 'object'; readonly parts: readonly (readonly [string, Part])[] };

const constant = (value: unknown): Part => ({ kind: 'constant', value });

const textPart = (text: string, location: string, reader: QueryReader): Part => {
  if (!isExpression(text)) {
    if (isHalfExpression(text)) {
      reader.complain(
        location,
        'an expression starts with {% and ends with %}, without blanks outside',
      );
    }
    return constant(text);
  }
  try {
    const expression = reader.compile(text.slice(2, -2).trim(), reader.members);
    return { kind: 'expression', expression, location };
  } catch (error) {
    reader.complain(location, (error as Error).message);
    return constant(text);
  }
};

const partOf = (value: unknown, location: string, reader: QueryReader): Part => {
  if (typeof value === 'string') return textPart(value, location, reader);
  if (typeof value !== 'object' || value === null) return constant(value);
  if (Array.isArray(value)) {
    const parts = value.map((each, index) => partOf(each, `${location}[${index}]`, reader));
    return parts.every(({ kind }) => kind === 'constant')
      ? constant(value)
      : { kind: 'array', parts };
  }
  const parts = Object.entries(value).map(([key, each]) => {
    const place = `${location}/${key}`;
    if (key.endsWith('.$'))
      reader.complain(place, 'is JSONPath; a JSONata state has no ".$" names');
    return [key, partOf(each, place, reader)] as const;
  });
  return parts.every(([, { kind }]) => kind === 'constant')
    ? constant(value)
    : { kind: 'object', parts };
};

/** One after another, so that `$random` and `$uuid` give the same values in every run. */
const evaluate = async (part: Part, bindings: Bindings): Promise<unknown> => {
  switch (part.kind) {
    case 'constant':
      return part.value;
    case 'expression':
      return part.expression.evaluate(bindings, part.location);
    case 'array': {
      const values: unknown[] = [];
      for (const each of part.parts) values.push(await evaluate(each, bindings));
      return values;
    }
    case 'object': {
      const entries: [string, unknown][] = [];
      for (const [key, each] of part.parts) entries.push([key, await evaluate(each, bindings)]);
      return Object.fromEntries(entries);
    }
  }
};

/**
 * Compiles the value of a field. A literal of the wrong type is complained of now; an expression whose result
 * has the wrong type throws QueryError when it is read.
 */
export const queryOf = <K extends keyof FieldTypes>(
  value: unknown,
  type: K,
  location: string,
  reader: QueryReader,
): Query<FieldTypes[K]> => {
  const part = partOf(value, location, reader);
  const fits = tests[type];
  if (part.kind === 'constant') {
    const isText = typeof value === 'string' && isExpression(value);
    if (!fits(value) && !isText) {
      reader.complain(location, `must be of type ${type}, or an expression that gives one`);
    }
    return async () => part.value as FieldTypes[K];
  }
  return async (bindings) => {
    const result = await evaluate(part, bindings());
    if (fits(result)) return result as FieldTypes[K];
    const source = part.kind === 'expression' ? part.expression.source : JSON.stringify(value);
    throw new QueryError(
      location,
      `The JSONata expression '${source}' specified for the field '${location}' returned an unexpected ` +
        `result type. Expected '${type}', but was '${typeOf(result)}' for value: ${JSON.stringify(result)}`,
    );
  };
};
