/** The comparisons of the pattern language: what stands inside the arrays of a pattern. */
import { BlockList, isIP } from 'node:net';

/** Asks one value of the event; `absent` wants that there is no value. */
export type ValueMatcher = 'absent' | ((value: unknown) => boolean);

type ValueTest = (value: unknown) => boolean;
type TextTest = (text: string) => boolean;

const fail = (message: string): never => {
  throw new SyntaxError(message);
};

const isText = (value: unknown): value is string => typeof value === 'string';

const onText =
  (test: TextTest): ValueTest =>
  (value) =>
    isText(value) && test(value);

const textOf = (operator: string, value: unknown): string =>
  isText(value) ? value : fail(`${operator} match pattern must be a string`);

/** `"x"` or `{ "equals-ignore-case": "x" }`. */
const affix =
  (operator: string, test: (text: string, part: string) => boolean) =>
  (operand: unknown): ValueTest => {
    const folded = (operand as any)?.['equals-ignore-case'];
    if (folded === undefined) {
      const part = textOf(operator, operand);
      return onText((text) => test(text, part));
    }
    const part = textOf(operator, folded).toLowerCase();
    return onText((text) => test(text.toLowerCase(), part));
  };

const prefix = affix('prefix', (text, part) => text.startsWith(part));
const suffix = affix('suffix', (text, part) => text.endsWith(part));

const ignoreCase = (operand: unknown): ValueTest => {
  const wanted = textOf('equals-ignore-case', operand).toLowerCase();
  return onText((text) => text.toLowerCase() === wanted);
};

/** `*` stands for any characters, `\*` for itself. */
const wildcard = (operand: unknown): ValueTest => {
  const pattern = textOf('wildcard', operand);
  if (/(?<!\\)\*\*/.test(pattern)) fail('Consecutive wildcard characters are not allowed');
  const source = pattern.replace(/\\([*\\])|\*|[^*\\]+|\\/g, (part, escaped) =>
    part === '*' ? '.*' : (escaped ?? part).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
  );
  const expression = new RegExp(`^${source}$`, 's');
  return onText((text) => expression.test(text));
};

const cidr = (operand: unknown): ValueTest => {
  const [address = '', bits = ''] = textOf('cidr', operand).split('/');
  const family = isIP(address);
  if (!family || !/^\d+$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128)) {
    fail("Malformed CIDR, one '/' required");
  }
  const name = family === 4 ? 'ipv4' : 'ipv6';
  const block = new BlockList();
  block.addSubnet(address, Number(bits), name);
  return onText((text) => isIP(text) === family && block.check(text, name));
};

const COMPARISONS: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '=': (value, limit) => value === limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
};

/** `["=", 5]` or a range such as `[">", 0, "<=", 5]`. */
const numeric = (operand: unknown): ValueTest => {
  const parts = Array.isArray(operand) ? operand : [];
  const tests: ValueTest[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const compare = COMPARISONS[parts[index]];
    const limit = parts[index + 1];
    if (!compare) return fail(`Unrecognized numeric range operator: ${parts[index]}`);
    if (typeof limit !== 'number') return fail('Value of numeric match must be numeric');
    tests.push((value) => typeof value === 'number' && compare(value, limit));
  }
  if (tests.length === 0 || tests.length > 2) {
    return fail('Value of numeric match must be an array with one or two comparisons');
  }
  return (value) => tests.every((test) => test(value));
};

const isPlain = (value: unknown): boolean =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

/** What may stand inside `anything-but`, next to plain values. */
const NEGATABLE: Readonly<Record<string, (operand: unknown) => ValueTest>> = {
  prefix,
  suffix,
  'equals-ignore-case': ignoreCase,
  wildcard,
};

const anythingBut = (operand: unknown): ValueTest => {
  const list = Array.isArray(operand) ? operand : [operand];
  if (list.length === 0) return fail('Empty arrays are not allowed');
  if (list.every(isPlain)) return (value) => !list.includes(value);
  const [operator = '', inner] = Object.entries(list[0] as object)[0] ?? [];
  const make = NEGATABLE[operator];
  if (!make || list.length > 1) return fail(`Unsupported anything-but pattern: ${operator}`);
  const tests = (Array.isArray(inner) ? inner : [inner]).map(make);
  return (value) => isText(value) && !tests.some((test) => test(value));
};

const exists = (operand: unknown): ValueMatcher => {
  if (typeof operand !== 'boolean') fail('exists match pattern must be either true or false.');
  return operand ? () => true : 'absent';
};

const OPERATORS: Readonly<Record<string, (operand: unknown) => ValueMatcher>> = {
  ...NEGATABLE,
  'anything-but': anythingBut,
  numeric,
  exists,
  cidr,
};

/** Compiles one element of a pattern's array: a plain value or one operator. Throws SyntaxError. */
export const matcherOf = (element: unknown): ValueMatcher => {
  if (isPlain(element)) return (value) => value === element;
  const entries = Object.entries(element as object);
  const [operator, operand] = entries[0] ?? [''];
  const make = OPERATORS[operator];
  if (Array.isArray(element) || entries.length !== 1) {
    return fail('Only one key allowed in match expression');
  }
  if (!make) return fail(`Unrecognized match type ${operator}`);
  return make(operand);
};
