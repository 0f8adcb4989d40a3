import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { commandsOf } from '../../account/commands.ts';
import { account } from './account.ts';

const hold = { releaseId: 'r-1', command: 'hold', by: 'ada', reason: 'a call' } as const;

const lambda = mockClient(LambdaClient);
beforeEach(() => void lambda.reset());

const answers = (reply: unknown, failed = false) =>
  lambda.on(InvokeCommand).resolves({
    Payload: Buffer.from(JSON.stringify(reply)) as never,
    ...(failed ? { FunctionError: 'Unhandled' } : {}),
  });

describe('a command', () => {
  it('goes to tandem-on-command as it is, and gives its reply', async () => {
    answers({ accepted: false, text: 'the release is held already' });

    expect(await commandsOf(account)(hold)).toEqual({
      accepted: false,
      text: 'the release is held already',
    });
    const sent = lambda.commandCalls(InvokeCommand)[0]?.args[0].input;
    expect(sent?.FunctionName).toBe('tandem-on-command');
    expect(JSON.parse(String(sent?.Payload))).toEqual(hold);
  });

  it('that the function could not carry out is an error that says why', async () => {
    answers({ errorMessage: 'not allowed' }, true);

    await expect(commandsOf(account)(hold)).rejects.toThrow('the command failed: not allowed');
  });
});
