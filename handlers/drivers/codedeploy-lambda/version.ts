import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type {
  SharedSettings,
  VersionReading,
} from '../../../core/drivers/codedeploy-lambda/version.ts';
import type { LambdaTarget } from '../../../core/drivers/target.ts';
import { findVersion } from '../../reading/function-version.ts';

/** What a function's configuration says of the state of a version. */
export const readingOf = (found: FunctionConfiguration): VersionReading => ({
  state: found.State ?? '',
  lastUpdate: found.LastUpdateStatus ?? '',
  why: found.LastUpdateStatusReason ?? found.StateReason ?? '',
});

/** What a function's configuration says of what two versions must share. */
export const sharedSettingsOf = ({
  Role,
  DeadLetterConfig,
}: FunctionConfiguration): SharedSettings => ({
  role: Role,
  deadLetters: DeadLetterConfig?.TargetArn || undefined,
});

/** Reads the state of a published version or of $LATEST; undefined when there is none. */
export const readVersion = async (
  target: LambdaTarget,
  version: string,
): Promise<VersionReading | undefined> => {
  const found = await findVersion(target.function, version);
  return found && readingOf(found);
};
