/** Knows the members that an input must have, and what AWS says when one is missing. */
import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../aws-error.ts';
import type { ServiceModel } from './model.ts';
import { requiredMembers } from './schemas.ts';

/** Paths of what a value lacks, in AWS's notation: `tags.1.member.key`. */
const missing = (shape: NormalizedSchema, value: unknown, path: string): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  /** What is in a list or map must be there, unless the shape says that it may be null. */
  const within = (item: NormalizedSchema, each: unknown, name: string): string[] =>
    each === null && !shape.getMergedTraits().sparse ? [name] : missing(item, each, name);
  const given = value as Readonly<Record<string, unknown>>;
  const below = (name: string) => (path ? `${path}.${name}` : name);
  if (shape.isListSchema() && Array.isArray(value)) {
    const item = shape.getValueSchema();
    return value.flatMap((each, index) => within(item, each, below(`${index + 1}.member`)));
  }
  if (shape.isMapSchema()) {
    const item = shape.getValueSchema();
    return Object.entries(given).flatMap(([key, each]) =>
      within(item, each, below(`${key}.member`)),
    );
  }
  if (!shape.isStructSchema()) return [];
  const absent = requiredMembers(shape).filter((name) => (given[name] ?? null) === null);
  const deeper = [...shape.structIterator()].flatMap(([name, member]) =>
    missing(member, given[name], below(name)),
  );
  return [...absent.map(below), ...deeper];
};

/** CodeDeploy has an error for many of its members, e.g. `DeploymentIdRequiredException`. */
const ownError = (member: string): string =>
  `${member.charAt(0).toUpperCase()}${member.slice(1)}RequiredException`;

/** Refuses an input that lacks a required member, with the error its service uses for that. */
export const refuseMissing = (
  { row, errors }: ServiceModel,
  shape: NormalizedSchema,
  input: unknown,
): void => {
  const paths = missing(shape, input, '');
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
