import { reason } from '../../release/reason.ts';
import { fail, pass, type Verdict } from '../../release/verdict.ts';
import type { LambdaTarget } from './registration.ts';

/** What was read of a function's alias. */
export interface AliasReading {
  readonly exists: boolean;
  /** Version that the alias points at. */
  readonly version: string;
  readonly weighted: boolean;
}

/** Whether an alias can be shifted: all of it is on one published version. */
export const checkAlias = (target: LambdaTarget, reading: AliasReading): Verdict => {
  const about = { target: target.name };
  if (!reading.exists) {
    return fail(
      reason(
        'target-missing',
        `Function ${target.function} or its alias ${target.alias} does not exist`,
        about,
      ),
    );
  }
  if (reading.weighted) {
    return fail(
      reason(
        'already-shifting',
        `Alias ${target.alias} of ${target.function} splits its traffic over two versions: an earlier deployment was left unfinished`,
        about,
      ),
    );
  }
  if (!/^[1-9]\d*$/.test(reading.version)) {
    return fail(
      reason(
        'target-unhealthy',
        `Alias ${target.alias} of ${target.function} points at ${reading.version}; CodeDeploy moves traffic between published versions only`,
        about,
      ),
    );
  }
  return pass;
};
