/** Adds, lists and removes the targets of rules. */

import type { PutTargetsRequest, Target } from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Operation } from '../../cloud.ts';
import { page } from '../../paging.ts';
import type { Buses } from './buses.ts';
import { paging } from './paging.ts';
import { checkTarget } from './targets.ts';
import { isJson, pathKeys } from './transform.ts';

/** AWS's quota of targets a rule. */
const MOST_TARGETS = 5;

const INPUTS = ['Input', 'InputPath', 'InputTransformer'] as const;

const USED = [
  'Id',
  'Arn',
  'RoleArn',
  'DeadLetterConfig',
  'RetryPolicy',
  'SqsParameters',
  ...INPUTS,
];

const refuse = (message: string) => new AwsError('ValidationException', message);

const check = (target: Target) => {
  for (const name of Object.keys(target)) {
    if (!USED.includes(name)) throw refuse(`This sandbox does not know the target member ${name}`);
  }
  if (target.SqsParameters) throw refuse('This sandbox has no FIFO queues: SqsParameters');
  const given = INPUTS.filter((name) => target[name] !== undefined);
  if (given.length > 1) {
    throw refuse(
      `Only one of Input, InputPath, or InputTransformer must be provided for target ${target.Id}.`,
    );
  }
  if (target.Input !== undefined && !isJson(target.Input)) {
    throw refuse(`JSON syntax error in input for target ${target.Id}`);
  }
  const { InputPathsMap = {} } = target.InputTransformer ?? {};
  for (const path of [target.InputPath, ...Object.values(InputPathsMap)]) {
    if (path !== undefined) pathKeys(path);
  }
  checkTarget(target);
};

/** PutTargets, RemoveTargets, ListTargetsByRule, ListRuleNamesByTarget. */
export const targetOperations = (state: Buses): Record<string, Operation> => ({
  PutTargets: ({ Rule, EventBusName, Targets = [] }: PutTargetsRequest, { region }: Caller) => {
    const { targets } = state.rule(region, Rule as string, EventBusName);
    const added = Targets.filter(({ Id }) => !targets.has(Id as string));
    if (targets.size + added.length > MOST_TARGETS) {
      throw new AwsError(
        'LimitExceededException',
        'The requested resource exceeds the maximum number allowed.',
      );
    }
    for (const target of Targets) check(target);
    for (const target of Targets) targets.set(target.Id as string, target);
    return { FailedEntryCount: 0, FailedEntries: [] };
  },

  RemoveTargets: ({ Rule, EventBusName, Ids = [] }, { region }) => {
    const { targets } = state.rule(region, Rule, EventBusName);
    const failed = (Ids as string[]).filter((id) => !targets.delete(id));
    return {
      FailedEntryCount: failed.length,
      FailedEntries: failed.map((TargetId) => ({
        TargetId,
        ErrorCode: 'ResourceNotFoundException',
        ErrorMessage: `Rule ${Rule} has no target ${TargetId}.`,
      })),
    };
  },

  ListTargetsByRule: ({ Rule, EventBusName, ...input }, { region }) => {
    const targets = [...state.rule(region, Rule, EventBusName).targets.values()];
    const { items, next } = page(paging, targets, input);
    return { Targets: items, ...next };
  },

  ListRuleNamesByTarget: ({ TargetArn, EventBusName, ...input }, { region }) => {
    const names = [...state.bus(region, EventBusName).rules.values()]
      .filter(({ targets }) => [...targets.values()].some(({ Arn }) => Arn === TargetArn))
      .map(({ name }) => name);
    const { items, next } = page(paging, names, input);
    return { RuleNames: items, ...next };
  },
});
