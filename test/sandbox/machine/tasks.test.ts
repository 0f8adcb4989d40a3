import { describe, expect, it } from 'vitest';
import { failure, lines, localWorld, secondsOf } from './local-world.ts';
import { machines } from './machines.ts';

/** A world in which people are asked; `asked` are the tokens that they were given. */
const asking = (more: Parameters<typeof localWorld>[0] = {}) => {
  const asked: string[] = [];
  const world = localWorld({ mail: ({ token }) => void asked.push(token), ...more });
  return { ...world, asked };
};

describe('a task with a token', () => {
  it('ends with what is sent for its token, not with what the function gives', async () => {
    const world = asking();
    const { execution, end } = world.start(machines.token, { id: 1 });
    await world.pass(120);

    world.tokens.get(world.asked[0]!)?.succeed({ approved: true });
    await end();

    expect(execution.output).toBe('{"approved":true}');
    expect(lines(execution)).toEqual([
      '1 ← 0 ExecutionStarted',
      '2 ← 0 TaskStateEntered Ask',
      '3 ← 2 TaskScheduled',
      '4 ← 3 TaskStarted',
      '5 ← 4 TaskSubmitted',
      '6 ← 5 TaskSucceeded',
      '7 ← 6 TaskStateExited Ask',
      '8 ← 7 ExecutionSucceeded',
    ]);
    expect(world.tokens.size).toBe(0);
  });

  it('fails with what is sent for its token', async () => {
    const world = asking();
    const { execution, end } = world.start(machines.token);
    await world.pass(1);

    world.tokens.get(world.asked[0]!)?.fail('Rejected', 'not today');
    await end();

    expect(execution).toMatchObject({ status: 'FAILED', error: 'Rejected', cause: 'not today' });
  });

  it('fails at once if the function that takes the token fails', async () => {
    const world = asking({
      mail: () => {
        throw failure('NoMail');
      },
    });

    const { execution, error } = await world.run(machines.token);

    expect(error).toBe('NoMail');
    expect(secondsOf(execution, 'TaskFailed')).toEqual([0]);
    expect(world.tokens.size).toBe(0);
  });

  it('times out and forgets its token', async () => {
    const world = asking();

    const { execution, error } = await world.run(machines.token);

    expect(error).toBe('States.Timeout');
    expect(secondsOf(execution, 'TaskTimedOut')).toEqual([600]);
    expect(world.tokens.size).toBe(0);
  });

  it('has a new token in its next attempt', async () => {
    const world = asking();
    const { execution, end } = world.start(machines.askAgain);
    await world.pass(70);

    expect(world.asked).toHaveLength(2);
    expect(world.tokens.has(world.asked[0]!)).toBe(false);
    world.tokens.get(world.asked[1]!)?.succeed('late but fine');
    await end();

    expect(execution.output).toBe('"late but fine"');
  });
});

describe('a heartbeat', () => {
  it('that stays away fails the task as States.HeartbeatTimeout', async () => {
    const world = asking();

    const { execution, output } = await world.run(machines.heartbeat, { timeout: 600 });

    expect(output).toBe('silent');
    expect(secondsOf(execution, 'TaskTimedOut')).toEqual([60]);
  });

  it('that arrives in time keeps the task, but not beyond its time-out', async () => {
    const world = asking();
    const { execution, end } = world.start(machines.heartbeat, { timeout: 170 });
    for (const _ of [1, 2, 3]) {
      await world.pass(50);
      world.tokens.get(world.asked[0]!)?.beat();
    }
    await end();

    expect(execution.error).toBe('States.Timeout');
    expect(secondsOf(execution, 'TaskTimedOut')).toEqual([170]);
  });
});

describe('a task that waits for its answer', () => {
  it('times out, and the answer that comes later changes nothing', async () => {
    const world = localWorld({ slow: () => world.clock.sleep(90_000) });

    const { execution, error } = await world.run(machines.slowFunction);
    const before = execution.events.length;
    await world.pass(120);

    expect(error).toBe('States.Timeout');
    expect(secondsOf(execution, 'TaskTimedOut')).toEqual([30]);
    expect(execution.events).toHaveLength(before);
  });
});

describe('a branch that fails', () => {
  it('ends the others at once and makes their tokens worthless', async () => {
    const world = asking({
      flaky: async () => {
        await world.clock.sleep(5_000);
        throw failure('Broken');
      },
    });
    const { execution, end } = world.start(machines.sideBySide);
    await world.pass(1);
    const owner = world.tokens.get(world.asked[0]!);
    await world.pass(10);

    expect(world.tokens.size).toBe(0);
    owner?.succeed('too late');
    await end();

    expect(execution.output).toBe('"Broken"');
    expect(lines(execution).slice(10)).toEqual([
      expect.stringMatching(/^11 ← \d+ TaskFailed$/),
      '12 ← 11 TaskStateAborted',
      '13 ← 11 TaskStateAborted',
      '14 ← 11 ParallelStateFailed',
      '15 ← 14 ParallelStateExited Both',
      '16 ← 15 WaitStateEntered Caught',
      '17 ← 16 WaitStateExited Caught',
      '18 ← 17 SucceedStateEntered Done',
      '19 ← 18 SucceedStateExited Done',
      '20 ← 19 ExecutionSucceeded',
    ]);
  });

  it('ends the other iterations of a Map', async () => {
    const world = asking();
    const { execution, end } = world.start(machines.mapOfTokens, ['a', 'b', 'c']);
    await world.pass(1);

    world.tokens.get(world.asked[1]!)?.fail('Rejected');
    await end();

    expect(world.tokens.size).toBe(0);
    expect(
      execution.events.map(({ type }) => type).filter((type) => /Map|Aborted/.test(type!)),
    ).toEqual([
      'MapStateEntered',
      'MapStateStarted',
      'MapIterationStarted',
      'MapIterationStarted',
      'MapIterationStarted',
      'MapIterationFailed',
      'TaskStateAborted',
      'MapIterationAborted',
      'TaskStateAborted',
      'MapIterationAborted',
      'TaskStateAborted',
      'MapStateFailed',
      'MapStateExited',
    ]);
  });
});

describe('an execution that is stopped', () => {
  it('gives up its tasks and their tokens, and stays as it ended', async () => {
    const world = asking();
    const { execution } = world.start(machines.token);
    await world.pass(1);
    const owner = world.tokens.get(world.asked[0]!);

    execution.stop('Aborted', 'by a person');
    owner?.succeed('too late');
    execution.stop('Twice');
    await world.pass(3_600);

    expect(world.tokens.size).toBe(0);
    expect(execution).toMatchObject({ status: 'ABORTED', error: 'Aborted', cause: 'by a person' });
    expect(lines(execution).at(-1)).toBe('6 ← 0 ExecutionAborted');
  });
});

describe('a redrive', () => {
  it('goes on from the branch that failed, with the variables it had', async () => {
    const calls: string[] = [];
    let broken = true;
    const world = localWorld({
      sure: () => {
        calls.push('sure');
        return 'sure';
      },
      flaky: async () => {
        calls.push('flaky');
        await world.clock.sleep(1_000);
        if (broken) throw failure('Broken');
        return 'mended';
      },
    });
    const { execution, end, redrive } = world.start(machines.steps, { id: 'r-1' });
    await end();
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Broken' });

    broken = false;
    redrive();
    expect(execution).toMatchObject({ status: 'RUNNING', error: undefined, redriveCount: 1 });
    await end();

    expect(execution.status).toBe('SUCCEEDED');
    expect(JSON.parse(execution.output!)).toEqual({ kept: 'r-1', both: ['sure', 'mended'] });
    expect(calls).toEqual(['sure', 'flaky', 'flaky']);
    const types = execution.events.map(({ type }) => type);
    expect(types.slice(types.indexOf('ExecutionRedriven'))).toEqual([
      'ExecutionRedriven',
      'ParallelStateStarted',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'ParallelStateSucceeded',
      'ParallelStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
  });
});
