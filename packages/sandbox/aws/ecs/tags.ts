import type {
  ListTagsForResourceRequest,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-ecs';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Operation } from '../../cloud.ts';
import { findTaskDefinition } from './lookup.ts';
import type { Region, State } from './state.ts';

/** Operations on the tags of clusters, services and task definitions. */
export const tagOperations = (state: State): Record<string, Operation> => {
  const exists = (region: Region, arn: string) =>
    region.clusters.has(arn) ||
    region.services.has(arn) ||
    findTaskDefinition(region, arn)?.taskDefinitionArn === arn;
  const tagsOf = (name: string, arn = '') => {
    const region = state.of(name);
    if (exists(region, arn)) return region.tags.get(arn) ?? [];
    throw new AwsError('InvalidParameterException', 'The specified resource could not be found.');
  };

  return {
    TagResource: (input: TagResourceRequest, { region }: Caller) => {
      const { resourceArn = '', tags = [] } = input;
      const kept = tagsOf(region, resourceArn).filter(
        (tag) => !tags.some(({ key }) => key === tag.key),
      );
      state.of(region).tags.set(resourceArn, [...kept, ...tags]);
      return {};
    },
    UntagResource: (input: UntagResourceRequest, { region }: Caller) => {
      const { resourceArn = '', tagKeys = [] } = input;
      const kept = tagsOf(region, resourceArn).filter(({ key }) => !tagKeys.includes(key ?? ''));
      state.of(region).tags.set(resourceArn, kept);
      return {};
    },
    ListTagsForResource: (input: ListTagsForResourceRequest, { region }: Caller) => ({
      tags: tagsOf(region, input.resourceArn),
    }),
  };
};
