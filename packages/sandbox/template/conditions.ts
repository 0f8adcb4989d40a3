/** Evaluates CloudFormation's condition functions, in `Conditions` and in the assertions of `Rules`. */
import { resolve } from './intrinsics.ts';
import type { Scope } from './scope.ts';

type Operator = (operands: readonly unknown[], scope: Scope, at: string) => boolean;

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Parameters arrive as strings, so numbers and booleans are compared as text. */
const comparable = (value: unknown, scope: Scope, at: string): unknown => {
  const resolved = resolve(value, scope, at);
  return typeof resolved === 'number' || typeof resolved === 'boolean'
    ? String(resolved)
    : resolved;
};

const operators: Readonly<Record<string, Operator>> = {
  'Fn::Equals': ([a, b], scope, at) => same(comparable(a, scope, at), comparable(b, scope, at)),
  'Fn::And': (operands, scope, at) => operands.every((operand) => holds(operand, scope, at)),
  'Fn::Or': (operands, scope, at) => operands.some((operand) => holds(operand, scope, at)),
  'Fn::Not': ([operand], scope, at) => !holds(operand, scope, at),
  'Fn::Contains': ([values, value], scope, at) => {
    const wanted = comparable(value, scope, at);
    return (resolve(values, scope, at) as unknown[]).some((candidate) =>
      same(comparable(candidate, scope, at), wanted),
    );
  },
};

/** Whether a condition expression holds. */
export const holds = (expression: unknown, scope: Scope, at: string): boolean => {
  const [name, operand] = Object.entries((expression ?? {}) as Record<string, unknown>)[0] ?? [];
  if (name === 'Condition') return scope.condition(String(operand));
  const operator = name === undefined ? undefined : operators[name];
  if (operator && Array.isArray(operand)) return operator(operand, scope, at);
  throw new Error(
    `${at}: ${JSON.stringify(expression)} is not a condition that the sandbox can evaluate`,
  );
};

/** Named conditions, each evaluated once and when it is first asked for. */
export const conditionsOf = (
  conditions: Readonly<Record<string, unknown>>,
  scope: () => Scope,
): ((name: string) => boolean) => {
  const known = new Map<string, boolean | 'evaluating'>();
  return (name) => {
    const value = known.get(name);
    if (typeof value === 'boolean') return value;
    if (value === 'evaluating') throw new Error(`Conditions.${name}: it depends on itself`);
    if (!Object.hasOwn(conditions, name))
      throw new Error(`Conditions: there is no condition named ${name}`);
    known.set(name, 'evaluating');
    const result = holds(conditions[name], scope(), `Conditions.${name}`);
    known.set(name, result);
    return result;
  };
};
