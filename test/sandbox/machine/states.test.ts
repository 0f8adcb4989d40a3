import { describe, expect, it } from 'vitest';
import { localWorld, secondsOf } from './local-world.ts';
import { machines } from './machines.ts';

describe('a Pass', () => {
  it('gives what its Output says', async () => {
    const { run } = localWorld();

    const { status, output } = await run(machines.hello, { name: 'Ada' });

    expect(status).toBe('SUCCEEDED');
    expect(output).toEqual({ said: 'hello Ada' });
  });
});

describe('a Choice', () => {
  it('takes the first rule that holds, and only its Assign', async () => {
    const { run } = localWorld();

    expect((await run(machines.choice, { n: 11 })).output).toEqual({
      in: { n: 11 },
      size: 'large',
    });
  });

  it('gives on what the rule puts out', async () => {
    const { run } = localWorld();

    expect((await run(machines.choice, { n: 6 })).output).toEqual({
      in: { changed: true },
      size: 'middle',
    });
  });

  it('assigns its own variables only on the way to Default', async () => {
    const { run } = localWorld();

    expect((await run(machines.choice, { n: 1 })).output).toBe('small');
  });

  it('fails where no rule holds and there is no Default', async () => {
    const { run } = localWorld();

    expect(await run(machines.noDefault, { n: 1 })).toMatchObject({
      status: 'FAILED',
      error: 'States.NoChoiceMatched',
    });
  });

  it('takes no number for a truth', async () => {
    const { run } = localWorld();

    const { error, cause } = await run(machines.notBoolean, { n: 1 });

    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toContain("'Choices[0]/Condition'");
    expect(cause).toContain("Expected 'boolean', but was 'number' for value: 1");
  });
});

describe('a Wait', () => {
  it('waits for seconds and for a time, in service time', async () => {
    const { run } = localWorld();

    const { execution, output } = await run(machines.waits, {
      seconds: 300,
      until: '2026-01-05T10:00:00+00:00',
    });

    expect(secondsOf(execution, 'WaitStateExited')).toEqual([300, 3600]);
    expect(output).toBe('2026-01-05T09:05:00.000Z');
  });

  it('does not wait for a time in the past', async () => {
    const { run } = localWorld();

    const { execution } = await run(machines.waits, { seconds: 0, until: '2020-01-01T00:00:00Z' });

    expect(secondsOf(execution, 'WaitStateExited')).toEqual([0, 0]);
  });

  it('fails for a text that is no time', async () => {
    const { run } = localWorld();

    const { error, cause } = await run(machines.waits, { seconds: 0, until: 'tomorrow' });

    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toContain('cannot be parsed as an ISO-8601');
  });

  it('fails for half a second', async () => {
    const { run } = localWorld();

    expect(await run(machines.waits, { seconds: 0.5 })).toMatchObject({
      error: 'States.QueryEvaluationError',
    });
  });
});

describe('a Fail', () => {
  it('ends the execution with its error and cause', async () => {
    const { run } = localWorld();

    expect(await run(machines.fails, { error: 'RolledBack', why: 'an alarm' })).toMatchObject({
      status: 'FAILED',
      error: 'RolledBack',
      cause: 'because of an alarm',
    });
  });
});

describe('a Parallel', () => {
  it('gives the outputs of its branches, which see the variables around them and lose their own', async () => {
    const { run } = localWorld();

    expect((await run(machines.parallel, { n: 9 })).output).toEqual({
      both: [
        ['seen', 1, 9],
        ['seen', 2, 9],
      ],
      lost: false,
    });
  });
});

describe('a Map', () => {
  it('gives the outputs in the order of its items', async () => {
    const { run } = localWorld({ work: ({ value, index, of }) => `${value}-${index}/${of}` });

    expect((await run(machines.map, { items: ['a', 'b', 'c'] })).output).toEqual([
      'a-0/3',
      'b-1/3',
      'c-2/3',
    ]);
  });

  it('iterates over the key-value pairs of an object', async () => {
    const { run } = localWorld({ work: ({ value, index, of }) => `${value}-${index}/${of}` });
    const items = { a: 1, b: [2] };

    expect((await run(machines.map, { items })).output).toEqual(['1-0/1', '2-1/1']);
    expect((await run(machines.pairs, items)).output).toEqual([
      { key: 'a', input: { Key: 'a', Value: 1 } },
      { key: 'b', input: { Key: 'b', Value: [2] } },
    ]);
  });

  it('runs no more iterations at once than MaxConcurrency', async () => {
    const world = localWorld({
      work: async () => {
        running += 1;
        most = Math.max(most, running);
        await world.clock.sleep(1_000);
        running -= 1;
        return null;
      },
    });
    let running = 0;
    let most = 0;

    await world.run(machines.map, { items: [1, 2, 3, 4, 5] });

    expect(most).toBe(2);
  });

  it('gives an empty list for no items', async () => {
    const { run } = localWorld();

    expect((await run(machines.map, { items: [] })).output).toEqual([]);
  });

  it('fails for items that are neither an array nor an object', async () => {
    const { run } = localWorld();

    const { error, cause } = await run(machines.map, { items: 3 });

    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toContain("Expected 'array or object', but was 'number' for value: 3");
  });

  it('forgives as many failures as it tolerates', async () => {
    const { run } = localWorld({
      work: (n) => {
        if (n < 2) throw new Error('no');
        return n;
      },
    });

    expect((await run(machines.tolerant, [1, 2, 3])).output).toEqual([2, 3]);
    expect(await run(machines.tolerant, [0, 1, 2])).toMatchObject({
      error: 'States.ExceedToleratedFailureThreshold',
    });
  });
});

describe('the context object', () => {
  it('names the execution, the state and the machine', async () => {
    const { run } = localWorld();

    expect((await run(machines.context, { a: 1 })).output).toEqual({
      Execution: {
        Id: 'arn:aws:states:us-east-1:111122223333:execution:test:one',
        Input: { a: 1 },
        Name: 'one',
        RoleArn: 'arn:aws:iam::111122223333:role/test',
        StartTime: '2026-01-05T09:00:00.000Z',
        RedriveCount: 0,
      },
      State: { Name: 'Look', EnteredTime: '2026-01-05T09:00:00.000Z' },
      StateMachine: {
        Id: 'arn:aws:states:us-east-1:111122223333:stateMachine:test',
        Name: 'test',
      },
    });
  });
});
