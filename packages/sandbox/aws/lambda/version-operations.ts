/** Operations on versions and aliases. */
import type { Cloud, Operation } from '../../cloud.ts';
import { page } from '../../paging.ts';
import { lambdaError, requireRevision } from './errors.ts';
import { requireSettled } from './function-operations.ts';
import { type Functions, type LambdaFunction, newId } from './functions.ts';
import { paging } from './paging.ts';
import { aliasConfigurationOf, configurationOf } from './settings.ts';

const ALIAS_NAME = /^(?!\d+$)[\w-]{1,128}$/;

type Weights = Readonly<Record<string, number>>;

const refuse = (message: string): never => {
  throw lambdaError('InvalidParameterValueException', message);
};

const requireVersion = (fn: LambdaFunction, version: string) => {
  if (version === '$LATEST' || fn.versions.has(version)) return;
  throw lambdaError('ResourceNotFoundException', `Function not found: ${fn.arn}:${version}`);
};

/** AWS's rules for a split alias: one more version, published like the main one, with the same role and dead letters. */
const requireRouting = (fn: LambdaFunction, main: string, weights: Weights) => {
  const further = Object.entries(weights);
  if (further.length === 0) return;
  if (further.length > 1)
    refuse('Number of items in AdditionalVersionWeights cannot be greater than 1');
  for (const [version, weight] of further) {
    if (version === '$LATEST' || main === '$LATEST')
      refuse('$LATEST is not supported for an alias pointing to more than 1 version');
    if (version === main)
      refuse(
        `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
      );
    if (!(weight >= 0 && weight <= 1)) refuse(`The weight ${weight} is not between 0 and 1`);
    requireVersion(fn, version);
    const [one, other] = [fn.versions.get(main), fn.versions.get(version)];
    if (one?.settings.Role !== other?.settings.Role)
      refuse('The versions of an alias must have the same execution role');
    if (one?.settings.deadLetters !== other?.settings.deadLetters)
      refuse('The versions of an alias must have the same dead-letter configuration');
  }
};

/** PublishVersion, ListVersionsByFunction and the operations on aliases. */
export const versionOperations = (
  cloud: Cloud,
  functions: Functions,
): Readonly<Record<string, Operation>> => {
  const setAlias = (
    fn: LambdaFunction,
    name: string,
    version: string,
    { description, weights }: { description: string; weights: Weights },
  ) => {
    requireVersion(fn, version);
    requireRouting(fn, version, weights);
    fn.aliases.set(name, { name, version, description, weights, revisionId: newId(cloud) });
    return aliasConfigurationOf(fn, name);
  };

  return {
    PublishVersion: (input, caller) => {
      const { fn } = functions.find(input, caller);
      requireSettled(functions, fn);
      requireRevision(input.RevisionId, functions.revisionId(fn.latest));
      const { sha256 } = fn.latest.code;
      if (input.CodeSha256 && input.CodeSha256 !== sha256)
        refuse(
          `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${sha256}). Please try again with the CodeSHA256 in $LATEST.`,
        );
      return configurationOf(functions, fn, functions.publish(fn, input.Description));
    },

    ListVersionsByFunction: (input, caller) => {
      const { fn } = functions.find(input, caller);
      const all = [
        configurationOf(functions, fn, fn.latest, '$LATEST'),
        ...[...fn.versions.values()].map((version) => configurationOf(functions, fn, version)),
      ];
      const { items, next } = page(paging, all, input);
      return { Versions: items, ...next };
    },

    CreateAlias: (input, caller) => {
      const { fn } = functions.find(input, caller);
      if (!ALIAS_NAME.test(input.Name ?? '')) refuse(`'${input.Name}' is not a valid alias name`);
      if (fn.aliases.has(input.Name))
        throw lambdaError(
          'ResourceConflictException',
          `Alias already exists: ${fn.arn}:${input.Name}`,
        );
      return setAlias(fn, input.Name, input.FunctionVersion, {
        description: input.Description ?? '',
        weights: input.RoutingConfig?.AdditionalVersionWeights ?? {},
      });
    },

    GetAlias: (input, caller) => aliasConfigurationOf(functions.find(input, caller).fn, input.Name),

    UpdateAlias: (input, caller) => {
      const { fn } = functions.find(input, caller);
      const before = aliasConfigurationOf(fn, input.Name);
      requireRevision(input.RevisionId, before.RevisionId);
      const weights = (input.RoutingConfig ?? before.RoutingConfig)?.AdditionalVersionWeights;
      return setAlias(fn, input.Name, input.FunctionVersion ?? before.FunctionVersion, {
        description: input.Description ?? before.Description,
        weights: weights ?? {},
      });
    },

    ListAliases: (input, caller) => {
      const { fn } = functions.find(input, caller);
      const all = [...fn.aliases.values()]
        .filter(({ version }) => !input.FunctionVersion || version === input.FunctionVersion)
        .map(({ name }) => aliasConfigurationOf(fn, name));
      const { items, next } = page(paging, all, input);
      return { Aliases: items, ...next };
    },

    DeleteAlias: (input, caller) => {
      functions.find(input, caller).fn.aliases.delete(input.Name);
      return {};
    },
  };
};
