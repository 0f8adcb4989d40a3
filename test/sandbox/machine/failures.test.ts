import { describe, expect, it } from 'vitest';
import { failure, lines, localWorld, secondsOf } from './local-world.ts';
import { machines } from './machines.ts';

/** Fails as the list says, then answers. */
const flaky = (...errors: string[]) => {
  const left = [...errors];
  return () => {
    const error = left.shift();
    if (error) throw failure(error);
    return 'fine';
  };
};

describe('Retry', () => {
  it('waits longer each time, up to MaxDelaySeconds', async () => {
    const { run } = localWorld({ flaky: flaky('Busy', 'Busy', 'Busy') });

    const { execution, output } = await run(machines.retries);

    expect(output).toBe('fine');
    expect(secondsOf(execution, 'TaskScheduled')).toEqual([0, 2, 8, 18]);
  });

  it('gives up after MaxAttempts of the entry that matches', async () => {
    const { run } = localWorld({ flaky: flaky('Busy', 'Busy', 'Busy', 'Busy', 'Busy') });

    const { execution, error } = await run(machines.retries);

    expect(error).toBe('Busy');
    expect(secondsOf(execution, 'TaskScheduled')).toHaveLength(4);
  });

  it('counts the attempts of each entry by itself', async () => {
    const { run } = localWorld({ flaky: flaky('Odd', 'Busy', 'Odd') });

    const { execution, error } = await run(machines.retries);

    expect(error).toBe('Odd');
    expect(secondsOf(execution, 'TaskScheduled')).toEqual([0, 1, 3]);
  });

  it('takes a random part of the delay with full jitter', async () => {
    const { run } = localWorld({ flaky: flaky('Busy', 'Busy') }, () => 0.25);

    const { execution } = await run(machines.jitter);

    expect(secondsOf(execution, 'TaskScheduled')).toEqual([0, 25, 75]);
  });

  it('tells the state how often it was retried', async () => {
    const seen: number[] = [];
    const again = flaky('Busy', 'Busy');
    const { run } = localWorld({
      flaky: (count) => {
        seen.push(count);
        return again();
      },
    });

    await run(machines.retryCount);

    expect(seen).toEqual([0, 1, 2]);
  });

  it('is billed: every state entered and every retry is a transition', async () => {
    const { run } = localWorld({ flaky: flaky('Busy', 'Busy') });

    const { execution } = await run(machines.retries);

    expect(execution.transitions).toBe(3);
  });
});

describe('Catch', () => {
  it('goes on with its own Output and variables', async () => {
    const { run } = localWorld({ flaky: flaky('Known') });

    expect((await run(machines.catches, { id: 1 })).output).toEqual({
      in: { error: 'Known', input: { id: 1 } },
      why: 'Known happened',
    });
  });

  it('gives on the error where it says nothing else', async () => {
    const { run } = localWorld({ flaky: flaky('Odd') });

    expect((await run(machines.catches)).output).toEqual({ Error: 'Odd', Cause: 'Odd happened' });
  });

  it.each(['States.Runtime', 'States.DataLimitExceeded'])(
    'of States.ALL lets %s pass',
    async (error) => {
      const { run } = localWorld({ flaky: flaky(error) });

      expect(await run(machines.catchesAll)).toMatchObject({ status: 'FAILED', error });
    },
  );

  it('of States.TaskFailed lets a time-out pass', async () => {
    const { run } = localWorld({ flaky: flaky('States.Timeout') });

    expect(await run(machines.catches)).toMatchObject({ error: 'States.Timeout' });
  });

  it('takes an expression that fails as an error of its state', async () => {
    const { run } = localWorld({ flaky: () => undefined });

    const { output } = await run(machines.catchesAll);

    expect(output.caught.Error).toBe('States.QueryEvaluationError');
  });
});

describe('a function that is a Resource itself', () => {
  it('has events of its own', async () => {
    const { run } = localWorld({ api: ({ n }) => n * 2 });

    const { execution, output } = await run(machines.plainFunction, { n: 21 });

    expect(output).toBe(42);
    expect(lines(execution)).toEqual([
      '1 ← 0 ExecutionStarted',
      '2 ← 0 TaskStateEntered Call',
      '3 ← 2 LambdaFunctionScheduled',
      '4 ← 3 LambdaFunctionStarted',
      '5 ← 4 LambdaFunctionSucceeded',
      '6 ← 5 TaskStateExited Call',
      '7 ← 6 ExecutionSucceeded',
    ]);
  });
});

describe('limits', () => {
  it('fails a state whose output is larger than 256 KiB in UTF-8', async () => {
    const { run } = localWorld();

    expect((await run(machines.large, { size: 131_071 })).status).toBe('SUCCEEDED');
    expect(await run(machines.large, { size: 131_072 })).toMatchObject({
      error: 'States.DataLimitExceeded',
      cause:
        "The state/task 'Grow' returned a result with a size exceeding the maximum number of bytes service limit.",
    });
  });

  it('lets a result that is too large be caught by its name', async () => {
    const { run } = localWorld({ flaky: () => 'x'.repeat(262_145) });

    expect((await run(machines.catchesLimit)).output).toBe('too large');
    expect(await run(machines.catchesAll)).toMatchObject({ error: 'States.DataLimitExceeded' });
  });

  it('fails an execution at 25,000 events', async () => {
    const { run } = localWorld();

    const { execution, error, cause } = await run(machines.loop);

    expect(error).toBe('States.Runtime');
    expect(cause).toContain('25000');
    expect(execution.events).toHaveLength(25_000);
    expect(execution.events.at(-1)?.type).toBe('ExecutionFailed');
  });

  it('ends a machine that runs longer than its TimeoutSeconds', async () => {
    const { run } = localWorld();

    const { execution, status, error } = await run(machines.hurried);

    expect([status, error]).toEqual(['TIMED_OUT', undefined]);
    expect(secondsOf(execution, 'ExecutionTimedOut')).toEqual([600]);
  });
});
