import { oneLine } from './one-line.ts';

/** The closed list of error names that handlers throw and machines may catch; everything else is AWS's. @internal */
export const ERROR_NAMES = [
  'ContractError',
  'UnknownReleaseError',
  'TryAgainError',
  'DeploymentRefusedError',
  'VersionPendingError',
  'NotYetError',
  'FunctionChangedError',
  'VersionFailedError',
  'VersionsUnlikeError',
  'AlarmUnwritableError',
  'PairRoleError',
  'NotOwnerError',
] as const;
export type ErrorName = (typeof ERROR_NAMES)[number];

/** A step got or gave something that its schema does not allow: a defect of ours, never of the user. */
export class ContractError extends Error {
  override readonly name = 'ContractError' satisfies ErrorName;
}

/** The table holds no record of this release. */
export class UnknownReleaseError extends Error {
  override readonly name = 'UnknownReleaseError' satisfies ErrorName;
}

/** Nothing is wrong, but not now: a lost race, something not ready yet, a throttled call. The machine tries again. */
export class TryAgainError extends Error {
  override readonly name = 'TryAgainError' satisfies ErrorName;
}

/** AWS refused to create a deployment: another try would be answered the same. */
export class DeploymentRefusedError extends Error {
  override readonly name = 'DeploymentRefusedError' satisfies ErrorName;
}

/** A function or a published version is not ready yet: a network, a snapshot or an image takes minutes. The machine asks again for as long. */
export class VersionPendingError extends Error {
  override readonly name = 'VersionPendingError' satisfies ErrorName;
}

/** A release may not start yet: a scan of its image is not done, or a service runs fewer tasks than wanted for a moment. The machine asks again for minutes. */
export class NotYetError extends Error {
  override readonly name = 'NotYetError' satisfies ErrorName;
}

/** A function was changed by others while the release published its version: what it would publish is not what was checked. */
export class FunctionChangedError extends Error {
  override readonly name = 'FunctionChangedError' satisfies ErrorName;
}

/** AWS could not bring up what the release wants, the function's update or its version: nobody could invoke it. */
export class VersionFailedError extends Error {
  override readonly name = 'VersionFailedError' satisfies ErrorName;
}

/** The new version and the one that users are on may not share an alias: another role, or another dead-letter queue. */
export class VersionsUnlikeError extends Error {
  override readonly name = 'VersionsUnlikeError' satisfies ErrorName;
}

/** An alarm that should follow the versions of a function cannot be written again without losing what it means. */
export class AlarmUnwritableError extends Error {
  override readonly name = 'AlarmUnwritableError' satisfies ErrorName;
}

/** IAM refused what one of the pair's own roles must be allowed: its stack is not as it should be. */
export class PairRoleError extends Error {
  override readonly name = 'PairRoleError' satisfies ErrorName;
}

/** Another execution has taken the release over: this one is redriven, or late, and acts for it no more. */
export class NotOwnerError extends Error {
  override readonly name = 'NotOwnerError' satisfies ErrorName;
}

/** Longest text of an error that a record keeps: AWS names the resource in its first sentence. */
const LONGEST = 400;

/** An error as a record keeps it. */
export const errorText = (error: unknown): string => {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return oneLine(`${name}: ${message}`, LONGEST);
};
