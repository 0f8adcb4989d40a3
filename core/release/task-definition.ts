/** Task definitions: `web:7` is revision 7 of the family `web`. */

/** Members that DescribeTaskDefinition gives and RegisterTaskDefinition does not take (the models' difference). */
export const OUTPUT_ONLY: readonly string[] = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'deregisteredAt',
  'deleteRequestedAt',
  'registeredBy',
];

/** What a release writes for the newest active revision of the family. */
export const LATEST_REVISION = 'latest';

const NAME = /^(?<family>[A-Za-z0-9_-]{1,255}):(?<revision>[1-9]\d*)$/;

/** Number of a revision by its name or its ARN; undefined when the text names none. */
export const revisionNumber = (name: string): number | undefined => {
  const revision = NAME.exec(name.slice(name.lastIndexOf('/') + 1))?.groups?.revision;
  return revision === undefined ? undefined : Number(revision);
};
