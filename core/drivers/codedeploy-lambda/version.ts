import type { Curve } from '../../release/curve.ts';
import { reason } from '../../release/reason.ts';
import { fail, inconclusive, pass, type Verdict } from '../../release/verdict.ts';
import type { LambdaTarget } from './registration.ts';

/** What was read of a published version, or of $LATEST. */
export interface VersionReading {
  /** `Active`, `Inactive`, `Pending` or `Failed`. */
  readonly state: string;
  /** `Successful`, `InProgress` or `Failed`. */
  readonly lastUpdate: string;
  /** Lambda's sentence about a state or an update that is not well. */
  readonly why: string;
}

/** What to do about a version that failed: Lambda gives it again for `latest` as long as nothing has changed. */
const againText = (name: string, version: string): string =>
  `Lambda publishes no other version while code and configuration are the same, so fix the cause, then delete it (aws lambda delete-function --function-name ${name} --qualifier ${version}) or change the function, and release again`;

/**
 * Whether a version can be released: one that failed cannot, one that is still being made or updated cannot yet.
 * `Inactive` is no fault: Lambda has freed what the version did not use, and its next invocation wakes it.
 */
export const checkVersion = (
  target: LambdaTarget,
  version: string,
  { state, lastUpdate, why }: VersionReading,
): Verdict => {
  const about = { target: target.name };
  const said = why ? `: ${why.replace(/\.$/, '')}` : '';
  const called = `${version === '$LATEST' ? version : `Version ${version}`} of ${target.function}`;
  if (state === 'Failed' || lastUpdate === 'Failed') {
    const what = state === 'Failed' ? 'is in state Failed' : 'could not be updated';
    const advice =
      state === 'Failed' && version !== '$LATEST' ? `. ${againText(target.function, version)}` : '';
    return fail(reason('target-unhealthy', `${called} ${what}${said}${advice}`, about));
  }
  if (state === 'Pending' || lastUpdate === 'InProgress') {
    const what = state === 'Pending' ? 'is still being made' : 'is still being updated';
    return inconclusive(
      reason(
        'version-pending',
        `${called} ${what}${said}; start the release again when that is done`,
        about,
      ),
    );
  }
  return pass;
};

/** Settings that Lambda wants to be alike in two versions that share an alias ("Alias routing"). */
export interface SharedSettings {
  readonly role: string | undefined;
  /** ARN of the dead-letter queue. */
  readonly deadLetters: string | undefined;
}

/**
 * Whether two versions can serve users side by side, as they do under every curve but all at once. Lambda would refuse
 * the first split, when the other targets of the pair have begun to move.
 */
export const checkSideBySide = (
  target: LambdaTarget,
  curve: Curve,
  from: SharedSettings,
  to: SharedSettings,
): Verdict => {
  const unlike = [
    ...(from.role === to.role ? [] : ['execution role']),
    ...(from.deadLetters === to.deadLetters ? [] : ['dead-letter queue']),
  ].join(' and another ');
  if (curve.type === 'all-at-once' || unlike === '') return pass;
  return fail(
    reason(
      'versions-unlike',
      `The new version of ${target.function} has another ${unlike} than the one that users are on, and Lambda does not split traffic between such versions. Release it with the curve all at once, or restore the setting`,
      { target: target.name },
    ),
  );
};
