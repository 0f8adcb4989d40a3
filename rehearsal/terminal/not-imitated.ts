/** Properties of one service that are named; of more only the types are. */
const NAMED = 6;

const PROPERTY =
  /^AWS::(?<service>\w+)::(?<type>\w+)\.(?<property>\w+) has no effect in the sandbox$/;

const INSTRUCTION = /Dockerfile: (?<instruction>[A-Z]+) \(line \d+\) is not carried out/;

/** Says in one line which instructions of Dockerfiles are not carried out; in none when all are. */
export const notCarriedOut = (notes: readonly string[]): readonly string[] => {
  const all = notes.flatMap((note) => INSTRUCTION.exec(note)?.groups?.instruction ?? []);
  return all.length === 0
    ? []
    : [`Dockerfile: ${[...new Set(all)].join(' and ')} not carried out by the sandbox`];
};

/**
 * Says in a few lines what a sandbox does not imitate, out of its notes: properties of the templates that have
 * no effect are gathered by service, instructions of Dockerfiles by name, everything else is said as it is.
 */
export const notImitated = (notes: readonly string[]): readonly string[] => {
  const properties = new Map<string, { type: string; property: string }[]>();
  const others: string[] = [];
  for (const note of notes) {
    const { service = '', type = '', property = '' } = PROPERTY.exec(note)?.groups ?? {};
    if (property) properties.set(service, [...(properties.get(service) ?? []), { type, property }]);
    else if (!INSTRUCTION.test(note)) others.push(note);
  }
  const gathered = [...properties].map(([service, all]) => {
    const types = [...new Set(all.map(({ type }) => type))];
    return all.length > NAMED
      ? `${service}, without effect: ${all.length} properties of ${types.join(', ')}`
      : `${service}, without effect: ${all.map(({ type, property }) => `${type}.${property}`).join(', ')}`;
  });
  return [...gathered, ...notCarriedOut(notes), ...others];
};
