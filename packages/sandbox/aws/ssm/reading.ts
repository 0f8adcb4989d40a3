/** The Parameter Store's reading operations. */
import { createHash } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../cloud.ts';
import { page } from '../../paging.ts';
import { describePaging, pathPaging } from './paging.ts';
import { type Parameter, versionsOf } from './parameters.ts';

/** The parameters of a Region, by name. */
export type ParametersOf = (region: string) => ReadonlyMap<string, Parameter>;

/** A SecureString that is read without decryption shows ciphertext: text that tells nothing. */
const ciphertext = (value: string) =>
  `AQICAHh${createHash('sha512').update(value).digest('base64')}`;

const shown = (
  { name, arn, type, value, version, modified, dataType }: Parameter,
  decrypt = false,
) => ({
  Name: name,
  Type: type,
  Value: type === 'SecureString' && !decrypt ? ciphertext(value) : value,
  Version: version,
  LastModifiedDate: modified,
  ARN: arn,
  DataType: dataType,
});

const described = ({
  name,
  arn,
  type,
  version,
  modified,
  tier,
  dataType,
  description,
  allowedPattern,
  keyId,
}: Parameter) => ({
  Name: name,
  ARN: arn,
  Type: type,
  Version: version,
  LastModifiedDate: modified,
  Tier: tier,
  DataType: dataType,
  Policies: [],
  ...(description === undefined ? {} : { Description: description }),
  ...(allowedPattern === undefined ? {} : { AllowedPattern: allowedPattern }),
  ...(keyId === undefined ? {} : { KeyId: keyId }),
});

/** A parameter by `name`, `name:version` or ARN. */
const find = (
  parameters: ReadonlyMap<string, Parameter>,
  wanted: string,
): Parameter | undefined => {
  const byArn = [...parameters.values()].find(({ arn }) => arn === wanted);
  if (byArn) return byArn;
  const [name = '', version] = wanted.split(':');
  const parameter = parameters.get(name);
  if (version === undefined || !parameter) return parameter;
  return versionsOf(parameter).find((each) => String(each.version) === version);
};

/** Names in one call of GetParameters. */
const MOST_NAMES = 10;

const checkCount = (names: readonly string[]) => {
  const fault =
    names.length === 0
      ? 'greater than or equal to 1'
      : names.length > MOST_NAMES && `less than or equal to ${MOST_NAMES}`;
  if (!fault) return;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value '[${names.join(', ')}]' at 'names' failed to satisfy constraint: Member must have length ${fault}`,
  );
};

const under = (path: string, recursive: boolean) => {
  const prefix = path.endsWith('/') ? path : `${path}/`;
  return ({ name }: Parameter) =>
    name.startsWith(prefix) && (recursive || !name.slice(prefix.length).includes('/'));
};

const sorted = (parameters: ReadonlyMap<string, Parameter>) =>
  [...parameters.values()].sort((a, b) => (a.name < b.name ? -1 : 1));

interface Filter {
  readonly Key: string;
  readonly Option?: string;
  readonly Values?: readonly string[];
}

const filters: Readonly<Record<string, (filter: Filter) => (parameter: Parameter) => boolean>> = {
  Name: ({ Option = 'Equals', Values = [] }) => {
    const tests = {
      Equals: (a: string, b: string) => a === b,
      BeginsWith: (a: string, b: string) => a.startsWith(b),
      Contains: (a: string, b: string) => a.includes(b),
    };
    const test = Object.hasOwn(tests, Option) ? tests[Option as keyof typeof tests] : undefined;
    if (!test)
      throw new AwsError('InvalidFilterOption', `The filter option ${Option} is not valid.`);
    return ({ name }) => Values.some((value) => test(name, value));
  },
  Path: ({ Option = 'OneLevel', Values = [] }) => {
    const tests = Values.map((path) => under(path, Option === 'Recursive'));
    return (parameter) => tests.some((test) => test(parameter));
  },
  Type:
    ({ Values = [] }) =>
    ({ type }) =>
      Values.includes(type),
  Tier:
    ({ Values = [] }) =>
    ({ tier }) =>
      Values.includes(tier),
};

const filterOf = (filter: Filter) => {
  const make = Object.hasOwn(filters, filter.Key) ? filters[filter.Key] : undefined;
  if (!make)
    throw new AwsError(
      'InvalidFilterKey',
      `The filter key ${filter.Key} is not known to the sandbox.`,
    );
  return make(filter);
};

/** GetParameter, GetParameters, GetParameterHistory, GetParametersByPath, DescribeParameters; lists are sorted by name. */
export const readingOperations = (parametersOf: ParametersOf): Record<string, Operation> => ({
  GetParameter: ({ Name, WithDecryption }, { region }) => {
    const parameters = parametersOf(region);
    const parameter = find(parameters, Name);
    if (parameter) return { Parameter: shown(parameter, WithDecryption) };
    if (parameters.has(String(Name).split(':')[0] as string)) {
      throw new AwsError(
        'ParameterVersionNotFound',
        `Systems Manager could not find version of parameter ${Name}.`,
      );
    }
    throw new AwsError('ParameterNotFound', `Parameter ${Name} not found.`);
  },

  GetParameters: ({ Names, WithDecryption }, { region }) => {
    checkCount(Names);
    const found = (Names as string[]).map(
      (name) => [name, find(parametersOf(region), name)] as const,
    );
    return {
      Parameters: found.flatMap(([, parameter]) =>
        parameter ? [shown(parameter, WithDecryption)] : [],
      ),
      InvalidParameters: found.flatMap(([name, parameter]) => (parameter ? [] : [name])),
    };
  },

  GetParameterHistory: ({ Name, WithDecryption, ...paging }, { region }) => {
    const parameter = find(parametersOf(region), Name);
    if (!parameter) throw new AwsError('ParameterNotFound', `Parameter ${Name} not found.`);
    const { items, next } = page(describePaging, versionsOf(parameter), paging);
    return {
      Parameters: items.map((version) => ({
        ...described(version),
        Value: shown(version, WithDecryption).Value,
        Labels: [],
      })),
      ...next,
    };
  },

  GetParametersByPath: (
    { Path, Recursive = false, WithDecryption, ParameterFilters = [], ...paging },
    { region },
  ) => {
    if (!String(Path).startsWith('/')) {
      throw new AwsError(
        'ValidationException',
        'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/".',
      );
    }
    const tests = [under(Path, Recursive), ...ParameterFilters.map(filterOf)];
    const matching = sorted(parametersOf(region)).filter((parameter) =>
      tests.every((test) => test(parameter)),
    );
    const { items, next } = page(pathPaging, matching, paging);
    return { Parameters: items.map((parameter) => shown(parameter, WithDecryption)), ...next };
  },

  DescribeParameters: ({ ParameterFilters = [], ...paging }, { region }) => {
    const tests: ((parameter: Parameter) => boolean)[] = ParameterFilters.map(filterOf);
    const matching = sorted(parametersOf(region)).filter((parameter) =>
      tests.every((test) => test(parameter)),
    );
    const { items, next } = page(describePaging, matching, paging);
    return { Parameters: items.map(described), ...next };
  },
});
