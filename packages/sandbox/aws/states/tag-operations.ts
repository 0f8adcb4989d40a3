/** Knows the tags of state machines. */
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../cloud.ts';
import { checkArn } from './arns.ts';
import type { MachineRecord, StatesState } from './state.ts';

/** The operations on tags. */
export const tagOperations = (state: StatesState): Readonly<Record<string, Operation>> => {
  const tagged = (region: string, arn: string): MachineRecord => {
    const machine = state.region(region).machines.get(checkArn(arn));
    if (machine) return machine;
    throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`, { resourceName: arn });
  };
  return {
    TagResource: ({ resourceArn, tags }, { region }) => {
      const machine = tagged(region, resourceArn);
      for (const { key, value } of tags) machine.tags.set(key, value);
      return {};
    },
    UntagResource: ({ resourceArn, tagKeys }, { region }) => {
      const machine = tagged(region, resourceArn);
      for (const key of tagKeys) machine.tags.delete(key);
      return {};
    },
    ListTagsForResource: ({ resourceArn }, { region }) => ({
      tags: [...tagged(region, resourceArn).tags].map(([key, value]) => ({ key, value })),
    }),
  };
};
