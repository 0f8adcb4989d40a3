/** Members whose keys are the user's own words and keep their case. */
const free = new Set(['Options', 'DockerLabels', 'DriverOpts', 'Labels']);

const lowered = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/**
 * Turns CloudFormation's member names (`ContainerDefinitions`) into those of the ECS API
 * (`containerDefinitions`): ECS has the same names on both sides but for their first letter.
 */
export const apiMembers = (value: unknown): any => {
  if (Array.isArray(value)) return value.map(apiMembers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      lowered(name),
      free.has(name) ? member : apiMembers(member),
    ]),
  );
};
