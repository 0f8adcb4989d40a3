/** Properties of one service that are named; of more only the types are. */
const NAMED = 6;

const PROPERTY =
  /^AWS::(?<service>\w+)::(?<type>\w+)\.(?<property>\w+) has no effect in the sandbox$/;

/**
 * Says in a few lines what a sandbox does not imitate, out of its notes: properties of the templates that have
 * no effect are gathered by service, everything else is said as it is.
 */
export const notImitated = (notes: readonly string[]): readonly string[] => {
  const properties = new Map<string, { type: string; property: string }[]>();
  const others: string[] = [];
  for (const note of notes) {
    const { service = '', type = '', property = '' } = PROPERTY.exec(note)?.groups ?? {};
    if (property) properties.set(service, [...(properties.get(service) ?? []), { type, property }]);
    else others.push(note.replace(`${process.cwd()}/`, ''));
  }
  const gathered = [...properties].map(([service, all]) => {
    const types = [...new Set(all.map(({ type }) => type))];
    return all.length > NAMED
      ? `${service}, without effect: ${all.length} properties of ${types.join(', ')}`
      : `${service}, without effect: ${all.map(({ type, property }) => `${type}.${property}`).join(', ')}`;
  });
  return [...gathered, ...others];
};
