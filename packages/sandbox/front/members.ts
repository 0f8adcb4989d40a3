/** Knows what a shape is made of, worked out once for each: requests are checked member by member, and there are many. */
import type { NormalizedSchema } from '@smithy/core/schema';
import { requiredMembers } from './schemas.ts';

/** A member of a structure. */
interface Member {
  readonly name: string;
  /** Its name in a JSON document. */
  readonly wire: string;
  readonly shape: NormalizedSchema;
}

/** A structure, taken apart. */
export interface Structure {
  readonly members: readonly Member[];
  readonly required: readonly string[];
}

/** Keeps what was made for a shape. */
const once = <T>(make: (shape: NormalizedSchema) => T): ((shape: NormalizedSchema) => T) => {
  const known = new WeakMap<NormalizedSchema, T>();
  return (shape) => {
    const found = known.get(shape);
    if (found !== undefined) return found;
    const made = make(shape);
    known.set(shape, made);
    return made;
  };
};

/** The parts of a structure. */
export const structureOf = once((shape): Structure => {
  const members = [...shape.structIterator()].map(([name, member]) => ({
    name,
    wire: member.getMergedTraits().jsonName ?? name,
    shape: member,
  }));
  return {
    members,
    required: requiredMembers(shape),
  };
});

/** The shape of what is in a list or a map. */
export const itemOf = once((shape) => shape.getValueSchema());

/** What kind of shape it is; a scalar is none of the others. */
export const kindOf = once((shape): 'list' | 'map' | 'structure' | 'unit' | 'scalar' => {
  if (shape.isUnitSchema()) return 'unit';
  if (shape.isListSchema()) return 'list';
  if (shape.isMapSchema()) return 'map';
  return shape.isStructSchema() ? 'structure' : 'scalar';
});
