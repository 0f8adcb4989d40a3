/** Knows AWS's rule of scopes: a name assigned in an outer scope cannot be assigned in an inner one. */
import type { Findings } from './diagnostics.ts';
import { isObject } from './source.ts';

type Json = Readonly<Record<string, unknown>>;

const objects = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

const namesIn = (state: Json): string[] =>
  [state, ...objects(state.Choices), ...objects(state.Catch)].flatMap(({ Assign }) =>
    isObject(Assign) ? Object.keys(Assign) : [],
  );

const inner = (state: Json): (readonly [field: string, scope: Json])[] => [
  ...objects(state.Branches).map((branch, index) => [`Branches[${index}]`, branch] as const),
  ...(isObject(state.ItemProcessor) ? [['ItemProcessor', state.ItemProcessor] as const] : []),
];

/** Adds every name of a definition that breaks the rule. */
export const checkVariables = (definition: Json, findings: Findings): void => {
  const visit = (scope: Json, location: string, outer: ReadonlySet<string>): void => {
    const states = isObject(scope.States) ? Object.entries(scope.States) : [];
    const known = states.filter((entry): entry is [string, Json] => isObject(entry[1]));
    const own = new Set(known.flatMap(([, state]) => namesIn(state)));
    for (const [name, state] of known) {
      for (const variable of namesIn(state).filter((assigned) => outer.has(assigned))) {
        findings.add(
          `${location}/States/${name}/Assign`,
          `The variable ${variable} is assigned in an outer scope; a branch or an iteration needs another name`,
        );
      }
      for (const [field, part] of inner(state)) {
        visit(part, `${location}/States/${name}/${field}`, new Set([...outer, ...own]));
      }
    }
  };
  visit(definition, '', new Set());
};
