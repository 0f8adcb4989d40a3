/** Tags of alarms. */
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../cloud.ts';
import type { Alarms } from './alarms/alarm.ts';

/** TagResource, UntagResource, ListTagsForResource. */
export const tagOperations = (alarmsOf: (region: string) => Alarms): Record<string, Operation> => {
  const tagsOf = (arn = ''): Map<string, string> => {
    const [, , , region = '', , , ...name] = arn.split(':');
    const alarm = alarmsOf(region).get(name.join(':'));
    if (alarm) return alarm.tags;
    throw new AwsError('ResourceNotFoundException', `${arn} does not exist`, {
      status: 404,
      ResourceType: 'alarm',
      ResourceId: arn,
    });
  };
  return {
    TagResource: ({ ResourceARN, Tags = [] }) => {
      const tags = tagsOf(ResourceARN);
      for (const { Key, Value } of Tags) tags.set(Key, Value);
      return {};
    },
    UntagResource: ({ ResourceARN, TagKeys = [] }) => {
      const tags = tagsOf(ResourceARN);
      for (const key of TagKeys) tags.delete(key);
      return {};
    },
    ListTagsForResource: ({ ResourceARN }) => ({
      Tags: [...tagsOf(ResourceARN)].map(([Key, Value]) => ({ Key, Value })),
    }),
  };
};
