import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';

type SdkError = Parameters<typeof isTransientError>[0];

/** Whether an error of AWS may be gone at the next try: throttled, unavailable, a broken connection; the SDK's own judgement. */
export const isPassing = (error: unknown): boolean => {
  const found = error as SdkError;
  return isThrottlingError(found) || isTransientError(found) || isServerError(found);
};
