import { prepared } from '../../core/protocol/preparing.ts';
import type { ReleaseRecord, TargetRecord } from '../../core/record/record.ts';
import { namedRevision } from '../../core/release/revision-words.ts';
import { PrepareTarget } from '../../core/steps/prepare-target.ts';
import type { Prepared } from '../drivers/driver.ts';
import { driverOf } from '../drivers/drivers.ts';
import { named } from '../drivers/named.ts';
import { tryRoles } from '../drivers/pair-role.ts';
import { step } from '../function/step.ts';
import { readOwned } from '../releases/owned.ts';
import { changeRelease } from '../table/releases.ts';

/** What the driver of a target found and made, with the versions that people know. */
const prepare = async (record: ReleaseRecord, target: TargetRecord): Promise<Prepared> => {
  const made = await driverOf(target).prepare(record, target);
  return { ...made, ...(await named(record, target, made)) };
};

/** Records what a target came from and makes the revision that it goes to. */
export const handler = step(
  PrepareTarget,
  async ({ target: name, now, ...about }) => {
    const { pair, release } = about;
    const record = await readOwned(about);
    const target = record.targets[name]!;
    if (target.to) return { target: name, unchanged: target.unchanged };
    const made = await prepare(record, target);
    const { from, to } = made;
    const unchanged = from.ref === to.ref;
    const after = await changeRelease(
      pair,
      release,
      (current) => prepared(current, name, { ...made, unchanged }),
      {
        at: now,
        fact: () => ({
          kind: 'prepared',
          data: { target: name, from: namedRevision(from), to: namedRevision(to), unchanged },
        }),
      },
    );
    return { target: name, unchanged: after.targets[name]!.unchanged };
  },
  tryRoles,
);
