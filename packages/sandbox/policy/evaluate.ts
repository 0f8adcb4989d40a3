/** IAM's evaluation of statements: an explicit deny wins, else an allow is needed. Pure. */
import type { Condition, Patterns, Statement } from './document.ts';

/** What is asked, with the condition keys (lower case) that the request has. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | undefined>>;
}

/** The three results that AWS distinguishes. */
export type Decision = 'allowed' | 'explicitDeny' | 'implicitDeny';

const expressions = new Map<string, RegExp>();

const expression = (pattern: string): RegExp => {
  const known = expressions.get(pattern);
  if (known) return known;
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  const made = new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
  expressions.set(pattern, made);
  return made;
};

/** Whether a text matches a pattern with `*` (any characters) and `?` (one character). Case matters. */
export const matches = (pattern: string, text: string): boolean => expression(pattern).test(text);

const covers = ({ patterns, negated }: Patterns, text: string): boolean =>
  patterns.some((pattern) => matches(pattern, text)) !== negated;

const fulfilled = ({ key, like, values }: Condition, context: Request['context']): boolean => {
  const actual = context[key];
  return (
    actual !== undefined &&
    values.some((value) => (like ? matches(value, actual) : value === actual))
  );
};

/** Whether a statement speaks about a request. Actions are compared without regard to case. */
const applies = (statement: Statement, { action, resource, context }: Request): boolean =>
  covers(statement.actions, action.toLowerCase()) &&
  covers(statement.resources, resource) &&
  statement.conditions.every((condition) => fulfilled(condition, context));

/** Decides a request by all statements that concern its principal; their order does not matter. */
export const evaluate = (statements: readonly Statement[], request: Request): Decision => {
  const effects = new Set(
    statements.filter((statement) => applies(statement, request)).map(({ effect }) => effect),
  );
  if (effects.has('Deny')) return 'explicitDeny';
  return effects.has('Allow') ? 'allowed' : 'implicitDeny';
};
