/** Knows the members that an input must have, and what AWS says when one is missing. */
import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../aws-error.ts';
import { itemOf, kindOf, structureOf } from './members.ts';
import type { ServiceModel } from './model.ts';

/** Adds the paths of what a value lacks, in AWS's notation: `tags.1.member.key`. */
const addMissing = (
  shape: NormalizedSchema,
  value: unknown,
  path: string,
  paths: string[],
): void => {
  const kind = kindOf(shape);
  if (typeof value !== 'object' || value === null || kind === 'scalar' || kind === 'unit') return;
  const below = (name: string) => (path ? `${path}.${name}` : name);
  if (kind === 'structure') {
    const given = value as Readonly<Record<string, unknown>>;
    const { required, members } = structureOf(shape);
    for (const name of required) if ((given[name] ?? null) === null) paths.push(below(name));
    for (const { name, shape: member } of members) {
      if (typeof given[name] === 'object') addMissing(member, given[name], below(name), paths);
    }
    return;
  }
  if (kind === 'list' && !Array.isArray(value)) return;
  const item = itemOf(shape);
  for (const [key, each] of Object.entries(value)) {
    const name = below(`${kind === 'list' ? +key + 1 : key}.member`);
    // What is in a list or map must be there, unless the shape says that it may be null.
    if (each !== null) addMissing(item, each, name, paths);
    else if (!shape.getMergedTraits().sparse) paths.push(name);
  }
};

const missing = (shape: NormalizedSchema, value: unknown): readonly string[] => {
  const paths: string[] = [];
  addMissing(shape, value, '', paths);
  return paths;
};

/** Whether an input lacks a required member. */
export const lacksMember = (shape: NormalizedSchema, input: unknown): boolean =>
  missing(shape, input).length > 0;

/** CodeDeploy has an error for many of its members, e.g. `DeploymentIdRequiredException`. */
const ownError = (member: string): string =>
  `${member.charAt(0).toUpperCase()}${member.slice(1)}RequiredException`;

/** Refuses an input that lacks a required member, with the error its service uses for that. */
export const refuseMissing = (
  { row, errors }: ServiceModel,
  shape: NormalizedSchema,
  input: unknown,
): void => {
  const paths = missing(shape, input);
  const [first] = paths;
  if (first === undefined) return;
  const name = errors.has(ownError(first))
    ? ownError(first)
    : (row.missing ?? 'ValidationException');
  const detected = `${paths.length} validation error${paths.length > 1 ? 's' : ''} detected`;
  const faults = paths.map(
    (path) => `Value null at '${path}' failed to satisfy constraint: Member must not be null`,
  );
  throw new AwsError(name, `${detected}: ${faults.join('; ')}`);
};
