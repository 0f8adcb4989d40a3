import { BARRIER } from '../drivers/codedeploy/events.ts';
import type { HeldHook, ReleaseRecord } from '../record/record.ts';

/** What CodeDeploy holds for an event once it has ended. */
export type HookAnswer = NonNullable<HeldHook['answer']>;

/** Whether a target is known to be lost: CodeDeploy had failed its barrier before the release answered. */
export const hasLostBarrier = ({ hooks }: Pick<ReleaseRecord, 'hooks'>): boolean =>
  hooks.some(({ event, answer }) => event === BARRIER && answer === 'Failed');

/** The record with what CodeDeploy holds for hooks now: for all calls of one event, or for one call. */
export const withAnswer = (
  record: ReleaseRecord,
  of: Pick<HeldHook, 'deploymentId' | 'event'> | Pick<HeldHook, 'executionId'>,
  answer: HookAnswer,
): ReleaseRecord => {
  const isMeant = (hook: HeldHook): boolean =>
    'executionId' in of
      ? hook.executionId === of.executionId
      : hook.deploymentId === of.deploymentId && hook.event === of.event;
  return {
    ...record,
    hooks: record.hooks.map((hook) => (isMeant(hook) ? { ...hook, answer } : hook)),
  };
};
