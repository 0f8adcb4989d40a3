import { stepOfToday } from '../drivers/former-words.ts';
import { revisionText } from '../release/revision-words.ts';
import type { RollbackStep } from './kinds.ts';

type Waiting = Extract<RollbackStep, { did: 'wait' }>;
type Nothing = Extract<RollbackStep, { did: 'nothing' }>;

/** Why nothing is left to do. */
const arrivedText = (step: Nothing): string => {
  if (step.because === 'never-launched') return 'nothing to roll back: it was never deployed to';
  if (step.because === 'no-traffic') return 'nothing to roll back: no traffic moved';
  const again = `users are on ${revisionText(step.to)} again`;
  return step.deployment ? `deployment ${step.deployment} rolled back: ${again}` : again;
};

/** What is waited for. */
const awaitedText = ({ of, deployment }: Waiting): string => {
  switch (of) {
    case 'forward':
      return `deployment ${deployment} is ending`;
    case 'back':
      return `deployment ${deployment} is rolling back`;
    case 'platform':
      return `AWS itself is rolling back, by deployment ${deployment}`;
    case 'others':
      return `waiting for deployment ${deployment}, which Tandem did not start`;
    case 'forward-ended':
      return `deployment ${deployment} has ended, and AWS may still roll back by itself`;
  }
};

/** A step of a target's rollback in words for people, as they stand behind the target's name. */
export const rollbackStepText = (kept: RollbackStep): string => {
  const step = stepOfToday(kept);
  switch (step.did) {
    case 'nothing':
      return arrivedText(step);
    case 'wait':
      return awaitedText(step);
    case 'answer-failed':
      return `${step.hooks.join(' and ')} is answered Failed`;
    case 'stop':
      return `deployment ${step.deployment} is stopped`;
    case 'continue':
      return step.wait === 'start'
        ? `deployment ${step.deployment} rolls back, and may move traffic now`
        : `deployment ${step.deployment} rolls back, and need not keep the new tasks`;
    case 'redeploy': {
      const why = step.failed === undefined ? '' : `, as ${step.failed}`;
      return `rolling back to ${revisionText(step.to)} by a deployment of its own (try ${step.attempt})${why}`;
    }
    case 'restore':
      return `its traffic is set back to ${revisionText(step.to)}`;
    case 'give-up':
      return `is not rolled back to ${revisionText(step.to)} by Tandem; a person must act`;
  }
};
