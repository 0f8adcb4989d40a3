/** Evaluates a metric math expression over time series. */
import { FUNCTIONS } from './functions.ts';
import type { Expression } from './parse.ts';
import { type Scope, type Value, zip } from './value.ts';

const truth = (holds: boolean) => (holds ? 1 : 0);

const OPERATORS: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '^': (left, right) => left ** right,
  '==': (left, right) => truth(left === right),
  '!=': (left, right) => truth(left !== right),
  '<': (left, right) => truth(left < right),
  '<=': (left, right) => truth(left <= right),
  '>': (left, right) => truth(left > right),
  '>=': (left, right) => truth(left >= right),
  '&&': (left, right) => truth(left !== 0 && right !== 0),
  '||': (left, right) => truth(left !== 0 || right !== 0),
};

/** The value of an expression: one number, a series, or a list of them. Throws SyntaxError that says what is wrong. */
export const evaluate = (expression: Expression, scope: Scope): Value => {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'id':
      return scope.read(expression.name);
    case 'list':
      return expression.items.map((item) => evaluate(item, scope));
    case 'negate':
      return zip([evaluate(expression.of, scope)], ([value = 0]) => -value);
    case 'operation': {
      const operator = OPERATORS[expression.operator];
      if (!operator) throw new SyntaxError(`unknown operator ${expression.operator}`);
      const sides = [evaluate(expression.left, scope), evaluate(expression.right, scope)];
      return zip(sides, ([left = 0, right = 0]) => operator(left, right));
    }
    case 'call': {
      const { name, args } = expression;
      const run = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
      if (!run) throw new SyntaxError(`unknown function ${name}`);
      return run(args, scope, (argument) => evaluate(argument, scope));
    }
  }
};
