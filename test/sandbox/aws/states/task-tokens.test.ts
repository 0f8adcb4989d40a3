import { describe, expect, it } from 'vitest';
import { machines } from '../../machine/machines.ts';
import { functionError, stepFunctions } from './step-functions.ts';

/** An execution that waits for a token, and the tokens that were given out. */
const waiting = async (definition = machines.token as object, input: unknown = {}) => {
  const tokens: string[] = [];
  const sandbox = stepFunctions({ mail: ({ token }) => void tokens.push(token) });
  const executionArn = await sandbox.start(await sandbox.create(definition as any), input);
  await sandbox.pass(1);
  const token = tokens[0] ?? '';
  const succeed = (taskToken = token, output = '"yes"') =>
    sandbox.ask('SendTaskSuccess', { taskToken, output });
  return { ...sandbox, executionArn, tokens, token, succeed };
};

describe('a task token', () => {
  it('is long, and has to be encoded in a URL', async () => {
    const { token } = await waiting();

    expect(token.length).toBeGreaterThan(400);
    expect(token.length).toBeLessThanOrEqual(2_048);
    for (const character of ['+', '/', '=']) expect(token).toContain(character);
  });

  it('ends its task with what is sent for it', async () => {
    const { succeed, end, executionArn } = await waiting();

    expect(await succeed()).toEqual({});

    expect(await end(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '"yes"' });
  });

  it('fails its task with an error', async () => {
    const { ask, token, end, executionArn } = await waiting();

    await ask('SendTaskFailure', { taskToken: token, error: 'Rejected', cause: 'not today' });

    expect(await end(executionArn)).toMatchObject({
      status: 'FAILED',
      error: 'Rejected',
      cause: 'not today',
    });
  });

  it.each([
    ['an error of 257 characters', { error: 'e'.repeat(257) }, "'error'"],
    ['a cause of 32769 characters', { cause: 'c'.repeat(32_769) }, "'cause'"],
  ])('takes no %s, and waits on', async (_, failure, member) => {
    const { ask, token, succeed } = await waiting();

    await expect(ask('SendTaskFailure', { taskToken: token, ...failure })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(member),
    });
    expect(await succeed()).toEqual({});
  });

  it('is good once, even for two answers at the same moment', async () => {
    const { succeed } = await waiting();

    const results = await Promise.allSettled([succeed(), succeed()]);

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await expect(succeed()).rejects.toMatchObject({
      name: 'TaskTimedOut',
      message: "Task Timed Out: 'Provided task does not exist anymore'",
    });
  });

  it('is worth nothing after the time-out, and neither is it for the next attempt', async () => {
    const { succeed, tokens, pass, end, executionArn } = await waiting(machines.askAgain);
    await pass(70);

    await expect(succeed(tokens[0])).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await succeed(tokens[1]);

    expect((await end(executionArn)).status).toBe('SUCCEEDED');
  });

  it('is worth nothing once its execution has been stopped', async () => {
    const { ask, succeed, executionArn } = await waiting();

    await ask('StopExecution', { executionArn });

    await expect(succeed()).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  it('is worth nothing once another branch has failed', async () => {
    const tokens: string[] = [];
    const {
      start,
      create,
      ask,
      pass,
      describe: look,
    } = stepFunctions({
      mail: ({ token }) => void tokens.push(token),
      flaky: () => {
        throw functionError('Broken', 'at once');
      },
    });
    const executionArn = await start(await create(machines.sideBySide));
    await pass(1);

    await expect(
      ask('SendTaskSuccess', { taskToken: tokens[0], output: '1' }),
    ).rejects.toMatchObject({ name: 'TaskTimedOut' });
    expect((await look(executionArn)).status).toBe('RUNNING');
  });

  it.each(['', 'nonsense', 'AAAAKgAAAAIAAAAAAAAAAQ=='])('"%s" is none', async (taskToken) => {
    const { succeed } = await waiting();

    await expect(succeed(taskToken)).rejects.toMatchObject({ name: 'InvalidToken' });
  });

  it('of an execution that this cloud has never seen does not exist', async () => {
    const { token } = await waiting();
    const { ask } = stepFunctions();

    await expect(ask('SendTaskSuccess', { taskToken: token, output: '1' })).rejects.toMatchObject({
      name: 'TaskDoesNotExist',
    });
  });

  it('takes JSON only, and stays good after a text that is none', async () => {
    const { succeed, token, end, executionArn } = await waiting();

    await expect(succeed(token, 'no')).rejects.toMatchObject({ name: 'InvalidOutput' });
    await succeed();

    expect((await end(executionArn)).status).toBe('SUCCEEDED');
  });

  it('keeps its task alive with heartbeats', async () => {
    const { ask, token, pass, end, executionArn } = await waiting(machines.heartbeat, {
      timeout: 600,
    });
    const beat = () => ask('SendTaskHeartbeat', { taskToken: token });
    for (const _ of [1, 2, 3]) {
      await pass(50);
      await beat();
    }
    const { startDate, stopDate, output } = await end(executionArn);

    expect(output).toBe('"silent"');
    expect(stopDate.getTime() - startDate.getTime()).toBe((1 + 150 + 60) * 1_000);
    await expect(beat()).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });
});
