/** Knows how to put schemas together that no model has: envelopes and errors. */
import type { NormalizedSchema } from '@smithy/core/schema';
import type { $SchemaRef, DocumentSchema, StaticStructureSchema } from '@smithy/types';

/** Schema of any JSON value. */
export const documentSchema: DocumentSchema = 15;

/** A structure with these members. */
export const structure = (
  name: string,
  members: Readonly<Record<string, $SchemaRef>>,
): StaticStructureSchema => [3, '', name, 0, Object.keys(members), Object.values(members)];

/** The members of a structure by name, with their traits. */
export const memberRefs = (shape: NormalizedSchema): Record<string, $SchemaRef> => {
  const [, , , , names, refs] = shape.getSchema() as StaticStructureSchema;
  return Object.fromEntries(names.map((name, index) => [name, refs[index] ?? documentSchema]));
};

/** Names of the members of a structure that must be given: its first ones. */
export const requiredMembers = (shape: NormalizedSchema): readonly string[] => {
  const [, , , , names, , required = 0] = shape.getSchema() as StaticStructureSchema;
  return names.slice(0, required);
};
