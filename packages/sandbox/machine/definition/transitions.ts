/** Knows which states lead to which: targets that do not exist, states that are never reached. */
import type { State, States } from './definition.ts';
import type { Findings } from './diagnostics.ts';

type Transition = readonly [field: string, target: string];

const transitions = (state: State): Transition[] => {
  const found: Transition[] = [];
  if ('next' in state && state.next !== undefined) found.push(['Next', state.next]);
  if (state.type === 'Choice') {
    for (const [index, { next }] of state.choices.entries())
      found.push([`Choices[${index}]/Next`, next]);
    if (state.default !== undefined) found.push(['Default', state.default]);
  }
  if ('catch' in state) {
    for (const [index, { next }] of state.catch.entries())
      found.push([`Catch[${index}]/Next`, next]);
  }
  return found;
};

/** Adds what is wrong with the transitions among states that stand at `location`. */
export const checkTransitions = (
  { startAt, states }: States,
  location: string,
  findings: Findings,
): void => {
  const add = (at: string, message: string) =>
    findings.add(`${location}/${at}`, message, 'MISSING_TRANSITION_TARGET');
  const reached = new Set<string>();
  const todo = [startAt];
  if (startAt && !states.has(startAt)) add('StartAt', `Missing 'StartAt' target: ${startAt}`);

  for (const name of todo) {
    const state = states.get(name);
    if (!state || reached.has(name)) continue;
    reached.add(name);
    todo.push(...transitions(state).map(([, target]) => target));
  }
  for (const [name, state] of states) {
    for (const [field, target] of transitions(state)) {
      if (target && !states.has(target)) {
        add(`States/${name}/${field}`, `Missing '${field.replace(/.*\//, '')}' target: ${target}`);
      }
    }
    if (!reached.has(name)) add(`States/${name}`, `State "${name}" is not reachable.`);
  }
};
