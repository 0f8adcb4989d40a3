/** How functions are named: a name, a partial or a full ARN, each with or without a qualifier. */
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud } from '../../cloud.ts';

/** A function as a caller names it. */
export interface Reference {
  readonly name: string;
  /** Version number, alias or `$LATEST`; undefined when the caller named the function only. */
  readonly qualifier: string | undefined;
  /** ARN of the function alone. */
  readonly arn: string;
  /** ARN with the qualifier, if there is one: what IAM is asked about. */
  readonly qualifiedArn: string;
}

/** The pattern of Lambda's model for FunctionName. */
const NAME =
  /^(?:arn:aws[\w-]*:lambda:(?<region>[a-z0-9-]+):)?(?:(?<account>\d{12}):)?(?:function:)?(?<name>[\w.-]+)(?::(?<qualifier>\$LATEST|[\w-]+))?$/;

/** ARN of a function, or of one of its versions or aliases. */
export const functionArn = (
  cloud: Cloud,
  region: string,
  name: string,
  qualifier?: string,
): string =>
  `arn:aws:lambda:${region}:${cloud.account}:function:${name}${qualifier ? `:${qualifier}` : ''}`;

/** Reads `FunctionName` and `Qualifier`; throws InvalidParameterValueException or ResourceNotFoundException. */
export const referenceOf = (
  cloud: Cloud,
  { FunctionName, Qualifier }: { FunctionName?: string; Qualifier?: string | undefined },
  { region }: Caller,
): Reference => {
  const parts = NAME.exec(FunctionName ?? '')?.groups;
  if (!parts?.name)
    throw new AwsError(
      'ValidationException',
      `Value '${FunctionName}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern`,
    );
  if (parts.region && parts.region !== region)
    throw new AwsError(
      'ResourceNotFoundException',
      `Functions from '${parts.region}' are not reachable in this region ('${region}')`,
      { status: 404, Type: 'User' },
    );
  if (parts.qualifier && Qualifier && parts.qualifier !== Qualifier)
    throw new AwsError(
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
      { Type: 'User' },
    );
  const qualifier = parts.qualifier ?? Qualifier;
  return {
    name: parts.name,
    qualifier,
    arn: functionArn(cloud, region, parts.name),
    qualifiedArn: functionArn(cloud, region, parts.name, qualifier),
  };
};
