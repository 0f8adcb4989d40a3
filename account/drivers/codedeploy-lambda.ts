/** Undoes a release of a Lambda function: reads whether `$LATEST` still holds the code that is undone. */
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { LambdaTarget } from '../../core/drivers/target.ts';
import { revisionText } from '../../core/release/revision-words.ts';
import type { Undoing } from './driver.ts';

/** Rolls a function back to its version before; the next release would publish what `$LATEST` still holds. */
export const undoingFunction: Undoing<LambdaTarget> = {
  wantedBefore: async (_account, { from }) => ({ version: from.ref }),
  async leftBehind(account, { name, to, registration }) {
    if (!to?.codeSha256) return undefined;
    const { CodeSha256 } = await account
      .client(LambdaClient)
      .send(new GetFunctionConfigurationCommand({ FunctionName: registration.function }));
    return CodeSha256 === to.codeSha256
      ? `$LATEST of ${name} still holds the code of ${revisionText(to)}: update ${registration.function} before its next release. Until then a release of it is refused (taken-back-before), unless it is started with --again "<why>".`
      : undefined;
  },
};
