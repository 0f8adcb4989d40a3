import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { Answered } from '../../../core/checks/smoke.ts';
import { VersionPendingError } from '../../../core/text/errors.ts';
import { lambda } from '../../aws/lambda.ts';

/** Status that stands for an answer without a `statusCode`. */
const PLAIN = 200;

/**
 * How Lambda refuses the calls that wake an idle version. The first name is the one that is seen; its documents
 * promise the others.
 */
const WAKING = [
  'CodeArtifactUserPendingException',
  'ResourceNotReadyException',
  'ResourceConflictException',
  'ENINotReadyException',
];

/** Invokes one version of a function; a function error is a network error's sibling: no answer. Throws VersionPendingError while the version wakes up, and an AbortError once `abortSignal` has fired. */
export const invoke = async (
  functionName: string,
  version: string,
  event: unknown,
  abortSignal?: AbortSignal,
): Promise<Answered> => {
  const { FunctionError, Payload } = await lambda
    .send(
      new InvokeCommand({
        FunctionName: functionName,
        Qualifier: version,
        Payload: JSON.stringify(event),
      }),
      ...(abortSignal ? [{ abortSignal }] : []),
    )
    .catch((error: Error) => {
      if (!WAKING.includes(error.name)) throw error;
      throw new VersionPendingError(
        `version ${version} of ${functionName} wakes up: ${error.message}`,
      );
    });
  const text = Payload ? Buffer.from(Payload).toString('utf8') : '';
  if (FunctionError) return { error: `${FunctionError}: ${text.slice(0, 300)}` };
  const answer = JSON.parse(text || 'null');
  return typeof answer?.statusCode === 'number'
    ? { status: answer.statusCode, body: String(answer.body ?? '') }
    : { status: PLAIN, body: text };
};
