/** Reads IAM policy documents into statements, and refuses by name what the sandbox would not evaluate. */
import { AwsError } from '../aws-error.ts';

/** Wildcard patterns; `negated` for NotAction and NotResource. */
export interface Patterns {
  readonly patterns: readonly string[];
  readonly negated: boolean;
}

/** One key of a statement's Condition: the request's value must match one of the values. */
export interface Condition {
  readonly key: string;
  /** Whether `*` and `?` in the values are wildcards. */
  readonly like: boolean;
  readonly values: readonly string[];
}

/** One statement of a policy. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** In lower case, because the case of actions does not matter. */
  readonly actions: Patterns;
  readonly resources: Patterns;
  readonly conditions: readonly Condition[];
  /** Who is trusted, in a trust policy: service names, ARNs, account ids or `*`. */
  readonly principals: readonly string[];
}

/** `identity`: what a role may do. `trust`: who may assume it. */
export type PolicyKind = 'identity' | 'trust';

/** Condition keys that the sandbox evaluates, and the operators it knows for them. */
const EVALUATED: Readonly<Record<PolicyKind, Readonly<Record<string, readonly string[]>>>> = {
  identity: {
    'application-autoscaling:scalable-dimension': ['StringEquals'],
    'application-autoscaling:service-namespace': ['StringEquals'],
    'aws:requesttag/*': ['StringEquals', 'StringLike'],
    'iam:passedtoservice': ['StringEquals', 'StringLike'],
    'lambda:invokedviafunctionurl': ['Bool'],
  },
  trust: {
    'aws:principalarn': ['StringEquals', 'StringLike', 'ArnEquals', 'ArnLike'],
    'aws:sourceaccount': ['StringEquals', 'StringLike'],
    'aws:sourcearn': ['StringEquals', 'StringLike', 'ArnEquals', 'ArnLike'],
  },
};

/** Elements a statement of each kind must and may have. */
const ELEMENTS: Readonly<Record<PolicyKind, ReadonlySet<string>>> = {
  identity: new Set([
    'Sid',
    'Effect',
    'Action',
    'NotAction',
    'Resource',
    'NotResource',
    'Condition',
  ]),
  trust: new Set(['Sid', 'Effect', 'Action', 'Principal', 'Condition']),
};

const malformed = (message: string) => new AwsError('MalformedPolicyDocumentException', message);

const strings = (value: unknown, element: string): string[] => {
  const values = [value].flat();
  if (values.length > 0 && values.every((item) => typeof item === 'string'))
    return values as string[];
  throw malformed(`${element} must be a string or a list of strings`);
};

/** Exactly one of `<name>` and `Not<name>`. */
const patterns = (statement: Record<string, unknown>, name: string): Patterns => {
  const [plain, not] = [statement[name], statement[`Not${name}`]];
  if ((plain === undefined) === (not === undefined)) {
    throw malformed(`a statement needs either ${name} or Not${name}`);
  }
  const found = strings(plain ?? not, name);
  const variable = found.find((pattern) => pattern.includes('${'));
  if (variable)
    throw malformed(`the policy variable in "${variable}" is not evaluated in the sandbox`);
  return { patterns: found, negated: plain === undefined };
};

const lowerCase = ({ patterns: found, negated }: Patterns): Patterns => ({
  patterns: found.map((pattern) => pattern.toLowerCase()),
  negated,
});

/** A key as `EVALUATED` lists it: those of request tags end in the tag's own key. */
const listed = (key: string): string => key.replace(/^(aws:requesttag\/).+/, '$1*');

const conditions = (block: unknown, kind: PolicyKind): Condition[] =>
  Object.entries((block ?? {}) as Record<string, Record<string, unknown>>).flatMap(
    ([operator, tests]) =>
      Object.entries(tests).map(([key, value]) => {
        if (EVALUATED[kind][listed(key.toLowerCase())]?.includes(operator)) {
          const like = operator !== 'StringEquals';
          return { key: key.toLowerCase(), like, values: strings(value, key) };
        }
        throw malformed(
          `the condition ${operator} on ${key} is not evaluated in the sandbox, so the statement would not mean what it says`,
        );
      }),
  );

const principals = (value: unknown): string[] => {
  if (value === '*') return ['*'];
  return Object.entries((value ?? {}) as Record<string, unknown>).flatMap(([type, names]) => {
    if (type === 'Service' || type === 'AWS') return strings(names, `Principal.${type}`);
    throw malformed(`principals of type ${type} do not exist in the sandbox`);
  });
};

const statement = (source: Record<string, unknown>, kind: PolicyKind): Statement => {
  const { Effect } = source;
  const foreign = Object.keys(source).find((element) => !ELEMENTS[kind].has(element));
  if (foreign) throw malformed(`the element ${foreign} does not belong into this policy`);
  if (Effect !== 'Allow' && Effect !== 'Deny')
    throw malformed(`Effect must be Allow or Deny, not ${Effect}`);
  return {
    effect: Effect,
    actions: lowerCase(patterns(source, 'Action')),
    resources:
      kind === 'trust' ? { patterns: ['*'], negated: false } : patterns(source, 'Resource'),
    conditions: conditions(source.Condition, kind),
    principals: kind === 'trust' ? principals(source.Principal) : [],
  };
};

/** Reads a policy document, given as an object or as JSON. Throws MalformedPolicyDocumentException. */
export const readPolicy = (document: unknown, kind: PolicyKind): Statement[] => {
  let policy = document;
  try {
    if (typeof policy === 'string') policy = JSON.parse(policy);
  } catch {
    throw malformed('Syntax errors in policy.');
  }
  const { Statement: source } = (policy ?? {}) as { Statement?: unknown };
  const statements = [source ?? []].flat() as Record<string, unknown>[];
  if (statements.length === 0) throw malformed('a policy needs at least one statement');
  return statements.map((each) => statement(each, kind));
};
