/** Least privilege, measured: what all scenarios of this run used, against what the roles are granted. */
import { beforeAll, describe, expect, it } from 'vitest';
import { openStage } from '../../rehearsal/stage/stage.ts';
import { functions } from '../scenarios/functions.ts';
import { usedInThisRun } from '../scenarios/used-permissions.ts';
import { type Grant, grantsOf } from './granted.ts';
import { explains, REASONS } from './unused.ts';

/** Whether a pattern of a policy (`*`: any characters, `?`: one) covers a text. */
const covers = (pattern: string, text: string): boolean => {
  const source = pattern
    .split(/([*?])/)
    .map((part) => (part === '*' ? '.*' : part === '?' ? '.' : RegExp.escape(part)))
    .join('');
  return new RegExp(`^${source}$`, 's').test(text);
};

/** Random parts of names that CloudFormation gives differ between sandboxes. */
const settled = (resource: string): string => resource.replace(/-[A-Z0-9]{12}$/, '');

describe('the roles', () => {
  const used = usedInThisRun();
  let unused: readonly Grant[];

  beforeAll(async () => {
    const stage = await openStage({ setting: { kind: 'simulation', functions } });
    const grants = await grantsOf(stage);
    await stage.close();
    unused = grants.filter(
      (grant) =>
        !used.some(
          ({ role, action, resource }) =>
            role === grant.role &&
            covers(grant.action.toLowerCase(), action.toLowerCase()) &&
            covers(settled(grant.resource), settled(resource)),
        ),
    );
  });

  it('are judged by scenarios that were played before, in the same run (npm run test:thorough)', () => {
    expect(used.length).toBeGreaterThan(0);
  });

  it('are granted nothing that no scenario uses, but for a reason', () => {
    const unexplained = unused.filter(
      (grant) => !REASONS.some((reason) => explains(reason, grant)),
    );

    expect(unexplained).toEqual([]);
  });

  it.each(REASONS.map((reason) => [reason.because, reason] as const))(
    'still need the reason: %s',
    (_, reason) => {
      expect(unused.some((grant) => explains(reason, grant))).toBe(true);
    },
  );
});
