import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Invokes handlers as Lambda does, with events as AWS sends them. */

const events = join(import.meta.dirname, '../events');

/** An event from `test/events`. */
export const event = (name: string): any =>
  JSON.parse(readFileSync(join(events, `${name}.json`), 'utf8'));

/** Invokes a handler; `milliseconds` is the time until Lambda would end it. */
export const invoke = (
  handler: (...parameters: any[]) => unknown,
  payload: unknown,
  milliseconds = 30_000,
): Promise<any> =>
  Promise.resolve(
    handler(payload, {
      functionName: 'tandem-handler',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:tandem-handler',
      memoryLimitInMB: '256',
      awsRequestId: '6bc28136-1c5d-4365-b021-0ce6b2e64ab0',
      getRemainingTimeInMillis: () => milliseconds,
    }),
  );
