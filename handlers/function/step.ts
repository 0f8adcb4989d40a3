import middy from '@middy/core';
import type * as z from 'zod/mini';
import { TryAgainError } from '../../core/text/errors.ts';
import { parsed } from '../../core/text/parsed.ts';
import { logInvocation } from './log.ts';
import { isPassing } from './retryable.ts';
import { type Attempts, answerVisits } from './visit.ts';

interface Contract<Input extends z.ZodMiniType, Output extends z.ZodMiniType> {
  readonly input: Input;
  readonly output: Output;
}

/**
 * One step of a machine: its input is parsed before it runs, its output after. What AWS may answer at the next try
 * is tried again by the machine, after the SDK has given up. `attempts` are what it tries when somebody checks its
 * permissions.
 */
export const step = <Input extends z.ZodMiniType, Output extends z.ZodMiniType>(
  contract: Contract<Input, Output>,
  run: (input: z.output<Input>) => Promise<z.input<Output>>,
  attempts: Attempts = [],
) =>
  middy<unknown, unknown>()
    .use(logInvocation)
    .use(answerVisits(attempts))
    .before((request) => {
      request.event = parsed(contract.input, request.event, 'input');
    })
    .after((request) => {
      request.response = parsed(contract.output, request.response, 'output');
    })
    .onError((request) => {
      const { error } = request;
      if (error && isPassing(error))
        request.error = new TryAgainError(`${error.name}: ${error.message}`);
    })
    .handler((event: unknown) => run(event as z.output<Input>));
