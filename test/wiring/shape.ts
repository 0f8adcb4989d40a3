/** What is known of a value: the part of JSON Schema that the schemas of steps are made of. */
export interface Shape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape | false;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
}

/** Nothing is known. */
export const UNKNOWN: Shape = {};

export const TEXT: Shape = { type: 'string' };
export const WHOLE: Shape = { type: 'integer' };

/** An object that has all of these members, always. */
export const objectOf = (properties: Readonly<Record<string, Shape>>): Shape => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});

/** The shape of one certain value. */
export const literal = (value: unknown): Shape => ({
  type: Number.isInteger(value) ? 'integer' : typeof value,
  enum: [value],
});

const alternatives = (shape: Shape): readonly Shape[] => shape.anyOf ?? [shape];

/** A value that has one shape or the other. */
export const either = (a: Shape, b: Shape): Shape => {
  const all = [...alternatives(a), ...alternatives(b)].map((shape) => JSON.stringify(shape));
  const distinct = [...new Set(all)].map((text): Shape => JSON.parse(text));
  return distinct.length === 1 ? distinct[0]! : { anyOf: distinct };
};

/** A member that the value has whatever its alternative, or undefined. */
export const memberOf = (shape: Shape, name: string): Shape | undefined => {
  const members = alternatives(shape).map(({ properties, required }) =>
    required?.includes(name) ? properties?.[name] : undefined,
  );
  return members.reduce((all, one) => all && one && either(all, one));
};

/** Whether the value may be a list. */
export const mayBeList = (shape: Shape): boolean =>
  alternatives(shape).some(({ type }) => type === 'array');

/** Whether the value can never be the literal. */
export const isNever = (shape: Shape, value: unknown): boolean =>
  alternatives(shape).every((one) => one.enum !== undefined && !one.enum.includes(value));

const membersMisfit = (given: Shape, wanted: Shape, where: string): readonly string[] => {
  const has = given.properties ?? {};
  const wants = wanted.properties ?? {};
  return [
    ...(wanted.required ?? [])
      .filter((name) => !given.required?.includes(name))
      .map((name) => `${where}.${name} is wanted, but not given`),
    ...Object.entries(has).flatMap(([name, shape]) =>
      wants[name]
        ? misfits(shape, wants[name], `${where}.${name}`)
        : [`${where}.${name} is given, but not wanted`],
    ),
  ];
};

/** Why a value of one shape does not do where another is wanted, one sentence a place; formats are not compared. */
export const misfits = (given: Shape, wanted: Shape, where: string): readonly string[] => {
  if (given.anyOf) return given.anyOf.flatMap((one) => misfits(one, wanted, where));
  if (wanted.type === undefined) return [];
  if (given.type !== wanted.type) {
    return [`${where} is ${given.type ?? 'unknown'}, wanted is ${wanted.type}`];
  }
  const foreign = wanted.enum
    ? (given.enum ?? ['any text']).filter((value) => !wanted.enum!.includes(value))
    : [];
  return [
    ...foreign.map((value) => `${where} may be ${value}, which is none of ${wanted.enum}`),
    ...(given.properties || wanted.properties ? membersMisfit(given, wanted, where) : []),
    ...(given.items && wanted.items ? misfits(given.items, wanted.items, `${where}[]`) : []),
  ];
};
