/** Resolves CloudFormation's intrinsic functions; every error begins with the place in the template. */
import { cidrBlocks } from './cidr.ts';
import { NO_VALUE, type Scope } from './scope.ts';
import { substitute } from './substitution.ts';

type Intrinsic = (argument: unknown, scope: Scope, at: string) => unknown;

/** The function call that a value is, if it is one: an object whose only key is `Ref`, `Condition` or `Fn::…`. */
export const intrinsicCall = (value: unknown): { name: string; argument: unknown } | undefined => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0 || !(entry[0] === 'Ref' || entry[0].startsWith('Fn::')))
    return undefined;
  return { name: entry[0], argument: entry[1] };
};

const text = (value: unknown, at: string): string => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new Error(`${at}: expects a string, not ${JSON.stringify(value) ?? 'nothing'}`);
};

const list = (value: unknown, at: string): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  throw new Error(`${at}: expects a list, not ${JSON.stringify(value) ?? 'nothing'}`);
};

/** A function's argument list, unresolved, checked for its length. */
const argumentsOf = (
  argument: unknown,
  least: number,
  most: number,
  at: string,
): readonly unknown[] => {
  const values = list(argument, at);
  if (values.length >= least && values.length <= most) return values;
  throw new Error(
    `${at}: expects ${least === most ? least : `${least} to ${most}`} arguments, not ${values.length}`,
  );
};

const reference = (name: string, scope: Scope, at: string): unknown => {
  if (scope.values.has(name)) return scope.values.get(name);
  const resource = scope.resource(name);
  if (resource) return resource.ref;
  throw new Error(
    `${at}: Ref ${name}: no parameter or resource of this stack has that name (or its condition is false). Correct the name.`,
  );
};

const attribute = (logicalId: string, name: string, scope: Scope, at: string): unknown => {
  const resource = scope.resource(logicalId);
  if (!resource) {
    throw new Error(
      `${at}: Fn::GetAtt ${logicalId}.${name}: no resource of this stack has that name (or its condition is false). Correct the name.`,
    );
  }
  if (Object.hasOwn(resource.attributes, name)) return resource.attributes[name];
  const known = Object.keys(resource.attributes).sort().join(', ') || 'none';
  throw new Error(
    `${at}: Fn::GetAtt ${logicalId}.${name}: ${resource.type} gives no attribute ${name} in the sandbox (it gives: ${known}). ` +
      'Use one of these, or add the attribute to the provider of this type.',
  );
};

const getAtt: Intrinsic = (argument, scope, at) => {
  const [logicalId, ...rest] =
    typeof argument === 'string' ? argument.split('.') : argumentsOf(argument, 2, 2, at);
  const name = rest.map((part) => text(resolve(part, scope, at), at)).join('.');
  return attribute(text(logicalId, at), name, scope, at);
};

const sub: Intrinsic = (argument, scope, at) => {
  const [template, variables] =
    typeof argument === 'string' ? [argument, {}] : argumentsOf(argument, 2, 2, at);
  const own = resolve(variables, scope, at) as Record<string, unknown>;
  return substitute(text(template, at), (name) => {
    if (Object.hasOwn(own, name)) return text(own[name], at);
    const dot = name.indexOf('.');
    const value =
      dot < 0
        ? reference(name, scope, at)
        : attribute(name.slice(0, dot), name.slice(dot + 1), scope, at);
    return text(value, `${at}: \${${name}}`);
  });
};

const join: Intrinsic = (argument, scope, at) => {
  const [delimiter, values] = argumentsOf(argument, 2, 2, at);
  return list(resolve(values, scope, at), at)
    .map((value) => text(value, at))
    .join(text(delimiter, at));
};

const split: Intrinsic = (argument, scope, at) => {
  const [delimiter, value] = argumentsOf(argument, 2, 2, at);
  return text(resolve(value, scope, at), at).split(text(delimiter, at));
};

const select: Intrinsic = (argument, scope, at) => {
  const [index, values] = argumentsOf(argument, 2, 2, at);
  const position = Number(text(resolve(index, scope, at), at));
  const choices = list(resolve(values, scope, at), at);
  if (Number.isInteger(position) && position >= 0 && position < choices.length)
    return choices[position];
  throw new Error(`${at}: Fn::Select takes element ${position} of a list of ${choices.length}`);
};

const getAZs: Intrinsic = (argument, scope, at) => {
  const region = text(resolve(argument, scope, at), at) || scope.region;
  return ['a', 'b', 'c'].map((zone) => `${region}${zone}`);
};

const findInMap: Intrinsic = (argument, scope, at) => {
  const [map, first, second] = argumentsOf(argument, 3, 3, at).map((part) =>
    text(resolve(part, scope, at), at),
  );
  const value = scope.mappings[map as string]?.[first as string]?.[second as string];
  if (value !== undefined) return value;
  throw new Error(`${at}: Fn::FindInMap: the mappings have no ${map}.${first}.${second}`);
};

const importValue: Intrinsic = (argument, scope, at) => {
  const name = text(resolve(argument, scope, at), at);
  const value = scope.imported(name);
  if (value !== undefined) return value;
  throw new Error(
    `${at}: Fn::ImportValue ${name}: no stack in ${scope.region} exports it. Deploy the stack that does first.`,
  );
};

const conditional: Intrinsic = (argument, scope, at) => {
  const [name, yes, no] = argumentsOf(argument, 3, 3, at);
  return resolve(scope.condition(text(name, at)) ? yes : no, scope, at);
};

const cidr: Intrinsic = (argument, scope, at) => {
  const [block, count, hostBits = 8] = argumentsOf(argument, 2, 3, at).map((part) =>
    resolve(part, scope, at),
  );
  return cidrBlocks(text(block, at), Number(count), Number(hostBits));
};

const base64: Intrinsic = (argument, scope, at) =>
  Buffer.from(text(resolve(argument, scope, at), at)).toString('base64');

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope, at) => reference(text(argument, at), scope, at),
  'Fn::GetAtt': getAtt,
  'Fn::Sub': sub,
  'Fn::Join': join,
  'Fn::Split': split,
  'Fn::Select': select,
  'Fn::GetAZs': getAZs,
  'Fn::FindInMap': findInMap,
  'Fn::ImportValue': importValue,
  'Fn::If': conditional,
  'Fn::Cidr': cidr,
  'Fn::Base64': base64,
};

const literal = (value: string, at: string): string => {
  if (!value.includes('{{resolve:')) return value;
  throw new Error(
    `${at}: the dynamic reference ${value} is not resolved in the sandbox. Use a parameter of type AWS::SSM::Parameter::Value<String>.`,
  );
};

/** Resolves every intrinsic function in a value. `at` is the value's place, for errors. May return NO_VALUE. */
export const resolve = (value: unknown, scope: Scope, at: string): unknown => {
  if (typeof value === 'string') return literal(value, at);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    return value
      .map((item, index) => resolve(item, scope, `${at}[${index}]`))
      .filter((item) => item !== NO_VALUE);
  }
  const call = intrinsicCall(value);
  if (!call) {
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, item]) => [key, resolve(item, scope, `${at}.${key}`)] as const)
        .filter(([, item]) => item !== NO_VALUE),
    );
  }
  const intrinsic = intrinsics[call.name];
  if (!intrinsic)
    throw new Error(
      `${at}: the sandbox does not know the function ${call.name}. Write it another way.`,
    );
  return intrinsic(call.argument, scope, at);
};
