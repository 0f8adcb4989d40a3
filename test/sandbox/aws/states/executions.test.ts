import { describe, expect, it } from 'vitest';
import { machines } from '../../machine/machines.ts';
import { functionError, stepFunctions } from './step-functions.ts';

describe('StartExecution', () => {
  it('answers the same for the same name and input while the execution runs', async () => {
    const { create, ask } = stepFunctions();
    const stateMachineArn = await create(machines.hurried);
    const input = { stateMachineArn, name: 'release-1', input: '{"a":1}' };

    const first = await ask('StartExecution', input);

    expect(await ask('StartExecution', input)).toEqual(first);
    await expect(ask('StartExecution', { ...input, input: '{}' })).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
    });
  });

  it('refuses the name of a closed execution for 90 days', async () => {
    const { create, start, end, pass } = stepFunctions();
    const machine = await create(machines.hello);
    await end(await start(machine, { name: 'Ada' }, 'release-1'));

    await expect(start(machine, { name: 'Ada' }, 'release-1')).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
      message:
        "Execution Already Exists: 'arn:aws:states:us-east-1:111122223333:execution:test:release-1'",
    });
    await pass(90 * 86_400 + 1);
    await expect(start(machine, { name: 'Ada' }, 'release-1')).resolves.toContain('release-1');
  });

  it.each(['', 'a b', 'a/b', 'a:b', 'a#b', 'x'.repeat(81)])(
    'refuses the name "%s"',
    async (name) => {
      const { create, ask } = stepFunctions();
      const stateMachineArn = await create(machines.hello);

      await expect(ask('StartExecution', { stateMachineArn, name })).rejects.toMatchObject({
        name: 'InvalidName',
      });
    },
  );

  it('makes up a name where none is given', async () => {
    const { create, start } = stepFunctions();
    const machine = await create(machines.hurried);

    expect(await start(machine)).toMatch(/:execution:test:[0-9a-f-]{36}$/);
  });

  it('refuses input that is no JSON or larger than 256 KiB', async () => {
    const { create, ask } = stepFunctions();
    const stateMachineArn = await create(machines.hello);

    await expect(ask('StartExecution', { stateMachineArn, input: 'no' })).rejects.toMatchObject({
      name: 'InvalidExecutionInput',
    });
    const input = JSON.stringify('x'.repeat(262_143));
    await expect(ask('StartExecution', { stateMachineArn, input })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('refuses a machine that does not exist, and what is no ARN', async () => {
    const { ask } = stepFunctions();
    const stateMachineArn = 'arn:aws:states:us-east-1:111122223333:stateMachine:none';

    await expect(ask('StartExecution', { stateMachineArn })).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
      message: `State Machine Does Not Exist: '${stateMachineArn}'`,
    });
    await expect(ask('StartExecution', { stateMachineArn: 'none' })).rejects.toMatchObject({
      name: 'InvalidArn',
      message: "Invalid Arn: 'Invalid ARN prefix: none'",
    });
    const execution = 'arn:aws:states:us-east-1:111122223333:execution:none:one';
    await expect(ask('DescribeStateMachine', { stateMachineArn: execution })).rejects.toMatchObject(
      {
        name: 'InvalidArn',
        message: "Invalid Arn: 'Resource type not valid in this context: execution'",
      },
    );
  });
});

describe('DescribeExecution', () => {
  it('tells input, output and dates', async () => {
    const { run } = stepFunctions();

    expect(await run(machines.hello, { name: 'Ada' })).toEqual({
      executionArn: expect.stringContaining(':execution:test:'),
      stateMachineArn: 'arn:aws:states:us-east-1:111122223333:stateMachine:test',
      name: expect.any(String),
      status: 'SUCCEEDED',
      startDate: new Date('2026-01-05T09:00:00Z'),
      stopDate: new Date('2026-01-05T09:00:00Z'),
      input: '{"name":"Ada"}',
      inputDetails: { included: true },
      output: '{"said":"hello Ada"}',
      outputDetails: { included: true },
      redriveCount: 0,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
  });
});

describe('ListExecutions', () => {
  it('shows the newest first, by status, in pages', async () => {
    const { create, start, ask, end } = stepFunctions();
    const stateMachineArn = await create(machines.fails);
    for (const name of ['a', 'b', 'c']) await end(await start(stateMachineArn, {}, name));
    const names = async (input: object) =>
      (await ask('ListExecutions', { stateMachineArn, ...input })).executions.map(
        (each: any) => each.name,
      );

    const { nextToken } = await ask('ListExecutions', { stateMachineArn, maxResults: 2 });

    expect(await names({ maxResults: 2 })).toEqual(['c', 'b']);
    expect(await names({ maxResults: 2, nextToken })).toEqual(['a']);
    expect(await names({ statusFilter: 'FAILED' })).toHaveLength(3);
    expect(await names({ statusFilter: 'RUNNING' })).toEqual([]);
    await expect(names({ nextToken: 'nonsense' })).rejects.toMatchObject({ name: 'InvalidToken' });
  });

  it.each([
    ['no machine', { stateMachineArn: undefined }, 'stateMachineArn or a mapRunArn'],
    ['an unknown status', { statusFilter: 'DONE' }, "Value 'DONE' at 'statusFilter'"],
    ['an unknown redrive filter', { redriveFilter: 'YES' }, "Value 'YES' at 'redriveFilter'"],
  ])('refuses %s', async (_, input, message) => {
    const { create, ask } = stepFunctions();
    const stateMachineArn = await create(machines.fails);

    await expect(ask('ListExecutions', { stateMachineArn, ...input })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });
});

describe('GetExecutionHistory', () => {
  it('has the events as AWS shapes them', async () => {
    const { create, start, end, history } = stepFunctions();
    const executionArn = await start(await create(machines.hello), { name: 'Ada' });
    await end(executionArn);

    expect(await history(executionArn)).toEqual([
      {
        id: 1,
        previousEventId: 0,
        timestamp: new Date('2026-01-05T09:00:00Z'),
        type: 'ExecutionStarted',
        executionStartedEventDetails: {
          input: '{"name":"Ada"}',
          inputDetails: { truncated: false },
          roleArn: 'arn:aws:iam::111122223333:role/machine',
        },
      },
      {
        id: 2,
        previousEventId: 0,
        timestamp: new Date('2026-01-05T09:00:00Z'),
        type: 'PassStateEntered',
        stateEnteredEventDetails: {
          name: 'Hello',
          input: '{"name":"Ada"}',
          inputDetails: { truncated: false },
        },
      },
      {
        id: 3,
        previousEventId: 2,
        timestamp: new Date('2026-01-05T09:00:00Z'),
        type: 'PassStateExited',
        stateExitedEventDetails: {
          name: 'Hello',
          output: '{"said":"hello Ada"}',
          outputDetails: { truncated: false },
        },
      },
      {
        id: 4,
        previousEventId: 3,
        timestamp: new Date('2026-01-05T09:00:00Z'),
        type: 'ExecutionSucceeded',
        executionSucceededEventDetails: {
          output: '{"said":"hello Ada"}',
          outputDetails: { truncated: false },
        },
      },
    ]);
  });

  it('goes backwards, in pages, and leaves data out on demand', async () => {
    const { create, start, end, ask } = stepFunctions();
    const executionArn = await start(await create(machines.hello), { name: 'Ada' });
    await end(executionArn);

    const first = await ask('GetExecutionHistory', {
      executionArn,
      reverseOrder: true,
      maxResults: 3,
      includeExecutionData: false,
    });

    expect(first.events.map(({ id }: any) => id)).toEqual([4, 3, 2]);
    expect(first.events[2].stateEnteredEventDetails).toEqual({
      name: 'Hello',
      inputDetails: { truncated: false },
    });
    const { nextToken } = first;
    const rest = await ask('GetExecutionHistory', { executionArn, reverseOrder: true, nextToken });
    expect(rest.events.map(({ id }: any) => id)).toEqual([1]);
  });

  it('tells the parameters and limits of a task', async () => {
    const { create, start, pass, history } = stepFunctions({ mail: () => null });
    const executionArn = await start(await create(machines.heartbeat), { timeout: 600 });
    await pass(1);

    const scheduled = (await history(executionArn)).find(({ type }) => type === 'TaskScheduled');
    expect(scheduled.taskScheduledEventDetails).toEqual({
      resourceType: 'lambda',
      resource: 'invoke.waitForTaskToken',
      region: 'us-east-1',
      parameters: expect.stringMatching(/^\{"FunctionName":"mail","Payload":\{"token":"/),
      timeoutInSeconds: 600,
      heartbeatInSeconds: 60,
    });
  });
});

describe('StopExecution', () => {
  it('takes no error of 257 characters', async () => {
    const { create, start, ask, describe: look } = stepFunctions();
    const executionArn = await start(await create(machines.hurried));

    await expect(
      ask('StopExecution', { executionArn, error: 'e'.repeat(257) }),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    expect(await look(executionArn)).toMatchObject({ status: 'RUNNING' });
  });

  it('ends the execution, once', async () => {
    const { create, start, ask, describe: look, pass } = stepFunctions();
    const executionArn = await start(await create(machines.hurried));
    await pass(10);

    const { stopDate } = await ask('StopExecution', {
      executionArn,
      error: 'Aborted',
      cause: 'why',
    });

    expect(stopDate).toEqual(new Date('2026-01-05T09:00:10Z'));
    expect(await look(executionArn)).toMatchObject({
      status: 'ABORTED',
      error: 'Aborted',
      cause: 'why',
      redriveStatus: 'REDRIVABLE',
    });
    await pass(10);
    expect(await ask('StopExecution', { executionArn })).toEqual({ stopDate });
  });
});

describe('RedriveExecution', () => {
  const flaky = () => {
    let broken = true;
    return {
      mend: () => {
        broken = false;
      },
      functions: {
        sure: () => 'sure',
        flaky: () => {
          if (broken) throw functionError('Broken', 'not yet');
          return 'mended';
        },
      },
    };
  };

  it('goes on from the state that failed', async () => {
    const { mend, functions } = flaky();
    const { create, start, end, ask } = stepFunctions(functions);
    const executionArn = await start(await create(machines.steps), { id: 'r-1' });
    expect((await end(executionArn)).status).toBe('FAILED');

    mend();
    expect(await ask('RedriveExecution', { executionArn })).toEqual({
      redriveDate: expect.any(Date),
    });

    const { status, output, redriveCount } = await end(executionArn);
    expect([status, redriveCount]).toEqual(['SUCCEEDED', 1]);
    expect(JSON.parse(output)).toEqual({ kept: 'r-1', both: ['sure', 'mended'] });
  });

  it('is refused while an execution runs, after a success, and after 14 days', async () => {
    const { create, start, end, ask, pass } = stepFunctions();
    const running = await start(await create(machines.hurried, 'running'));
    const failed = await start(await create(machines.fails, 'failing'));
    const redrive = (executionArn: string) => ask('RedriveExecution', { executionArn });

    await expect(redrive(running)).rejects.toMatchObject({
      name: 'ExecutionNotRedrivable',
      message: 'Execution is RUNNING and cannot be redriven',
    });
    await end(failed);
    await pass(14 * 86_400 + 1);
    await expect(redrive(failed)).rejects.toMatchObject({ name: 'ExecutionNotRedrivable' });
  });
});

describe('what Step Functions tells others', () => {
  it('is an event and a count for every change of status', async () => {
    const { run, events, cloudwatch } = stepFunctions();

    const { executionArn, stateMachineArn } = await run(machines.hello, { name: 'Ada' });

    const told = events.asked.flatMap(({ input }) => input.Entries);
    expect(told.map(({ Detail }) => JSON.parse(Detail).status)).toEqual(['RUNNING', 'SUCCEEDED']);
    expect(told[1]).toMatchObject({
      Source: 'aws.states',
      DetailType: 'Step Functions Execution Status Change',
      Resources: [executionArn],
    });
    expect(JSON.parse(told[1].Detail)).toMatchObject({
      executionArn,
      stateMachineArn,
      startDate: Date.UTC(2026, 0, 5, 9),
      stopDate: Date.UTC(2026, 0, 5, 9),
      input: '{"name":"Ada"}',
      output: '{"said":"hello Ada"}',
      error: null,
    });
    expect(
      cloudwatch.asked.flatMap(({ input }) => input.MetricData).map(({ MetricName }) => MetricName),
    ).toEqual(['ExecutionsStarted', 'ExecutionsSucceeded']);
  });

  it('does not matter to the execution if nobody listens', async () => {
    const { run, choke } = stepFunctions();
    choke.register({ id: 'events', operations: {} });

    expect((await run(machines.hello, { name: 'Ada' })).status).toBe('SUCCEEDED');
  });
});

describe('a look at executions from outside', () => {
  it('tells how many transitions AWS would bill', async () => {
    const { run, states } = stepFunctions();

    const { executionArn } = await run(machines.parallel, { n: 1 });

    expect(states.execution(executionArn)).toMatchObject({ status: 'SUCCEEDED', transitions: 7 });
    expect(
      states.execution('arn:aws:states:us-east-1:111122223333:execution:no:no'),
    ).toBeUndefined();
  });
});

describe('many executions', () => {
  it('can wait for their tokens at once', async () => {
    const tokens: string[] = [];
    const {
      create,
      start,
      ask,
      pass,
      describe: look,
    } = stepFunctions({
      mail: ({ token }) => void tokens.push(token),
    });
    const machine = await create(machines.token);
    const count = 1_000;

    const arns = await Promise.all(
      Array.from({ length: count }, (_, index) => start(machine, { index }, `release-${index}`)),
    );
    await pass(60);
    expect(new Set(tokens).size).toBe(count);
    for (const taskToken of tokens) await ask('SendTaskSuccess', { taskToken, output: '"yes"' });
    await pass(1);

    const statuses = await Promise.all(arns.map(async (arn) => (await look(arn)).status));
    expect(new Set(statuses)).toEqual(new Set(['SUCCEEDED']));
  });
});
