import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { executionsOf } from '../../account/executions.ts';
import { startRelease } from '../../account/start.ts';
import { ReleaseInput } from '../../core/release/input.ts';
import { account } from './account.ts';

const MACHINE = 'arn:aws:states:us-east-1:111122223333:stateMachine:tandem-release';
const input = ReleaseInput.parse({
  pair: 'storefront',
  targets: { api: { version: 'latest' } },
  requestedBy: 'ada',
});
const metadata = { message: 'as AWS says it', $metadata: {} };

const sfn = mockClient(SFNClient);
beforeEach(() => void sfn.reset());

const given = () => sfn.commandCalls(StartExecutionCommand)[0]?.args[0].input;

describe('a release that is started', () => {
  it('has the pair and a random number as its id, or the name it is given', async () => {
    sfn.on(StartExecutionCommand).resolves({ executionArn: 'arn' });

    expect(await startRelease(account, input)).toEqual({
      release: expect.stringMatching(/^storefront-[0-9a-f]{12}$/),
      executionArn: 'arn',
    });
    expect(given()).toMatchObject({ stateMachineArn: MACHINE, input: JSON.stringify(input) });
    expect((await startRelease(account, input, 'autumn')).release).toBe('autumn');
  });

  it('is refused before anything is sent when its name is no id', async () => {
    await expect(startRelease(account, input, 'two words')).rejects.toThrow('"two words" is no id');
    expect(given()).toBeUndefined();
  });

  it('is refused in a sentence when another one has its name', async () => {
    sfn.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists(metadata));

    await expect(startRelease(account, input, 'autumn')).rejects.toThrow(
      'There is a release autumn already: choose another --name',
    );
  });
});

describe('the execution of a release', () => {
  it('is undefined when AWS knows none of this name', async () => {
    sfn.on(DescribeExecutionCommand).rejects(new ExecutionDoesNotExist(metadata));

    expect(await executionsOf(account).of('autumn')).toBeUndefined();
    const [call] = sfn.commandCalls(DescribeExecutionCommand);
    expect(call?.args[0].input.executionArn).toBe(
      'arn:aws:states:us-east-1:111122223333:execution:tandem-release:autumn',
    );
  });
});
