/** Knows how the aws CLI reads the parameters of an operation: flags, lists, JSON and its shorthand. */
import type { NormalizedSchema } from '@smithy/core/schema';

/** A member as a flag: `deploymentId` → `deployment-id` (botocore: xform_name). */
export const flagName = (member: string): string =>
  member
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();

/** Splits shorthand at its commas; those inside brackets belong to a value. */
const pairsIn = (text: string): readonly string[] => {
  const pairs: string[] = [''];
  let depth = 0;
  for (const sign of text) {
    if ('{['.includes(sign)) depth += 1;
    if ('}]'.includes(sign)) depth -= 1;
    if (sign === ',' && depth === 0) pairs.push('');
    else pairs[pairs.length - 1] += sign;
  }
  return pairs;
};

/** A structure or a map in shorthand: `enabled=false,alarms=[]`, `AdditionalVersionWeights={}`. */
const shorthand = (shape: NormalizedSchema, text: string, flag: string): unknown =>
  Object.fromEntries(
    pairsIn(text).map((pair) => {
      const at = pair.indexOf('=');
      const name = pair.slice(0, at);
      const member = shape.isStructSchema()
        ? shape.getMemberSchemas()[name]
        : shape.getValueSchema();
      if (at < 1 || !member) throw new Error(`${flag}: "${pair}" is no <member>=<value> of it`);
      const value = pair.slice(at + 1);
      const inner = /^\{(.*)\}$/s.exec(value)?.[1] ?? /^\[(.*)\]$/s.exec(value)?.[1];
      if (inner === '') return [name, value === '{}' ? {} : []];
      return [name, parameterOf(member, inner === undefined ? [value] : pairsIn(inner), flag)];
    }),
  );

/** The value of a parameter, from the words behind its flag. Throws an Error that names the flag. */
export const parameterOf = (
  shape: NormalizedSchema,
  words: readonly string[],
  flag: string,
): unknown => {
  const [text = ''] = words;
  if (shape.isListSchema()) {
    if (words.length === 1 && text.startsWith('[')) return jsonOf(text, flag);
    return words.map((word) => parameterOf(shape.getValueSchema(), [word], flag));
  }
  if (words.length !== 1) throw new Error(`${flag} takes one value, not ${words.length}`);
  if (shape.isStructSchema() || shape.isMapSchema())
    return text.startsWith('{') ? jsonOf(text, flag) : shorthand(shape, text, flag);
  if (shape.isBooleanSchema()) {
    if (!/^(true|false)$/i.test(text))
      throw new Error(`${flag}: ${text} is neither true nor false`);
    return text.toLowerCase() === 'true';
  }
  if (shape.isNumericSchema()) {
    if (text === '' || Number.isNaN(Number(text))) throw new Error(`${flag}: ${text} is no number`);
    return Number(text);
  }
  if (shape.isTimestampSchema()) return new Date(text);
  if (shape.isStringSchema()) return text;
  throw new Error(`${flag}: values of its kind are not read here`);
};

const jsonOf = (text: string, flag: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${flag} is no JSON: ${(error as Error).message}`);
  }
};
