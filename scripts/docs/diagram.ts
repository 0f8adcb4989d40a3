/** Draws a state machine as a mermaid state diagram. */

/** A state of the Amazon States Language, as far as it is drawn. */
export interface State {
  readonly Comment: string;
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly End?: boolean;
  readonly Arguments?: { readonly FunctionName?: string; readonly StateMachineArn?: string };
  readonly Choices?: readonly { readonly Condition: string; readonly Next: string }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly ItemProcessor?: Machine;
}

/** A state machine, or the part of a Map that runs once an item. */
export interface Machine {
  readonly Comment?: string;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** A state that so many others fail into is told in a sentence: its arrows would hide the graph. */
const MANY = 3;

/** States that fail into one and the same state, where they are too many to be drawn. */
export const commonFailures = ({ States }: Machine): ReadonlyMap<string, readonly string[]> => {
  const failing = new Map<string, string[]>();
  for (const [name, { Catch = [] }] of Object.entries(States))
    for (const { Next } of Catch) failing.set(Next, [...(failing.get(Next) ?? []), name]);
  return new Map([...failing].filter(([, names]) => names.length >= MANY));
};

/** `{% $observed.action = 'wait' %}` as a label: `action = wait`. */
const conditionText = (condition: string): string =>
  condition.replace(/^\{%\s*\$(?:\w+\.)?|\s*%\}$|'/g, '');

const failureText = (errors: readonly string[]): string =>
  errors.every((error) => /^States\.(Heartbeat)?Timeout$/.test(error)) ? 'time is over' : 'fails';

const arrow = (from: string, to: string, label = ''): string =>
  `${from} --> ${to}${label && `: ${label}`}`;

const arrowsOf = (
  name: string,
  { Next, Default, Choices = [], Catch = [], End, Type }: State,
  told: ReadonlyMap<string, unknown>,
): readonly string[] => [
  ...Choices.map((rule) => arrow(name, rule.Next, conditionText(rule.Condition))),
  ...(Default ? [arrow(name, Default, 'otherwise')] : []),
  ...(Next ? [arrow(name, Next)] : []),
  ...Catch.filter((rule) => !told.has(rule.Next) && rule.Next !== Next).map((rule) =>
    arrow(name, rule.Next, failureText(rule.ErrorEquals)),
  ),
  ...(End || ['Succeed', 'Fail'].includes(Type) ? [arrow(name, '[*]')] : []),
];

const linesOf = (machine: Machine, indent: string): readonly string[] => {
  const told = commonFailures(machine);
  return [
    `${indent}${arrow('[*]', machine.StartAt)}`,
    ...Object.entries(machine.States).flatMap(([name, state]) => [
      ...(state.ItemProcessor
        ? [`${indent}state ${name} {`, ...linesOf(state.ItemProcessor, `${indent}  `), `${indent}}`]
        : []),
      ...arrowsOf(name, state, told).map((line) => `${indent}${line}`),
    ]),
  ];
};

/** The diagram of a machine. */
export const diagramOf = (machine: Machine): string =>
  ['```mermaid', 'stateDiagram-v2', ...linesOf(machine, '  '), '```'].join('\n');
