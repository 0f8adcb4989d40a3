/** Arbitrary inputs of AWS's operations, out of the schemas that the SDK clients publish: well and wrongly typed. */
import type { NormalizedSchema } from '@smithy/core/schema';
import fc from 'fast-check';
import { requiredMembers } from '../../../packages/sandbox/front/schemas.ts';

const account = '111122223333';
const arn = (service: string, rest: string) => `arn:aws:${service}:us-east-1:${account}:${rest}`;

/** Few names, so that later requests meet what earlier ones have made, in every notation of AWS. */
const names = ['web', 'web', 'web', 'live', '$LATEST', '1', 'constructor', '__proto__', 'toString'];

const arns = [
  ...['function:a', 'function:web:live', 'function:a:1', 'layer:a:1'].map((rest) =>
    arn('lambda', rest),
  ),
  ...['stateMachine:a', 'stateMachine:a:1', 'execution:a:web', 'express:a:web:1:2'].map((rest) =>
    arn('states', rest),
  ),
  ...['cluster/a', 'service/a/web', 'task-definition/a:1', 'task/a/1'].map((rest) =>
    arn('ecs', rest),
  ),
  ...['a', 'web', 'a:00000000-0000-4000-8000-000000000000'].map((rest) => arn('sns', rest)),
  ...['targetgroup/a/0123456789abcdef', 'loadbalancer/app/a/0123456789abcdef'].map((rest) =>
    arn('elasticloadbalancing', rest),
  ),
  arn('elasticloadbalancing', 'listener/app/a/0123456789abcdef/0123456789abcdef'),
  arn('sqs', 'a'),
  arn('kms', 'key/a'),
  arn('events', 'rule/a'),
  arn('events', 'event-bus/a'),
  arn('cloudwatch', 'alarm:a'),
  arn('dynamodb', 'table/a'),
  arn('ssm', 'parameter/a'),
  arn('ecr', 'repository/a'),
  `arn:aws:iam::${account}:role/a`,
  'arn:',
  'arn:aws:lambda',
  'arn:aws:states:::lambda:invoke',
];

/** Names of attributes, whose values are documents of their own. */
const attributes = [
  'Policy',
  'FilterPolicy',
  'FilterPolicyScope',
  'RedrivePolicy',
  'DeliveryPolicy',
  'KmsMasterKeyId',
  'deregistration_delay.timeout_seconds',
  'idle_timeout.timeout_seconds',
  'stickiness.enabled',
];

const documents = [
  '{}',
  '[]',
  'null',
  '5',
  '{',
  '{"a":null}',
  '{"source":["a",null,{"prefix":5},{"anything-but":null}],"detail":{"a":[{"numeric":["="]}]}}',
  '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}',
  '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":null}}',
  '{"StartAt":"A","QueryLanguage":"JSONata","States":{"A":{"Type":"Wait","Seconds":"{% $a( %}","End":true}}}',
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"}]}',
  '{"Statement":null}',
  '{"Statement":[null]}',
  '{"Statement":{"Effect":"Allow","Principal":null,"Action":5,"Condition":{"Bool":null}}}',
  '{"deadLetterTargetArn":5}',
  '{"a":[{"exists":null}],"b":[[[]]]}',
  '{"version":0.0,"Resources":[{"TargetService":null}]}',
  '{"version":0.0,"Resources":[{"f":{"Type":"AWS::Lambda::Function","Properties":null}}],"Hooks":[null]}',
  '{"schemaVersion":2,"manifests":[null]}',
  '{"schemaVersion":2,"config":{},"layers":null}',
  'version: 0.0\nResources: 5',
];

const expressions = [
  'SET a = :a',
  'SET #a = :b, c.d = list_append(:a, if_not_exists(',
  'a = :a AND attribute_exists(b)',
  'a BETWEEN :a',
  'm1 + m2 / 0',
  'IF(m1 > 0, m1, REPEAT',
  'SEARCH("",',
  'rate(1 minute)',
  'cron(0 0 * * ? *)',
  'cron(',
  'ALARM(a) OR NOT',
  'ALARM(',
  '/a/*',
  'path-*',
];

const odd = ['', ' ', '\u0000', '💥', '-1', 'NaN', 'x'.repeat(300), '%zz', '../..', '\'"<&>'];

/** What an input is made of beside the odd values: the ARNs of what there is, and the words that a client has for enumerations. */
export interface Words {
  readonly arns: readonly string[];
  /** Values of the enumerations of the service, by their names in lower case. */
  readonly enumerations: Readonly<Record<string, readonly string[]>>;
}

const oddText = (real: readonly string[]) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...names) },
    { weight: 4, arbitrary: fc.constantFrom(...arns) },
    { weight: 4, arbitrary: fc.constantFrom(...real, ...names) },
    { weight: 2, arbitrary: fc.constantFrom(...documents) },
    { weight: 1, arbitrary: fc.constantFrom(...expressions) },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
  );

/** What members are likely to want that end like this. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  arn: arns,
  arns,
  attributename: attributes,
  name: names,
  names,
  policy: documents,
  policydocument: documents,
  pattern: documents,
  definition: documents,
  content: documents,
  input: documents,
  manifest: documents,
  body: documents,
  expression: expressions,
  alarmrule: expressions,
};

/** Texts for a member: the values of an enumeration that is called like it, its kind of names, or anything. */
const textFor = (member: string, { arns: real, enumerations }: Words): fc.Arbitrary<string> => {
  const called = member.toLowerCase();
  const [, values = []] =
    Object.entries(enumerations).find(([name]) => called !== '' && name.includes(called)) ?? [];
  const kind = Object.entries(kinds).find(([ending]) => called.endsWith(ending))?.[1] ?? [];
  const own = /(arn|id)s?$/.test(called) ? real : [];
  const likely = [...values, ...kind, ...own];
  if (likely.length === 0) return oddText(real);
  return fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...likely) },
    { weight: 1, arbitrary: oddText(real) },
  );
};

const oddNumber = fc.constantFrom(0, 1, 1, 2, 5, 60, 80, 100, 443, -1, 0.5, 65_536, 2 ** 31, 1e308);

const numbersOfMoments = fc.constantFrom(0, 1_767_603_600, -1, 1e15, 0.5);

/** A value of no particular type. */
const stray: fc.Arbitrary<unknown> = fc.constantFrom(
  null,
  'text',
  '',
  7,
  -0.5,
  true,
  false,
  {},
  [],
  [null],
  { a: null },
  [[]],
  { constructor: 1 },
);

/** Where a value is: what its member is called, how deep it is, and how many of a hundred values are strays. */
interface Place {
  readonly member: string;
  readonly depth: number;
  readonly strays: number;
  readonly words: Words;
}

const single = (shape: NormalizedSchema, { member, words }: Place): fc.Arbitrary<unknown> => {
  if (shape.isBooleanSchema()) return fc.boolean();
  if (shape.isTimestampSchema()) return numbersOfMoments;
  if (shape.isBlobSchema()) {
    return oddText(words.arns).map((text) => Buffer.from(text).toString('base64'));
  }
  return shape.isStringSchema() ? textFor(member, words) : oddNumber;
};

const deepest = 6;

const structureOf = (shape: NormalizedSchema, place: Place): fc.Arbitrary<unknown> => {
  const required = requiredMembers(shape);
  const members = [...shape.structIterator()].map(([name, member]) => {
    const value = mixed(member, { ...place, member: name, depth: place.depth + 1 });
    // What is required is there most of the time; of the rest less further down.
    const freq = required.includes(name) ? 20 : place.depth === 0 ? 1 : 0.5;
    const given = fc.oneof(
      { weight: Math.ceil(freq * 2), arbitrary: value },
      { weight: 2, arbitrary: fc.constant(undefined) },
    );
    return [member.getMergedTraits().jsonName ?? name, given, value] as const;
  });
  if (shape.isUnionSchema()) {
    const one = members.map(([name, , value]) => value.map((each) => ({ [name]: each })));
    return fc.oneof(...one);
  }
  return fc.record(Object.fromEntries(members.map(([name, given]) => [name, given])));
};

const typed = (shape: NormalizedSchema, place: Place): fc.Arbitrary<unknown> => {
  if (shape.isUnitSchema() || place.depth > deepest) return fc.constant({});
  if (shape.isStructSchema()) return structureOf(shape, place);
  const deeper = { ...place, depth: place.depth + 1 };
  if (shape.isListSchema()) {
    return fc.array(mixed(shape.getValueSchema(), deeper), { maxLength: 2 });
  }
  if (shape.isMapSchema()) {
    const keys = fc.constantFrom(...names, ...attributes, ':a', '#a');
    return fc.dictionary(keys, mixed(shape.getValueSchema(), deeper), { maxKeys: 2 });
  }
  return single(shape, place);
};

/** A value of the type, or a stray. Made only when it is asked for: shapes may hold themselves. */
const mixed = (shape: NormalizedSchema, place: Place): fc.Arbitrary<unknown> => {
  const right = fc.constant(undefined).chain(() => typed(shape, place));
  if (place.strays === 0) return right;
  return fc.oneof(
    { weight: 100 - place.strays, arbitrary: right },
    { weight: place.strays, arbitrary: stray },
  );
};

/** An input as JSON has it; `strays` of a hundred values in it are not of their member's type. */
export const oddInput = (
  shape: NormalizedSchema,
  strays: number,
  words: Words,
): fc.Arbitrary<Record<string, unknown>> =>
  typed(shape, { member: '', depth: 0, strays, words }) as fc.Arbitrary<Record<string, unknown>>;

/** An input that works, with parts of it changed, left out or added. */
export const changedInput = (
  shape: NormalizedSchema,
  example: unknown,
  strays: number,
  words: Words,
): fc.Arbitrary<Record<string, unknown>> =>
  changed(shape, example, { member: '', depth: 0, strays, words }) as fc.Arbitrary<
    Record<string, unknown>
  >;

const changed = (
  shape: NormalizedSchema,
  example: unknown,
  place: Place,
): fc.Arbitrary<unknown> => {
  const deeper = { ...place, depth: place.depth + 1 };
  const part = (inner: NormalizedSchema, value: unknown, member: string): fc.Arbitrary<unknown> => {
    const there = { ...deeper, member };
    const odd = fc.constant(undefined).chain(() => mixed(inner, there));
    if (value === undefined) {
      return fc.oneof(
        { weight: 30, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: odd },
      );
    }
    return fc.oneof(
      { weight: 12, arbitrary: changed(inner, value, there) },
      { weight: 2, arbitrary: odd },
      { weight: 1, arbitrary: fc.constant(undefined) },
    );
  };
  if (shape.isStructSchema() && typeof example === 'object' && example) {
    const given = example as Record<string, unknown>;
    return fc.record(
      Object.fromEntries(
        [...shape.structIterator()].map(([name, member]) => [
          member.getMergedTraits().jsonName ?? name,
          part(member, given[name], name),
        ]),
      ),
    );
  }
  if (shape.isListSchema() && Array.isArray(example)) {
    return fc.tuple(...example.map((each) => part(shape.getValueSchema(), each, place.member)));
  }
  if (shape.isMapSchema() && typeof example === 'object' && example) {
    const entries = Object.entries(example).map(
      ([key, each]) => [key, part(shape.getValueSchema(), each, key)] as const,
    );
    return fc.record(Object.fromEntries(entries));
  }
  if (shape.isBlobSchema() && example instanceof Uint8Array) {
    return fc.constant(Buffer.from(example).toString('base64'));
  }
  return fc.constant(example);
};

/** The enumerations that a client exports. */
export const enumerationsOf = (client: object): Words['enumerations'] =>
  Object.fromEntries(
    Object.entries(client).flatMap(([name, value]) => {
      const values = typeof value === 'object' && value ? Object.values(value) : [];
      const isEnumeration = values.length > 0 && values.every((each) => typeof each === 'string');
      return isEnumeration ? [[name.toLowerCase(), values as string[]]] : [];
    }),
  );
