/** The Invoke operation. */

import type { Cloud, Operation } from '../../../cloud.ts';
import { parsedJson } from '../../../json-text.ts';
import { lambdaError } from '../errors.ts';
import { type Functions, newId, revisionOf } from '../functions.ts';
import type { Policies } from '../policy.ts';
import type { Asynchronous } from './asynchronous.ts';
import type { RunFunction } from './invocation.ts';

/** Bytes of a payload at most, for synchronous and asynchronous invocations, as AWS documents them. */
const LARGEST = { RequestResponse: 6_291_456, Event: 1_048_576 } as const;
/** Bytes of the log that `LogType: Tail` answers. */
const TAIL = 4096;

const payloadOf = (payload: unknown, type: keyof typeof LARGEST): string => {
  const bytes = Buffer.from((payload ?? '') as Uint8Array);
  if (bytes.length > LARGEST[type])
    throw lambdaError(
      'RequestTooLargeException',
      `Request must be smaller than ${LARGEST[type]} bytes for the InvokeFunction operation`,
    );
  const text = bytes.length === 0 ? '{}' : bytes.toString();
  try {
    parsedJson(text);
  } catch (error) {
    throw lambdaError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${(error as Error).message}`,
    );
  }
  return text;
};

/**
 * Makes Invoke. A service that calls for itself may name the resource on whose behalf it calls in `SourceArn`
 * (no member of AWS's model: AWS carries it outside the request).
 */
export const invokeOperation =
  (
    cloud: Cloud,
    functions: Functions,
    policies: Policies,
    { run, background }: { readonly run: RunFunction; readonly background: Asynchronous },
  ): Operation =>
  async (input, caller) => {
    const { fn, reference } = functions.find(input, caller);
    const { qualifier } = reference;
    const { version } = revisionOf(fn, qualifier);
    policies.requireAllowed(fn, reference, caller, input.SourceArn);
    const requestId = newId(cloud);
    const type = input.InvocationType ?? 'RequestResponse';

    if (type === 'DryRun') return { StatusCode: 204, ExecutedVersion: version };
    if (type === 'Event') {
      background.accept(fn, qualifier, payloadOf(input.Payload, type), requestId);
      return { StatusCode: 202, Payload: new Uint8Array() };
    }
    if (type !== 'RequestResponse')
      throw lambdaError(
        'InvalidParameterValueException',
        `'${type}' is not an invocation type: RequestResponse, Event or DryRun`,
      );
    const done = await run(fn, qualifier, payloadOf(input.Payload, type), requestId);
    return {
      StatusCode: 200,
      ExecutedVersion: done.version,
      Payload: new Uint8Array(Buffer.from(done.payload)),
      ...(done.failed && { FunctionError: 'Unhandled' }),
      ...(input.LogType === 'Tail' && {
        LogResult: Buffer.from(`${done.lines.join('\n')}\n`)
          .subarray(-TAIL)
          .toString('base64'),
      }),
    };
  };
