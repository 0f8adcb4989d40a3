/** Knows one object of a definition while it is read: its fields, where it stands, and what is wrong with it. */

import type { Compile } from '../expression.ts';
import { type FieldTypes, type Query, queryOf } from '../query.ts';
import type { Exit } from './definition.ts';
import type { Findings } from './diagnostics.ts';
import { fieldRefusal } from './fields.ts';
import type { StatesMember } from './restrictions.ts';

/** Where an object stands and how its expressions are compiled. */
export interface Place {
  /** Path in the definition, e.g. `/States/Launch`. */
  readonly location: string;
  /** Path inside the state, e.g. `Catch[0]/`; it names fields in errors of running executions. */
  readonly inState: string;
  readonly compile: Compile;
  readonly findings: Findings;
}

/** Reads the fields of one object; what is missing or wrong is added to the findings. */
export interface Source {
  readonly place: Place;
  has(field: string): boolean;
  raw(field: string): unknown;
  complain(field: string, message: string): void;
  /** A text that must be given. */
  text(field: string): string;
  /** The objects of a list that must not be empty. */
  list(field: string, known: readonly string[]): Source[];
  object(field: string, known: readonly string[]): Source | undefined;
  /** A literal number within bounds. */
  number(field: string, bounds: NumberBounds): number;
  query<K extends keyof FieldTypes>(
    field: string,
    type: K,
    ...results: StatesMember[]
  ): Query<FieldTypes[K]> | undefined;
  exit(...results: StatesMember[]): Exit;
}

interface NumberBounds {
  readonly fallback: number;
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Longest name of a variable (Step Functions quota). */
const LONGEST_VARIABLE = 80;

/** An identifier of Unicode (UAX 31), as AWS asks for. */
const isVariable = (name: string): boolean =>
  name.length <= LONGEST_VARIABLE && /^\p{ID_Start}\p{ID_Continue}*$/u.test(name);

/** Opens an object for reading; a field that is not in `known` is complained of. */
export const sourceOf = (value: unknown, known: readonly string[], place: Place): Source => {
  const object = isObject(value) ? value : {};
  const complain = (field: string, message: string) =>
    place.findings.add(
      field === '' ? place.location || '/' : `${place.location}/${field}`,
      message,
    );
  if (!isObject(value)) complain('', 'must be an object');
  for (const field of Object.keys(object)) {
    if (!known.includes(field)) complain(field, fieldRefusal(field, known));
  }

  const has = (field: string) => object[field] !== undefined;
  const within = (field: string): Place => ({
    ...place,
    location: `${place.location}/${field}`,
    inState: `${place.inState}${field}/`,
  });

  const query = <K extends keyof FieldTypes>(
    field: string,
    type: K,
    ...results: StatesMember[]
  ) => {
    if (!has(field)) return undefined;
    return queryOf(object[field], type, `${place.inState}${field}`, {
      compile: place.compile,
      members: ['input', 'context', ...results],
      complain: (at, sentence) => complain(at.slice(place.inState.length), sentence),
    });
  };

  const assign = (results: StatesMember[]) => {
    if (!has('Assign')) return undefined;
    const names = isObject(object.Assign) ? Object.keys(object.Assign) : [];
    if (!isObject(object.Assign)) complain('Assign', 'must be an object');
    for (const name of names) {
      if (name === 'states') complain('Assign', 'states is a reserved name');
      else if (!isVariable(name)) complain('Assign', `${name} is not a name for a variable`);
    }
    return query('Assign', 'any', ...results);
  };

  return {
    place,
    has,
    raw: (field) => object[field],
    complain,
    query,
    text: (field) => {
      const text = object[field];
      if (typeof text === 'string' && text !== '') return text;
      complain('', `These fields are required: [${field}]`);
      return '';
    },
    list: (field, fields) => {
      const list = object[field];
      if (!Array.isArray(list) || list.length === 0) {
        complain(field, 'must be a list with at least one entry');
        return [];
      }
      return list.map((each, index) => sourceOf(each, fields, within(`${field}[${index}]`)));
    },
    object: (field, fields) => {
      if (has(field)) return sourceOf(object[field], fields, within(field));
      complain('', `These fields are required: [${field}]`);
      return undefined;
    },
    number: (field, { fallback, least, most, whole }) => {
      if (!has(field)) return fallback;
      const number = object[field];
      const fits =
        typeof number === 'number' &&
        number >= least &&
        number <= most &&
        (!whole || Number.isInteger(number));
      if (fits) return number;
      complain(field, `must be ${whole ? 'a whole number' : 'a number'} from ${least} to ${most}`);
      return fallback;
    },
    exit: (...results) => {
      const output = query('Output', 'any', ...results);
      const assigned = assign(results);
      return { ...(output && { output }), ...(assigned && { assign: assigned }) };
    },
  };
};
