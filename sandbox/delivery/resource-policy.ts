/** Evaluates policies that hang on a resource (topic, queue) for calls that AWS services make. */
import { AwsError } from '../aws-error.ts';
import type { Caller } from '../cloud.ts';
import { matches } from '../policy/evaluate.ts';

interface Statement {
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

const parsed = (text: string) => {
  try {
    return JSON.parse(text);
  } catch {
    throw new AwsError('InvalidParameterException', 'Invalid parameter: Policy is not JSON');
  }
};

/** Reads a policy (JSON text or object). Throws InvalidParameterException for a condition that is not evaluated. */
export const resourcePolicy = (source: unknown): ResourcePolicy => {
  const policy = typeof source === 'string' ? parsed(source) : source;
  for (const { operator, key } of listOf<Statement>(policy?.Statement).flatMap(conditionsOf)) {
    if (Object.hasOwn(KEYS, key) && OPERATORS.includes(operator)) continue;
    throw new AwsError(
      'InvalidParameterException',
      `Invalid parameter: Policy statement: this sandbox does not evaluate ${operator} of ${key}`,
    );
  }
  return policy;
};

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
