/** Knows how a definition in Amazon States Language becomes a machine, and everything that AWS would refuse in it. */
import { parsedJson } from '../../json-text.ts';
import type { Compile } from '../expression.ts';
import type { Machine, States, StateType } from './definition.ts';
import { type Diagnostic, findings } from './diagnostics.ts';
import { objectFields, stateFields } from './fields.ts';
import { readState } from './parse-state.ts';
import { isObject, type Source, sourceOf } from './source.ts';
import { checkTransitions } from './transitions.ts';
import { checkVariables } from './variable-scopes.ts';

/** A machine, or what is wrong with its definition. */
export type Parsed =
  | { readonly machine: Machine; readonly diagnostics: readonly [] }
  | { readonly machine?: undefined; readonly diagnostics: readonly Diagnostic[] };

/** The longest name of a state (Step Functions quota). */
const LONGEST_NAME = 80;

/** The longest TimeoutSeconds of a machine. */
const LONGEST_TIMEOUT = 99_999_999;

const isStateType = (type: unknown): type is StateType =>
  typeof type === 'string' && Object.hasOwn(stateFields, type);

const readStates = (source: Source, taken: Set<string>): States => {
  const { location, findings: found } = source.place;
  const states = new Map();
  const startAt = source.text('StartAt');
  const raw = source.raw('States');
  if (!isObject(raw) || Object.keys(raw).length === 0) {
    source.complain('', 'These fields are required: [States]');
    return { startAt, states };
  }

  for (const [name, value] of Object.entries(raw)) {
    const at = `${location}/States/${name}`;
    const type = isObject(value) ? value.Type : undefined;
    if (name.length > LONGEST_NAME) found.add(at, `A name has at most ${LONGEST_NAME} characters`);
    if (taken.has(name)) found.add(at, `The name ${name} is used by another state`);
    taken.add(name);
    if (!isStateType(type)) {
      found.add(at, `Type must be one of ${Object.keys(stateFields).join(', ')}`);
      continue;
    }
    const state = sourceOf(value, stateFields[type], {
      ...source.place,
      location: at,
      inState: '',
    });
    const language = state.raw('QueryLanguage');
    if (language !== undefined && language !== 'JSONata') {
      state.complain('QueryLanguage', 'this sandbox runs JSONata only');
    }
    states.set(
      name,
      readState(name, type, state, (inner) => readStates(inner, taken)),
    );
  }
  checkTransitions({ startAt, states }, location, found);
  return { startAt, states };
};

/** Reads a definition; expressions are compiled with `compile`. */
export const parseMachine = (text: string, compile: Compile): Parsed => {
  const found = findings();
  let definition: unknown;
  try {
    definition = parsedJson(text);
  } catch (error) {
    const { message } = error as Error;
    return { diagnostics: [{ severity: 'ERROR', code: 'INVALID_JSON_DESCRIPTION', message }] };
  }
  if (!isObject(definition)) {
    found.add('/', 'Definition must be a valid JSON object');
    return { diagnostics: found.all };
  }

  const source = sourceOf(definition, objectFields.machine, {
    location: '',
    inState: '',
    compile,
    findings: found,
  });
  if (source.raw('QueryLanguage') !== 'JSONata') {
    source.complain('QueryLanguage', 'must be "JSONata": this sandbox does not run JSONPath');
    // Every field would be complained of again: this says it all.
    return { diagnostics: found.all };
  }
  const states = readStates(source, new Set());
  const timeout = source.number('TimeoutSeconds', {
    fallback: 0,
    least: 1,
    most: LONGEST_TIMEOUT,
    whole: true,
  });
  checkVariables(definition, found);
  if (found.all.length > 0) return { diagnostics: found.all };
  return {
    machine: { ...states, ...(timeout > 0 && { timeoutSeconds: timeout }) },
    diagnostics: [],
  };
};
