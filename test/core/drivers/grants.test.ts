import { expect, it } from 'vitest';
import { grantsOf } from '../../../core/drivers/grants.ts';
import { HOOKS, type HookName } from '../../../core/drivers/hooks.ts';
import { STEP_NAMES } from '../../../core/names.ts';

const NAMES = [...STEP_NAMES, ...(Object.keys(HOOKS) as HookName[])];

it('what both drivers do in a function is granted once', () => {
  for (const name of NAMES) {
    const grants = grantsOf(name).map((grant) => JSON.stringify(grant));
    expect(new Set(grants).size, name).toBe(grants.length);
  }
});

it('every hook may answer, and only the steps that move targets may change anything', () => {
  const may = (action: string) =>
    NAMES.filter((name) => grantsOf(name).some(({ actions }) => actions.includes(action)));

  expect(may('codedeploy:PutLifecycleEventHookExecutionStatus')).toEqual([
    'start-shift',
    'answer-target',
    'take-back-target',
    ...Object.keys(HOOKS),
  ]);
  expect(may('codedeploy:StopDeployment')).toEqual(['take-back-target']);
  expect(grantsOf('decide')).toEqual([]);
});
