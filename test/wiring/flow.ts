import * as z from 'zod/mini';
import { STEPS } from '../../core/steps.ts';
import { type Judged, judge, type Problem, type Scope } from './expression.ts';
import { type Json, placesOf, stepKeyOf, stepOfKey } from './machines.ts';
import { either, literal, misfits, objectOf, type Shape, TEXT, UNKNOWN, WHOLE } from './shape.ts';

/**
 * Follows every way through a machine and judges each expression by what is known there: the variables that every
 * way assigns, and what the state itself may read.
 */

const WAITS = '.waitForTaskToken';

/** Members of a state that hold other states, not a template of its own. */
const NOT_TEMPLATES = ['ItemProcessor', 'Choices', 'Catch', 'Retry', 'Comment'];

/** What Step Functions fails a state with. */
const ERROR_OUTPUT = objectOf({ Error: TEXT, Cause: TEXT });

/** Result of starting another machine and waiting for it; nothing of it is promised. */
const EXECUTION = objectOf({ ExecutionArn: TEXT, Status: TEXT });

const isStep = (key: string | undefined): boolean =>
  key !== undefined && Object.hasOwn(STEPS, stepOfKey(key));

/** Schema of what a step takes or gives, by its key in the definition. */
const schemaOf = (key: string, side: 'input' | 'output'): Shape =>
  z.toJSONSchema(STEPS[stepOfKey(key) as keyof typeof STEPS][side], { io: side }) as Shape;

const resultOf = (state: Json): Shape => {
  const key = stepKeyOf(state);
  if (state.Type === 'Map') return { type: 'array' };
  if (!key || !isStep(key)) return EXECUTION;
  // A waiting state ends with what its token is completed with: the steps promise the shape of their output.
  return state.Resource.endsWith(WAITS)
    ? schemaOf(key, 'output')
    : objectOf({ Payload: schemaOf(key, 'output'), StatusCode: WHOLE, ExecutedVersion: TEXT });
};

const contextOf = (state: Json): Shape =>
  objectOf({
    Execution: objectOf({ Id: TEXT, Input: UNKNOWN, Name: TEXT, RoleArn: TEXT, StartTime: TEXT }),
    State: objectOf({ Name: TEXT, EnteredTime: TEXT, RetryCount: WHOLE }),
    StateMachine: objectOf({ Id: TEXT, Name: TEXT }),
    ...(state.Resource?.endsWith(WAITS) ? { Task: objectOf({ Token: TEXT }) } : {}),
  });

/** Every way out of a state, with what is assigned on it. */
const waysOf = (state: Json): readonly { next: string; assign: Json; field: string }[] => [
  ...(state.Next ? [{ next: state.Next, assign: state.Assign, field: 'Assign' }] : []),
  ...(state.Default ? [{ next: state.Default, assign: state.Assign, field: 'Assign' }] : []),
  ...(state.Choices ?? []).map((rule: Json, index: number) => ({
    next: rule.Next,
    assign: rule.Assign,
    field: `Choices[${index}].Assign`,
  })),
  ...(state.Catch ?? []).map((rule: Json, index: number) => ({
    next: rule.Next,
    assign: rule.Assign,
    field: `Catch[${index}].Assign`,
  })),
];

/** What a state knows when it is entered. */
interface Entry {
  readonly variables: Scope;
  /** Known for the first state only: later ones read variables. */
  readonly input?: Shape;
}

interface Field {
  readonly field: string;
  readonly template: Json;
  readonly scope: Scope;
}

/** Every template of a state with what it may read. */
const fieldsOf = (state: Json, { variables, input }: Entry): readonly Field[] => {
  const context = contextOf(state);
  const own = objectOf({ context, ...(input ? { input } : {}) });
  const also = (name: string, shape: Shape): Scope => ({
    ...variables,
    states: objectOf({ ...own.properties, [name]: shape }),
  });
  const plain: Scope = { ...variables, states: own };
  const after = ['Task', 'Map'].includes(state.Type) ? also('result', resultOf(state)) : plain;
  const items = judge(state.Items, plain).shape.items || UNKNOWN;
  const item = also(
    'context',
    objectOf({
      ...context.properties,
      Map: objectOf({ Item: objectOf({ Index: WHOLE, Value: items }) }),
    }),
  );
  const scopes: Readonly<Record<string, Scope>> = {
    Assign: after,
    Output: after,
    ItemSelector: item,
  };
  const rules = (kind: 'Choices' | 'Catch', scope: Scope) =>
    (state[kind] ?? []).flatMap((rule: Json, index: number) =>
      Object.entries(rule).map(([key, template]) => ({
        field: `${kind}[${index}].${key}`,
        template,
        scope,
      })),
    );
  return [
    ...Object.entries(state)
      .filter(([key]) => !NOT_TEMPLATES.includes(key))
      .map(([field, template]) => ({ field, template, scope: scopes[field] ?? plain })),
    ...rules('Choices', plain),
    ...rules('Catch', also('errorOutput', ERROR_OUTPUT)),
  ];
};

const meet = (known: Scope | undefined, coming: Scope): Scope =>
  known === undefined
    ? coming
    : Object.fromEntries(
        Object.entries(known).flatMap(([name, shape]) =>
          coming[name] ? [[name, either(shape, coming[name])]] : [],
        ),
      );

/** The variables that are known when each state is entered, whichever way led there. */
const entriesOf = (among: Json, outer: Scope, input: Shape): ReadonlyMap<string, Entry> => {
  const variables = new Map<string, Scope>([[among.StartAt, outer]]);
  const entryOf = (name: string): Entry => ({
    variables: variables.get(name) ?? {},
    ...(name === among.StartAt ? { input } : {}),
  });
  const open = [among.StartAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = among.States[name];
    const entry = entryOf(name);
    const fields = fieldsOf(state, entry);
    for (const { next, assign, field } of waysOf(state)) {
      const scope = fields.find((one) => one.field === field)?.scope ?? {};
      const assigned = judge(assign ?? {}, scope).shape.properties ?? {};
      const before = variables.get(next);
      const after = meet(before, { ...entry.variables, ...assigned });
      if (before && JSON.stringify(before) === JSON.stringify(after)) continue;
      variables.set(next, after);
      open.push(next);
    }
  }
  return new Map([...variables.keys()].map((name) => [name, entryOf(name)]));
};

const payloadProblems = (state: Json, { shape }: Judged): readonly Problem[] => {
  const key = stepKeyOf(state);
  if (!key || !isStep(key) || state.ItemProcessor) return [];
  const wanted = objectOf({ FunctionName: literal(`\${${key}}`), Payload: schemaOf(key, 'input') });
  return misfits(shape, wanted, 'Arguments').map((text) => ({ rule: 'payload' as const, text }));
};

/** Everything that is wrong with the expressions of a machine, or of the part of a Map that runs once an item. */
export const problemsOf = (among: Json, input: Shape, outer: Scope = {}): readonly Problem[] => {
  const entries = entriesOf(among, outer, input);
  return [...entries].flatMap(([name, entry]) => {
    const state = among.States[name];
    const judged = fieldsOf(state, entry).map(({ field, template, scope }) => {
      const found = judge(template, scope);
      const misfitting = field === 'Arguments' ? payloadProblems(state, found) : [];
      return { field, shape: found.shape, problems: [...found.problems, ...misfitting] };
    });
    const item = judged.find(({ field }) => field === 'ItemSelector')?.shape ?? UNKNOWN;
    return [
      ...judged.flatMap(({ field, problems }) =>
        problems.map(({ rule, text }) => ({ rule, text: `${name}.${field}: ${text}` })),
      ),
      ...(state.ItemProcessor ? problemsOf(state.ItemProcessor, item, entry.variables) : []),
    ];
  });
};

/** The input that a machine gives to another one that it starts. */
export const handedOver = (machine: Json): Shape => {
  const entries = entriesOf(machine, {}, UNKNOWN);
  const place = placesOf(machine).find(({ state }) => state.Arguments?.StateMachineArn);
  const entry = place && entries.get(place.name);
  const field = entry && fieldsOf(place.state, entry).find((one) => one.field === 'Arguments');
  return (field && judge(field.template.Input, field.scope).shape) ?? UNKNOWN;
};
