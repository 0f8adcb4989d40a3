import { describe, expect, it } from 'vitest';
import { lines, localWorld } from './local-world.ts';
import type { Definition } from './machines.ts';

/** The order and the links of these events are those of histories recorded on AWS. */
const history = async (definition: Definition, input: unknown = {}) =>
  lines((await localWorld().run({ QueryLanguage: 'JSONata', ...definition }, input)).execution);

const failing = { StartAt: 'No', States: { No: { Type: 'Fail', Error: 'No', Cause: 'never' } } };
const passing = { StartAt: 'Go', States: { Go: { Type: 'Pass', End: true } } };
const twice = [{ ErrorEquals: ['No'], MaxAttempts: 1 }];

describe('the history', () => {
  it('links iterations that run one after another', async () => {
    const each = {
      Type: 'Map',
      Items: [1, 2, 3],
      MaxConcurrency: 1,
      ItemProcessor: passing,
      End: true,
    };

    expect(await history({ StartAt: 'Each', States: { Each: each } })).toEqual([
      '1 ← 0 ExecutionStarted',
      '2 ← 0 MapStateEntered Each',
      '3 ← 2 MapStateStarted',
      '4 ← 3 MapIterationStarted Each',
      '5 ← 4 PassStateEntered Go',
      '6 ← 5 PassStateExited Go',
      '7 ← 6 MapIterationSucceeded',
      '8 ← 6 MapIterationStarted Each',
      '9 ← 8 PassStateEntered Go',
      '10 ← 9 PassStateExited Go',
      '11 ← 10 MapIterationSucceeded',
      '12 ← 10 MapIterationStarted Each',
      '13 ← 12 PassStateEntered Go',
      '14 ← 13 PassStateExited Go',
      '15 ← 14 MapIterationSucceeded',
      '16 ← 14 MapStateSucceeded',
      '17 ← 14 MapStateExited Each',
      '18 ← 17 ExecutionSucceeded',
    ]);
  });

  it('links the attempts of a Map', async () => {
    const each = { Type: 'Map', Items: [1], ItemProcessor: failing, Retry: twice, End: true };

    expect(await history({ StartAt: 'Each', States: { Each: each } })).toEqual([
      '1 ← 0 ExecutionStarted',
      '2 ← 0 MapStateEntered Each',
      '3 ← 2 MapStateStarted',
      '4 ← 3 MapIterationStarted Each',
      '5 ← 4 FailStateEntered No',
      '6 ← 5 MapIterationFailed',
      '7 ← 5 MapStateStarted',
      '8 ← 7 MapIterationStarted Each',
      '9 ← 8 FailStateEntered No',
      '10 ← 9 MapIterationFailed',
      '11 ← 9 MapStateFailed',
      '12 ← 11 ExecutionFailed',
    ]);
  });

  it('links the attempts of a Parallel', async () => {
    const both = { Type: 'Parallel', Branches: [failing], Retry: twice, End: true };

    expect(await history({ StartAt: 'Both', States: { Both: both } })).toEqual([
      '1 ← 0 ExecutionStarted',
      '2 ← 0 ParallelStateEntered Both',
      '3 ← 2 ParallelStateStarted',
      '4 ← 3 FailStateEntered No',
      '5 ← 4 ParallelStateStarted',
      '6 ← 5 FailStateEntered No',
      '7 ← 6 ParallelStateFailed',
      '8 ← 7 ExecutionFailed',
    ]);
  });

  it('links the end of a Parallel to the branch that ended last', async () => {
    const both = { Type: 'Parallel', Branches: [passing], End: true };

    expect(await history({ StartAt: 'Both', States: { Both: both } })).toEqual([
      '1 ← 0 ExecutionStarted',
      '2 ← 0 ParallelStateEntered Both',
      '3 ← 2 ParallelStateStarted',
      '4 ← 3 PassStateEntered Go',
      '5 ← 4 PassStateExited Go',
      '6 ← 5 ParallelStateSucceeded',
      '7 ← 5 ParallelStateExited Both',
      '8 ← 7 ExecutionSucceeded',
    ]);
  });

  it('tells an expression that fails', async () => {
    const first = { Type: 'Pass', Next: 'Read' };
    const read = { Type: 'Pass', Output: '{% $missing %}', End: true };

    expect(await history({ StartAt: 'First', States: { First: first, Read: read } })).toEqual([
      '1 ← 0 ExecutionStarted',
      '2 ← 0 PassStateEntered First',
      '3 ← 2 PassStateExited First',
      '4 ← 3 PassStateEntered Read',
      '5 ← 3 EvaluationFailed',
      '6 ← 5 ExecutionFailed',
    ]);
  });

  it('tells items that are no list as a failure of the Map', async () => {
    const each = { Type: 'Map', Items: '{% 1 %}', ItemProcessor: passing, End: true };

    expect(await history({ StartAt: 'Each', States: { Each: each } })).toEqual([
      '1 ← 0 ExecutionStarted',
      '2 ← 0 MapStateEntered Each',
      '3 ← 0 EvaluationFailed',
      '4 ← 3 MapStateFailed',
      '5 ← 4 ExecutionFailed',
    ]);
  });

  it('tells the variables that a state assigned, as JSON', async () => {
    const { execution } = await localWorld().run({
      QueryLanguage: 'JSONata',
      StartAt: 'Set',
      States: { Set: { Type: 'Pass', Assign: { a: 42, b: 'text' }, End: true } },
    });

    expect(execution.events[2]?.stateExitedEventDetails).toEqual({
      name: 'Set',
      output: '{}',
      outputDetails: { truncated: false },
      assignedVariables: { a: '42', b: '"text"' },
      assignedVariablesDetails: { truncated: false },
    });
  });
});
