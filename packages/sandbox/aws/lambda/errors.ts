/** Lambda's errors with the status codes of its model. */
import { AwsError } from '../../aws-error.ts';

const STATUS = {
  InvalidParameterValueException: 400,
  InvalidRequestContentException: 400,
  AccessDeniedException: 403,
  ResourceNotFoundException: 404,
  ProvisionedConcurrencyConfigNotFoundException: 404,
  ResourceConflictException: 409,
  CodeArtifactUserPendingException: 409,
  PreconditionFailedException: 412,
  RequestTooLargeException: 413,
  TooManyRequestsException: 429,
  InvalidRuntimeException: 502,
} as const;

/** Makes one of Lambda's errors; all carry `Type: User`, since the caller is at fault. */
export const lambdaError = (
  name: keyof typeof STATUS,
  message: string,
  members: Readonly<Record<string, unknown>> = {},
): AwsError => new AwsError(name, message, { status: STATUS[name], Type: 'User', ...members });

/** RevisionId guards of updates. */
export const requireRevision = (wanted: string | undefined, current: string): void => {
  if (wanted === undefined || wanted === current) return;
  throw lambdaError(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
  );
};
