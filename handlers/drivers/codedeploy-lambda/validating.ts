import { missingVersion } from '../../../core/checks/input.ts';
import { checkGroup } from '../../../core/drivers/codedeploy/group.ts';
import { checkAlias } from '../../../core/drivers/codedeploy-lambda/alias.ts';
import { checkVersion } from '../../../core/drivers/codedeploy-lambda/version.ts';
import type { LambdaTarget } from '../../../core/drivers/target.ts';
import type { Reason } from '../../../core/release/reason.ts';
import { readGroup } from '../codedeploy/group.ts';
import type { Validating } from '../driver.ts';
import { readAlias } from './alias.ts';
import { readVersion } from './version.ts';

/** What speaks against a version of a function. One that is still being made speaks for nothing yet: Prepare waits for it. */
const against = async (target: LambdaTarget, wanted: string): Promise<readonly Reason[]> => {
  const version = wanted === 'latest' ? '$LATEST' : wanted;
  const reading = await readVersion(target, version);
  if (reading) {
    const { verdict, reasons } = checkVersion(target, version, reading);
    return verdict === 'fail' ? reasons : [];
  }
  // Without a function there is no alias either, which says more.
  if (wanted === 'latest') return [];
  return [missingVersion(target.name, wanted)];
};

/** Reads a function before a release; the age of a version is its number. */
export const validatingFunction: Validating<LambdaTarget> = {
  resolve: async (target, wanted) => ({
    wanted,
    reasons: 'version' in wanted ? await against(target, wanted.version) : [],
  }),
  checkTarget: async (target) => checkAlias(target, await readAlias(target)),
  checkGroup: async (target) => checkGroup(target, 'Lambda', await readGroup(target), []),
  async agesOf(target, wanted) {
    const { version } = await readAlias(target);
    return [
      {
        wanted: 'version' in wanted ? Number(wanted.version) : undefined,
        live: Number(version) || undefined,
      },
    ];
  },
};
