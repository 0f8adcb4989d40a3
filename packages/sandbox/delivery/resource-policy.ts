/** Evaluates policies that hang on a resource (topic, queue) for calls that AWS services make. */
import { AwsError } from '../aws-error.ts';
import type { Caller } from '../cloud.ts';
import { parsedJson } from '../json-text.ts';
import { matches } from '../policy/evaluate.ts';

/** One statement of it. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A policy document of a topic or a queue. */
export interface ResourcePolicy {
  readonly Statement: Statement | readonly Statement[];
}

const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];

/** Condition keys that are evaluated, with what a request of a service has for them. */
const KEYS: Readonly<Record<string, (source: string | undefined) => string | undefined>> = {
  'aws:sourcearn': (source) => source,
  'aws:sourceaccount': (source) => source?.split(':')[4],
  'aws:sourceowner': (source) => source?.split(':')[4],
  /** Everything inside the sandbox counts as encrypted transport. */
  'aws:securetransport': () => 'true',
};

/** All of them are taken with `*` as a wildcard; other operators are refused. */
const OPERATORS = ['StringEquals', 'StringLike', 'ArnEquals', 'ArnLike', 'Bool'];

const conditionsOf = (statement: Statement) =>
  Object.entries(statement.Condition ?? {}).flatMap(([operator, pairs]) =>
    Object.entries(pairs).map(([key, value]) => ({ operator, key: key.toLowerCase(), value })),
  );

/** The error of a service for a policy that it does not take, with the reason. */
export type Refuse = (reason: string) => AwsError;

const parsed = (text: string, refuse: Refuse): unknown => {
  try {
    return parsedJson(text);
  } catch {
    throw refuse('it is not JSON');
  }
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const areTexts = (value: unknown): boolean =>
  [value].flat().every((each) => typeof each === 'string');

/** What each element of a statement may be; who reads the statement relies on it. */
const ELEMENTS: Readonly<Record<string, (value: unknown) => boolean>> = {
  Effect: (value) => value === 'Allow' || value === 'Deny',
  Principal: (value) =>
    typeof value === 'string' || (isObject(value) && Object.values(value).every(areTexts)),
  Action: areTexts,
  Condition: (value) => isObject(value) && Object.values(value).every(isObject),
};

/** The statements of a policy (JSON text or object), each one well formed; conditions may be any. */
export const statementsOf = (source: unknown, refuse: Refuse): readonly Statement[] => {
  const policy = typeof source === 'string' ? parsed(source, refuse) : source;
  if (!isObject(policy)) throw refuse('it is no object');
  return listOf(policy.Statement).map((statement) => {
    if (!isObject(statement)) throw refuse('a statement is no object');
    const wrong = Object.entries(ELEMENTS).find(
      ([name, fits]) => statement[name] !== undefined && !fits(statement[name]),
    );
    if (wrong) throw refuse(`${wrong[0]} of a statement is not valid`);
    return statement as unknown as Statement;
  });
};

/** The policy of these statements; refuses a condition that is not evaluated. */
export const policyOf = (statements: readonly Statement[], refuse: Refuse): ResourcePolicy => {
  for (const { operator, key } of statements.flatMap(conditionsOf)) {
    if (Object.hasOwn(KEYS, key) && OPERATORS.includes(operator)) continue;
    throw refuse(`this sandbox does not evaluate ${operator} of ${key} in a statement`);
  }
  return { Statement: statements };
};

const invalid: Refuse = (reason) =>
  new AwsError('InvalidParameterException', `Invalid parameter: Policy: ${reason}`);

/** Reads the policy of a topic or a queue (JSON text or object). Throws InvalidParameterException. */
export const resourcePolicy = (source: unknown): ResourcePolicy =>
  policyOf(statementsOf(source, invalid), invalid);

const includesService = ({ Principal }: Statement, service: string) =>
  Principal === '*' ||
  (typeof Principal === 'object' &&
    (listOf(Principal.AWS).includes('*') || listOf(Principal.Service).includes(service)));

const includesAction = ({ Action }: Statement, action: string) =>
  listOf(Action).some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase()));

/** Where a service does not say for which resource it calls, conditions on that resource count as met. */
const holds = (statement: Statement, source: string | undefined) =>
  conditionsOf(statement).every(({ key, value }) => {
    const actual = KEYS[key]?.(source);
    return actual === undefined || listOf(value).some((wanted) => matches(String(wanted), actual));
  });

/**
 * Whether a policy lets the caller do `action`. Only services are asked here: IAM decides for roles.
 * `source` is the ARN of the resource for which the service calls.
 */
export const permits = (
  policy: ResourcePolicy | undefined,
  { principal }: Caller,
  action: string,
  source?: string,
): boolean => {
  if (principal.kind !== 'service') return true;
  const effects = listOf(policy?.Statement)
    .filter(
      (statement) =>
        includesService(statement, principal.service) &&
        includesAction(statement, action) &&
        holds(statement, source),
    )
    .map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
};
