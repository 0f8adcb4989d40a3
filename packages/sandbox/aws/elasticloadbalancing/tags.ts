import type { AddTagsInput, DescribeTagsInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Operation } from '../../cloud.ts';
import type { State } from './state.ts';

/** Operations on the tags of load balancers, target groups, listeners and their rules. */
export const tagOperations = (state: State): Record<string, Operation> => {
  const tagsOf = (region: string, arn: string) => {
    const tags = state.of(region).tags.get(arn);
    if (tags) return tags;
    const kind =
      /:(loadbalancer|targetgroup|listener|listener-rule)\//.exec(arn)?.[1] ?? 'loadbalancer';
    const names = {
      loadbalancer: 'LoadBalancer',
      targetgroup: 'TargetGroup',
      listener: 'Listener',
      'listener-rule': 'Rule',
    };
    throw new AwsError(
      `${names[kind as keyof typeof names]}NotFoundException`,
      `'${arn}' not found`,
    );
  };

  return {
    AddTags: (input: AddTagsInput, { region }: Caller) => {
      for (const arn of input.ResourceArns ?? []) {
        const tags = tagsOf(region, arn);
        for (const { Key = '', Value = '' } of input.Tags ?? []) tags.set(Key, Value);
      }
      return {};
    },
    DescribeTags: (input: DescribeTagsInput, { region }: Caller) => ({
      TagDescriptions: (input.ResourceArns ?? []).map((ResourceArn) => ({
        ResourceArn,
        Tags: [...tagsOf(region, ResourceArn)].map(([Key, Value]) => ({ Key, Value })),
      })),
    }),
  };
};
