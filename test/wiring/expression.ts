import jsonata from 'jsonata';
import { isNever, literal, mayBeList, memberOf, type Shape, TEXT, UNKNOWN } from './shape.ts';

/** What is wrong with an expression, sorted by the rule that it breaks. */
export interface Problem {
  readonly rule: 'path' | 'logic' | 'list' | 'comparison' | 'payload' | 'syntax';
  readonly text: string;
}

/** What an expression may read, by the name of the variable: `states` and what was assigned. */
export type Scope = Readonly<Record<string, Shape>>;

/** A value's shape, and what is wrong with the way it is made. */
export interface Judged {
  readonly shape: Shape;
  readonly problems: readonly Problem[];
}

/** JSONata's syntax tree; the package's own types are older than the trees. */
type Node = any;

const COMPARISONS: readonly string[] = ['=', '!=', '<', '<=', '>', '>='];

/** Functions that an expression may call; a random or clock function would make two runs differ unseen. */
const FUNCTIONS: Readonly<Record<string, Shape>> = { uuid: TEXT, exists: { type: 'boolean' } };

/** Members of syntax nodes that are nothing but a name in a path; any other one filters, groups or sorts. */
const PLAIN: readonly string[] = ['type', 'value', 'position'];

const problem = (rule: Problem['rule'], text: string): Judged => ({
  shape: UNKNOWN,
  problems: [{ rule, text }],
});

const judgePath = (steps: readonly Node[], scope: Scope): Judged => {
  const [first, ...members] = steps;
  const path = `$${steps.map(({ value }) => value).join('.')}`;
  const isPlain = steps.every((step) => Object.keys(step).every((key) => PLAIN.includes(key)));
  const isPath = first.type === 'variable' && members.every(({ type }) => type === 'name');
  if (!isPlain || !isPath) return problem('logic', `${path} is more than a path`);
  let shape = Object.hasOwn(scope, first.value) ? scope[first.value] : undefined;
  for (const { value } of members) shape = shape && memberOf(shape, value);
  return shape ? { shape, problems: [] } : problem('path', `${path} is not always there`);
};

const judgeComparison = (left: Judged, right: Judged, text: string): Judged => {
  const never =
    (right.shape.enum?.length === 1 && isNever(left.shape, right.shape.enum[0])) ||
    (left.shape.enum?.length === 1 && isNever(right.shape, left.shape.enum[0]));
  return {
    shape: { type: 'boolean' },
    problems: [
      ...left.problems,
      ...right.problems,
      ...(never ? [{ rule: 'comparison' as const, text: `${text} is never true` }] : []),
    ],
  };
};

const judgeNode = (node: Node, scope: Scope, text: string, inList = false): Judged => {
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value':
      return { shape: literal(node.value), problems: [] };
    case 'variable':
    case 'path': {
      const { shape, problems } = judgePath(node.steps ?? [node], scope);
      const bare = mayBeList(shape) && !inList;
      return bare
        ? problem('list', `${text} is a list that is not written [ … ]`)
        : { shape, problems };
    }
    case 'binary': {
      const [left, right] = [node.lhs, node.rhs].map((side) => judgeNode(side, scope, text));
      if (COMPARISONS.includes(node.value)) return judgeComparison(left!, right!, text);
      if (node.value !== '&') return problem('logic', `${text} computes with ${node.value}`);
      return { shape: TEXT, problems: [...left!.problems, ...right!.problems] };
    }
    case 'unary': {
      if (node.value !== '[') return problem('logic', `${text} computes with ${node.value}`);
      const parts: Judged[] = node.expressions.map((one: Node) =>
        judgeNode(one, scope, text, true),
      );
      const items = parts.map(({ shape }) => (mayBeList(shape) ? shape.items || UNKNOWN : shape));
      return {
        shape: { type: 'array', ...(items[0] ? { items: items[0] } : {}) },
        problems: parts.flatMap(({ problems }) => problems),
      };
    }
    case 'function': {
      const name: string = node.procedure.value;
      const shape = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
      if (!shape) return problem('logic', `${text} calls $${name}`);
      const judged: Judged[] = node.arguments.map((one: Node) => judgeNode(one, scope, text, true));
      return { shape, problems: judged.flatMap(({ problems }) => problems) };
    }
    default:
      return problem('logic', `${text} holds a ${node.type}`);
  }
};

const judgeText = (text: string, scope: Scope): Judged => {
  const expression = /^\{%(.*)%\}$/s.exec(text)?.[1]?.trim();
  if (expression === undefined) {
    return text.includes('{%') || text.includes('%}')
      ? problem('syntax', `"${text}" is not an expression as a whole`)
      : { shape: literal(text), problems: [] };
  }
  try {
    return judgeNode(jsonata(expression).ast(), scope, expression);
  } catch (error) {
    return problem('syntax', `${expression}: ${(error as Error).message}`);
  }
};

/** Judges a template: JSON whose texts may be expressions. */
export const judge = (template: unknown, scope: Scope): Judged => {
  if (typeof template === 'string') return judgeText(template, scope);
  if (Array.isArray(template)) {
    const parts = template.map((part) => judge(part, scope));
    const items = parts[0] ? { items: parts[0].shape } : {};
    return {
      shape: { type: 'array', ...items },
      problems: parts.flatMap(({ problems }) => problems),
    };
  }
  if (typeof template !== 'object' || template === null) {
    return { shape: literal(template), problems: [] };
  }
  const members = Object.entries(template).map(([key, part]) => [key, judge(part, scope)] as const);
  return {
    shape: {
      type: 'object',
      properties: Object.fromEntries(members.map(([key, { shape }]) => [key, shape])),
      required: members.map(([key]) => key),
    },
    problems: members.flatMap(([, { problems }]) => problems),
  };
};
