/** The Parameter Store's writing operations. */
import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation } from '../../cloud.ts';
import { checkName, checkValue, earlierThan, type Parameter, parameterArn } from './parameters.ts';

const TYPES: readonly string[] = [
  'String',
  'StringList',
  'SecureString',
] satisfies Parameter['type'][];

/** `Intelligent-Tiering` takes the larger tier only where the value needs it. */
const tierOf = (asked: string, value: string): Parameter['tier'] => {
  if (asked === 'Intelligent-Tiering')
    return Buffer.byteLength(value) > 4096 ? 'Advanced' : 'Standard';
  return asked === 'Advanced' ? 'Advanced' : 'Standard';
};

/** PutParameter, DeleteParameter and DeleteParameters. */
export const writingOperations = (
  cloud: Cloud,
  parametersOf: (region: string) => Map<string, Parameter>,
): Record<string, Operation> => ({
  PutParameter: (
    {
      Name,
      Value,
      Type,
      Overwrite = false,
      Tier = 'Standard',
      AllowedPattern,
      Description,
      DataType = 'text',
      KeyId,
    },
    { region },
  ) => {
    const parameters = parametersOf(region);
    const before = parameters.get(Name);
    checkName(Name);
    if (before && !Overwrite) {
      throw new AwsError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    const type = Type ?? before?.type;
    if (!type)
      throw new AwsError(
        'ValidationException',
        'A parameter type is required when you create a parameter.',
      );
    if (!TYPES.includes(type))
      throw new AwsError(
        'UnsupportedParameterType',
        `The parameter type ${type} is not supported.`,
      );
    const tier = tierOf(Tier, Value);
    const allowedPattern = AllowedPattern ?? before?.allowedPattern;
    checkValue(Value, tier, allowedPattern);
    const version = (before?.version ?? 0) + 1;
    parameters.set(Name, {
      name: Name,
      arn: parameterArn(Name, region, cloud.account),
      type,
      value: Value,
      version,
      modified: new Date(cloud.clock.now()),
      tier,
      dataType: DataType,
      description: Description ?? before?.description,
      allowedPattern,
      keyId: type === 'SecureString' ? (KeyId ?? 'alias/aws/ssm') : undefined,
      earlier: earlierThan(before),
    });
    return { Version: version, Tier: tier };
  },

  DeleteParameter: ({ Name }, { region }) => {
    if (!parametersOf(region).delete(Name))
      throw new AwsError('ParameterNotFound', `Parameter ${Name} not found.`);
    return {};
  },

  DeleteParameters: ({ Names }, { region }) => {
    const parameters = parametersOf(region);
    const deleted = new Set((Names as string[]).filter((name) => parameters.delete(name)));
    return {
      DeletedParameters: [...deleted],
      InvalidParameters: (Names as string[]).filter((name) => !deleted.has(name)),
    };
  },
});
