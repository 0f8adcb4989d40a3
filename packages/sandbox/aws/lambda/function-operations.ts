/** Operations on functions and their code. */
import type { Operation } from '../../cloud.ts';
import { page } from '../../paging.ts';
import type { Code, CodeStore } from './code.ts';
import { lambdaError, requireRevision } from './errors.ts';
import { type Functions, type LambdaFunction, revisionOf } from './functions.ts';
import { paging } from './paging.ts';
import { configurationOf, settingsOf } from './settings.ts';

/** Refuses what AWS refuses while a function is created or updated. */
export const requireSettled = (functions: Functions, fn: LambdaFunction): void => {
  if (functions.isSettled(fn.latest)) return;
  throw lambdaError(
    'ResourceConflictException',
    `The operation cannot be performed at this time. ${
      fn.latest.previous
        ? `An update is in progress for resource: ${fn.arn}`
        : 'The function is currently in the following state: Pending'
    }`,
  );
};

const codeOf = (store: CodeStore, code: { ZipFile?: Uint8Array } | undefined): Code => {
  if (code?.ZipFile) return store.fromZip(code.ZipFile);
  throw lambdaError(
    'InvalidParameterValueException',
    'This sandbox has no buckets and no images: give the code of the function as ZipFile',
  );
};

const NAME = /^[\w-]{1,64}$/;

/** CreateFunction, GetFunction, GetFunctionConfiguration, ListFunctions, the updates and DeleteFunction. */
export const functionOperations = (
  functions: Functions,
  store: CodeStore,
): Readonly<Record<string, Operation>> => ({
  CreateFunction: (input, { region }) => {
    if (!NAME.test(input.FunctionName ?? ''))
      throw lambdaError(
        'InvalidParameterValueException',
        `'${input.FunctionName}' is not a valid name of a new function`,
      );
    if (functions.in(region).has(input.FunctionName))
      throw lambdaError(
        'ResourceConflictException',
        `Function already exist: ${input.FunctionName}`,
      );
    const content = { settings: settingsOf(input), code: codeOf(store, input.Code) };
    const fn = functions.create(region, input.FunctionName, content);
    for (const [key, value] of Object.entries(input.Tags ?? {})) fn.tags.set(key, String(value));
    const shown = input.Publish ? functions.publish(fn) : fn.latest;
    return configurationOf(functions, fn, shown);
  },

  GetFunction: (input, caller) => {
    const { fn, reference } = functions.find(input, caller);
    const revision = revisionOf(fn, reference.qualifier);
    return {
      Configuration: configurationOf(functions, fn, revision, reference.qualifier),
      Code: { RepositoryType: 'S3', Location: `file://${revision.code.folder}` },
      Tags: Object.fromEntries(fn.tags),
      ...(fn.reservedConcurrency !== undefined && {
        Concurrency: { ReservedConcurrentExecutions: fn.reservedConcurrency },
      }),
    };
  },

  GetFunctionConfiguration: (input, caller) => {
    const { fn, reference } = functions.find(input, caller);
    const { qualifier } = reference;
    return configurationOf(functions, fn, revisionOf(fn, qualifier), qualifier);
  },

  ListFunctions: (input, { region }) => {
    const all = [...functions.in(region).values()].flatMap((fn) =>
      input.FunctionVersion === 'ALL'
        ? [
            configurationOf(functions, fn, fn.latest, '$LATEST'),
            ...[...fn.versions.values()].map((version) => configurationOf(functions, fn, version)),
          ]
        : [configurationOf(functions, fn, fn.latest)],
    );
    const { items, next } = page(paging, all, input);
    return { Functions: items, ...next };
  },

  UpdateFunctionCode: (input, caller) => {
    const { fn } = functions.find(input, caller);
    requireSettled(functions, fn);
    requireRevision(input.RevisionId, functions.revisionId(fn.latest));
    const code = codeOf(store, input);
    if (input.DryRun)
      return {
        ...configurationOf(functions, fn, fn.latest),
        CodeSha256: code.sha256,
        CodeSize: code.size,
      };
    functions.update(fn, { code });
    const shown = input.Publish ? functions.publish(fn) : fn.latest;
    return configurationOf(functions, fn, shown);
  },

  UpdateFunctionConfiguration: (input, caller) => {
    const { fn } = functions.find(input, caller);
    requireSettled(functions, fn);
    requireRevision(input.RevisionId, functions.revisionId(fn.latest));
    functions.update(fn, { settings: settingsOf(input, fn.latest.settings) });
    return configurationOf(functions, fn, fn.latest);
  },

  DeleteFunction: (input, caller) => {
    const { fn, reference } = functions.find(input, caller);
    const { qualifier } = reference;
    if (qualifier === undefined) {
      functions.in(caller.region).delete(fn.name);
      return {};
    }
    if (qualifier === '$LATEST')
      throw lambdaError(
        'InvalidParameterValueException',
        '$LATEST version cannot be deleted without deleting the function.',
      );
    const users = [...fn.aliases.values()].filter(
      ({ version, weights }) => version === qualifier || Object.hasOwn(weights, qualifier),
    );
    if (users.length > 0)
      throw lambdaError(
        'ResourceConflictException',
        `Version ${qualifier} is used by the aliases ${users.map(({ name }) => name).join(', ')}`,
      );
    fn.versions.delete(qualifier);
    return {};
  },
});
