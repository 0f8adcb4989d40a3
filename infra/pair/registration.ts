/** Writes a pair's registration to the Parameter Store, checked by the very schemas that the orchestrator reads it with. */
import { Stack, Token, Tokenization } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type * as z from 'zod/mini';
import {
  type PairSettings,
  settingsParameter,
  targetParameter,
} from '../../core/drivers/registration.ts';
import { Target } from '../../core/drivers/target.ts';
import { faultSentences } from '../../core/text/faults.ts';
import { fewOf } from '../../core/text/few.ts';

/** Size of a standard parameter in bytes. */
const LARGEST_PARAMETER = 4096;

/** Longest value that a reference is reckoned with: the ARN of a listener is about 150 bytes long. */
const LONGEST_REFERENCE = 160;

/** Faults that a refusal in one sentence names. */
const NAMED = 3;

/** Checks a value against its schema. Throws a sentence that names the value and its first faults. */
export const checked = <Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
  what: string,
): z.output<Schema> => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = fewOf(faultSentences(result.error, 'it'), NAMED);
  throw new Error(`${what} is not valid: ${faults.join('; ')}.`);
};

/** Bytes of a text whose references are only known when the stack is deployed. */
const estimatedBytes = (text: string): number =>
  Tokenization.reverseString(text).tokens.length * LONGEST_REFERENCE +
  Buffer.byteLength(text.replace(/\$\{Token\[[^\]]*\]\}/g, ''));

const parameter = (scope: Construct, parameterName: string, value: unknown): StringParameter => {
  const text = JSON.stringify(value);
  if (text.includes('{{'))
    throw new Error(
      `The registration ${parameterName} has {{ in a text, which the Parameter Store takes for a reference; in a path, write %7B%7B.`,
    );
  if (text.includes('#{Token['))
    throw new Error(
      `The registration ${parameterName} has a list that only the deployment knows: write its entries out.`,
    );
  if (estimatedBytes(text) > LARGEST_PARAMETER)
    throw new Error(
      `The registration ${parameterName} would be larger than ${LARGEST_PARAMETER} bytes. Shorten its checks or its metrics.`,
    );
  return new StringParameter(scope, 'Registration', {
    parameterName,
    stringValue: Token.isUnresolved(text) ? Stack.of(scope).toJsonString(value) : text,
    description: 'Written by the pair construct of Tandem; read by its orchestrator.',
  });
};

/** Registers the settings of a pair. */
export const registerPair = (scope: Construct, settings: PairSettings): StringParameter =>
  parameter(scope, settingsParameter(settings.pair), settings);

/** Registers one target of a pair, with every default spelled out. */
export const registerTarget = (
  scope: Construct,
  pair: string,
  target: z.input<typeof Target>,
): StringParameter => {
  const complete = checked(Target, target, `The registration of target "${target.name}"`);
  return parameter(scope, targetParameter(pair, complete.name), complete);
};
