/** The parameters of one Region, and the rules that their names and values keep. */
import { AwsError } from '../../aws-error.ts';

/** A parameter as the Parameter Store keeps it. */
export interface Parameter {
  readonly name: string;
  readonly arn: string;
  readonly type: 'String' | 'StringList' | 'SecureString';
  readonly value: string;
  readonly version: number;
  readonly modified: Date;
  readonly tier: 'Standard' | 'Advanced';
  readonly dataType: string;
  readonly description: string | undefined;
  readonly allowedPattern: string | undefined;
  readonly keyId: string | undefined;
  /** Its versions before this one, oldest first. */
  readonly earlier: readonly Parameter[];
}

/** Versions that a parameter has at most; the oldest goes (Systems Manager user guide, "Working with parameter versions"). */
const MOST_VERSIONS = 100;

/** The earlier versions of what takes the place of a parameter. */
export const earlierThan = (before: Parameter | undefined): readonly Parameter[] =>
  before ? [...before.earlier, { ...before, earlier: [] }].slice(1 - MOST_VERSIONS) : [];

/** Every version of a parameter, oldest first. */
export const versionsOf = (parameter: Parameter): readonly Parameter[] => [
  ...parameter.earlier,
  parameter,
];

/** Longest value in bytes, by tier (Systems Manager user guide, "Managing parameter tiers"). */
const LONGEST: Readonly<Record<Parameter['tier'], number>> = { Standard: 4096, Advanced: 8192 };
const DEEPEST = 15;

const invalid = (message: string) => new AwsError('ValidationException', message);

/** Throws AWS's error if no parameter may have this name. */
export const checkName = (name: string): void => {
  if (/^\/?(aws|ssm)/i.test(name)) {
    throw invalid(
      'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_',
    );
  }
  if (!/^[\w.-]+$|^(\/[\w.-]+)+$/.test(name)) {
    throw invalid(
      `Parameter name must be a fully qualified name: "${name}" is not a path of letters, numbers and .-_`,
    );
  }
  if (name.split('/').length - 1 > DEEPEST) {
    throw new AwsError(
      'HierarchyLevelLimitExceededException',
      `A hierarchy can have a maximum of ${DEEPEST} levels.`,
    );
  }
};

/** Throws AWS's error if a value is empty, too long for its tier, or does not match its pattern. */
export const checkValue = (
  value: string,
  tier: Parameter['tier'],
  allowedPattern: string | undefined,
): void => {
  if (value.length === 0) {
    throw invalid(
      "1 validation error detected: Value at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
    );
  }
  if (Buffer.byteLength(value) > LONGEST[tier]) {
    throw invalid(
      tier === 'Standard'
        ? `Standard tier parameters support a maximum parameter value of ${LONGEST.Standard} characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html`
        : `Advanced tier parameters support a maximum parameter value of ${LONGEST.Advanced} characters.`,
    );
  }
  if (allowedPattern && !new RegExp(allowedPattern).test(value)) {
    throw new AwsError(
      'ParameterPatternMismatchException',
      `Parameter value, cannot be validated against allowedPattern: ${allowedPattern}`,
    );
  }
};

/** The ARN of a parameter; the slash that a path begins with is not doubled. */
export const parameterArn = (name: string, region: string, account: string): string =>
  `arn:aws:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`;
