/** Tags of functions. */
import type { Caller, Operation } from '../../cloud.ts';
import { lambdaError } from './errors.ts';
import type { Functions } from './functions.ts';

/** Operations on tags. */
export const tagOperations = (functions: Functions): Readonly<Record<string, Operation>> => {
  const named = (resource: string, caller: Caller) => {
    const { fn, reference } = functions.find({ FunctionName: resource }, caller);
    if (reference.qualifier === undefined) return fn;
    throw lambdaError(
      'InvalidParameterValueException',
      'Tags on function aliases and versions are not supported. Please specify a function ARN.',
    );
  };

  return {
    TagResource: ({ Resource, Tags }, caller) => {
      const { tags } = named(Resource, caller);
      for (const [key, value] of Object.entries(Tags ?? {})) tags.set(key, String(value));
      return {};
    },
    UntagResource: ({ Resource, TagKeys = [] }, caller) => {
      const { tags } = named(Resource, caller);
      for (const key of TagKeys) tags.delete(key);
      return {};
    },
    ListTags: ({ Resource }, caller) => ({
      Tags: Object.fromEntries(named(Resource, caller).tags),
    }),
  };
};
