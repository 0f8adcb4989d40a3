/** Decides which messages a subscription wants. */
import { AwsError } from '../../aws-error.ts';
import { compilePattern, type Pattern } from '../../delivery/pattern.ts';
import type { TopicMessage } from './topics.ts';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Message attributes as the pattern language sees them: numbers are numbers, `String.Array` is a list. */
const attributeValues = ({ attributes }: TopicMessage) =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { Type, Value }]) => [
      name,
      Type === 'Number' ? Number(Value) : Type === 'String.Array' ? parsed(Value) : Value,
    ]),
  );

/** Compiles a FilterPolicy; without one every message is wanted. Throws InvalidParameterException. */
export const filterOf = (
  policy: string | undefined,
  scope = 'MessageAttributes',
): Pattern | undefined => {
  const source = policy ? parsed(policy) : {};
  if (source && Object.keys(source).length === 0) return undefined;
  try {
    const matches = compilePattern(source);
    return scope === 'MessageBody'
      ? (message) => matches(parsed((message as TopicMessage).message))
      : (message) => matches(attributeValues(message as TopicMessage));
  } catch (error) {
    throw new AwsError(
      'InvalidParameterException',
      `Invalid parameter: FilterPolicy: ${(error as Error).message}`,
    );
  }
};
