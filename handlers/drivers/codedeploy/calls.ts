/** The calls that are the same for every platform of CodeDeploy. */
import type { TargetDriver } from '../driver.ts';
import { TRY_ANSWER, TRY_CONTINUE, TRY_READ, TRY_STOP, TRY_TARGETS } from './attempts.ts';
import { continueWait, findAfter, findForeign, stop } from './deployments.ts';
import { answerHook } from './hooks.ts';

/** What each deed of a step calls; steps try it without changing anything. */
const attempts: TargetDriver['attempts'] = {
  read: [...TRY_READ, ...TRY_TARGETS],
  answer: [...TRY_ANSWER, ...TRY_TARGETS],
  endWait: TRY_CONTINUE,
  stop: TRY_STOP,
};

/** The members of a driver of CodeDeploy that do not depend on what it moves. */
export const codedeployCalls = {
  answer: answerHook,
  endWait: continueWait,
  stop,
  findForeign: (target, release) => findForeign(target, release, []),
  findAfter,
  attempts,
} satisfies Partial<TargetDriver>;
