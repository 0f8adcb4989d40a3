import type {
  DescribeTaskDefinitionCommandOutput,
  RegisterTaskDefinitionCommandInput,
  Tag,
} from '@aws-sdk/client-ecs';

/** Tag that says which release made a revision. */
export const RELEASE_TAG = 'tandem:release';

/** Members that DescribeTaskDefinition gives and RegisterTaskDefinition does not take (the models' difference). */
const OUTPUT_ONLY = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'deregisteredAt',
  'deleteRequestedAt',
  'registeredBy',
] as const;

/** Printable name of a revision: `web:7`. */
export const revisionName = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** The release that made a task definition, by its tag. */
export const releaseOf = (tags: readonly Tag[] | undefined): string | undefined =>
  tags?.find(({ key }) => key === RELEASE_TAG)?.value;

/** The running task definition with another image in one container: everything else stays as it runs. */
export const cloneWithImage = (
  { taskDefinition = {}, tags = [] }: DescribeTaskDefinitionCommandOutput,
  container: string,
  image: string,
  release: string,
): RegisterTaskDefinitionCommandInput => {
  const clone: Record<string, unknown> = { ...taskDefinition };
  for (const member of OUTPUT_ONLY) delete clone[member];
  return {
    ...(clone as unknown as RegisterTaskDefinitionCommandInput),
    containerDefinitions: (taskDefinition.containerDefinitions ?? []).map((definition) =>
      definition.name === container ? { ...definition, image } : definition,
    ),
    tags: [...tags.filter(({ key }) => key !== RELEASE_TAG), { key: RELEASE_TAG, value: release }],
  };
};
