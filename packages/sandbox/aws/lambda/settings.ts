/** The configuration of a function: what callers may set, its defaults and limits, and how it is shown. */
import { lambdaError } from './errors.ts';
import { aliasOf, type Functions, type LambdaFunction, type Revision } from './functions.ts';

/** Members that mean something here, and the rest as it was given. */
export interface Settings {
  readonly Runtime: string;
  readonly Handler: string;
  readonly Role: string;
  readonly Description: string;
  /** Seconds. */
  readonly Timeout: number;
  /** Megabytes. */
  readonly MemorySize: number;
  readonly Environment: Readonly<Record<string, string>>;
  /** ARN of the SNS topic that failed asynchronous invocations go to. */
  readonly deadLetters?: string | undefined;
  /** Members without a meaning on a laptop; they are shown again. */
  readonly shown: Readonly<Record<string, unknown>>;
}

const SHOWN = [
  'Architectures',
  'EphemeralStorage',
  'TracingConfig',
  'LoggingConfig',
  'VpcConfig',
  'Layers',
  'SnapStart',
];

const DEFAULTS = { Description: '', Timeout: 3, MemorySize: 128, Environment: {} };

const SHOWN_DEFAULTS = {
  Architectures: ['x86_64'],
  EphemeralStorage: { Size: 512 },
  TracingConfig: { Mode: 'PassThrough' },
};

/** Bytes of all variables of a function at most, measured as the JSON that Lambda keeps. */
const LARGEST_ENVIRONMENT = 4096;

const checkEnvironment = (variables: Settings['Environment']): void => {
  const text = JSON.stringify(variables);
  if (Buffer.byteLength(text) <= LARGEST_ENVIRONMENT) return;
  throw lambdaError(
    'InvalidParameterValueException',
    `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${text.slice(0, 200)}…`,
  );
};

const within = (name: string, value: number, least: number, most: number) => {
  if (value >= least && value <= most) return;
  throw lambdaError(
    'InvalidParameterValueException',
    `Value '${value}' at '${name}' failed to satisfy constraint: Member must have value between ${least} and ${most}`,
  );
};

/** Reads the settings of CreateFunction or UpdateFunctionConfiguration; what is not given stays as it was. */
export const settingsOf = (input: any, before?: Settings): Settings => {
  const given = Object.fromEntries(
    Object.entries({
      Runtime: input.Runtime,
      Handler: input.Handler,
      Role: input.Role,
      Description: input.Description,
      Timeout: input.Timeout,
      MemorySize: input.MemorySize,
      Environment: input.Environment?.Variables,
      deadLetters: input.DeadLetterConfig?.TargetArn,
    }).filter(([, value]) => value !== undefined),
  );
  const shown = Object.fromEntries(
    SHOWN.filter((name) => input[name] !== undefined).map((name) => [name, input[name]]),
  );
  const settings = {
    ...DEFAULTS,
    ...before,
    ...given,
    shown: { ...SHOWN_DEFAULTS, ...before?.shown, ...shown },
  } as Settings;
  for (const name of ['Runtime', 'Handler', 'Role'] as const)
    if (!settings[name])
      throw lambdaError('InvalidParameterValueException', `${name} is mandatory for functions`);
  within('timeout', settings.Timeout, 1, 900);
  within('memorySize', settings.MemorySize, 128, 10_240);
  checkEnvironment(settings.Environment);
  return settings;
};

const stateOf = (functions: Functions, revision: Revision) => {
  if (functions.isSettled(revision)) {
    const State = functions.idleness.stateOf(revision);
    const idle = { StateReason: 'The function is idle.', StateReasonCode: 'Idle' };
    const waking = { StateReason: 'The function is being restored.', StateReasonCode: 'Restoring' };
    return {
      State,
      ...(State === 'Inactive' && idle),
      ...(State === 'Pending' && waking),
      LastUpdateStatus: 'Successful',
    };
  }
  const progress = { LastUpdateStatus: 'InProgress' };
  if (revision.previous) return { State: 'Active', ...progress };
  return {
    State: 'Pending',
    StateReason: 'The function is being created.',
    StateReasonCode: 'Creating',
    ...progress,
  };
};

/** A `FunctionConfiguration`; for an alias: of the version that it stands for. */
export const configurationOf = (
  functions: Functions,
  fn: LambdaFunction,
  revision: Revision,
  qualifier?: string,
) => {
  const { settings, code, version } = revision;
  const suffix = qualifier ?? (version === '$LATEST' ? undefined : version);
  return {
    ...settings.shown,
    FunctionName: fn.name,
    FunctionArn: suffix ? `${fn.arn}:${suffix}` : fn.arn,
    Runtime: settings.Runtime,
    Role: settings.Role,
    Handler: settings.Handler,
    CodeSize: code.size,
    CodeSha256: code.sha256,
    Description: settings.Description,
    Timeout: settings.Timeout,
    MemorySize: settings.MemorySize,
    LastModified: new Date(revision.modified).toISOString().replace('Z', '+0000'),
    Version: version,
    PackageType: 'Zip',
    RevisionId: functions.revisionId(revision),
    ...(Object.keys(settings.Environment).length > 0 && {
      Environment: { Variables: settings.Environment },
    }),
    ...(settings.deadLetters && { DeadLetterConfig: { TargetArn: settings.deadLetters } }),
    ...stateOf(functions, revision),
  };
};

/** An `AliasConfiguration`; throws ResourceNotFoundException for a name that is no alias. */
export const aliasConfigurationOf = (fn: LambdaFunction, name: string) => {
  const alias = aliasOf(fn, name);
  if (!alias)
    throw lambdaError('ResourceNotFoundException', `Cannot find alias arn: ${fn.arn}:${name}`);
  return {
    AliasArn: `${fn.arn}:${alias.name}`,
    Name: alias.name,
    FunctionVersion: alias.version,
    Description: alias.description,
    RevisionId: alias.revisionId,
    ...(Object.keys(alias.weights).length > 0 && {
      RoutingConfig: { AdditionalVersionWeights: alias.weights },
    }),
  };
};
