import * as z from 'zod/mini';

/** Error and cause with which a task or an execution failed, as Step Functions gives them. */
export const Failure = z.object({ Error: z.string(), Cause: z._default(z.string(), '') });
export type Failure = z.infer<typeof Failure>;

const MESSAGE = /"errorMessage"\s*:\s*"((?:[^"\\]|\\.)*)"/;

/** The failure in a sentence: the cause of a function is JSON, in that of a machine it is quoted; people read its message. */
export const failureText = ({ Error: error, Cause }: Failure): string => {
  const [, message = Cause] =
    MESSAGE.exec(Cause) ?? MESSAGE.exec(Cause.replaceAll('\\"', '"')) ?? [];
  return `${error}: ${message}`;
};
