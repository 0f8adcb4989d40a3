/** CloudFormation's AWS::Lambda::* resources. */
import type { ResourceContext, ResourceProvider } from '../../cloud.ts';
import type { Code, CodeStore } from './code.ts';
import type { Functions } from './functions.ts';
import type { Concurrency } from './invocations/concurrency.ts';
import { settingsOf } from './settings.ts';

const codeOf = (store: CodeStore, code: any, context: ResourceContext): Code => {
  if (code?.ZipFile !== undefined) return store.fromSource(code.ZipFile);
  if (code?.S3Bucket && code.S3Key)
    return store.fromAsset(context.asset(code.S3Bucket, code.S3Key));
  throw new Error(`${context.logicalId}: Code must be ZipFile, or S3Bucket and S3Key`);
};

/** Resources whose one operation does it all. */
const byCall = (
  operation: string,
  properties: readonly string[],
  created: (output: any, properties: any, context: ResourceContext) => any,
  input: (properties: any, context: ResourceContext) => unknown = (given) => given,
): ResourceProvider => ({
  properties,
  create: async (given, context) =>
    created(await context.call('lambda', operation, input(given, context)), given, context),
});

/**
 * The providers. CloudFormation answers only when a function or version is Active, so here they are created
 * Active at once.
 */
export const lambdaResources = (
  functions: Functions,
  store: CodeStore,
  concurrency: Concurrency,
): Readonly<Record<string, ResourceProvider>> => ({
  'AWS::Lambda::Function': {
    properties: [
      'FunctionName',
      'Code',
      'Runtime',
      'Handler',
      'Role',
      'Description',
      'Timeout',
      'MemorySize',
      'Environment',
      'DeadLetterConfig',
      'PackageType',
      'ReservedConcurrentExecutions',
      'Tags',
    ],
    ignored: [
      'Architectures',
      'EphemeralStorage',
      'LoggingConfig',
      'RuntimeManagementConfig',
      'SnapStart',
      'TracingConfig',
      'VpcConfig',
    ],
    create: async (properties, context) => {
      const name = properties.FunctionName ?? context.physicalName(64);
      const taken = functions.in(context.region).has(name);
      if (taken) throw new Error(`the function ${name} exists already`);
      const input = { ...properties };
      for (const member of ['Timeout', 'MemorySize'])
        if (input[member] !== undefined) input[member] = Number(input[member]);
      const content = {
        settings: settingsOf(input),
        code: codeOf(store, properties.Code, context),
      };
      const fn = functions.create(context.region, name, content, true);
      for (const { Key, Value } of properties.Tags ?? []) fn.tags.set(Key, String(Value));
      if (properties.ReservedConcurrentExecutions !== undefined)
        concurrency.reserve(fn, Number(properties.ReservedConcurrentExecutions));
      return { ref: name, attributes: { Arn: fn.arn } };
    },
  },

  'AWS::Lambda::Version': {
    properties: ['FunctionName', 'Description', 'CodeSha256'],
    ignored: ['RuntimePolicy'],
    create: async ({ FunctionName, Description, CodeSha256 }, { region }) => {
      const caller = {
        principal: { kind: 'service', service: 'cloudformation.amazonaws.com' },
        region,
      } as const;
      const { fn } = functions.find({ FunctionName }, caller);
      const { sha256 } = fn.latest.code;
      if (CodeSha256 && CodeSha256 !== sha256)
        throw new Error(
          `CodeSHA256 (${CodeSha256}) is different from current CodeSHA256 in $LATEST (${sha256}). Please try again with the CodeSHA256 in $LATEST.`,
        );
      const { version } = functions.publish(fn, Description, true);
      const arn = `${fn.arn}:${version}`;
      return { ref: arn, attributes: { Version: version, FunctionArn: arn } };
    },
  },

  'AWS::Lambda::Alias': byCall(
    'CreateAlias',
    ['FunctionName', 'FunctionVersion', 'Name', 'Description', 'RoutingConfig'],
    ({ AliasArn }) => ({ ref: AliasArn, attributes: { AliasArn } }),
    ({ RoutingConfig, ...given }) => {
      const weights = RoutingConfig?.AdditionalVersionWeights ?? [];
      const pairs = weights.map((one: any) => [one.FunctionVersion, Number(one.FunctionWeight)]);
      return {
        ...given,
        ...(pairs.length > 0 && {
          RoutingConfig: { AdditionalVersionWeights: Object.fromEntries(pairs) },
        }),
      };
    },
  ),

  'AWS::Lambda::Permission': byCall(
    'AddPermission',
    [
      'FunctionName',
      'Action',
      'Principal',
      'SourceArn',
      'SourceAccount',
      'FunctionUrlAuthType',
      'InvokedViaFunctionUrl',
      'PrincipalOrgID',
    ],
    (_output, _given, context) => {
      const id = context.physicalName(100);
      return { ref: id, attributes: { Id: id } };
    },
    (given, context) => ({ ...given, StatementId: context.physicalName(100) }),
  ),

  'AWS::Lambda::Url': byCall(
    'CreateFunctionUrlConfig',
    ['TargetFunctionArn', 'Qualifier', 'AuthType', 'Cors', 'InvokeMode'],
    ({ FunctionArn, FunctionUrl }) => ({
      ref: FunctionArn,
      attributes: { FunctionArn, FunctionUrl },
    }),
    ({ TargetFunctionArn, ...given }) => ({ ...given, FunctionName: TargetFunctionArn }),
  ),

  'AWS::Lambda::EventInvokeConfig': byCall(
    'PutFunctionEventInvokeConfig',
    [
      'FunctionName',
      'Qualifier',
      'MaximumRetryAttempts',
      'MaximumEventAgeInSeconds',
      'DestinationConfig',
    ],
    (_output, { FunctionName, Qualifier }) => ({ ref: `${FunctionName}|${Qualifier}` }),
  ),
});
