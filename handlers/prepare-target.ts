import { withTarget } from '../core/record.ts';
import { PrepareTarget } from '../core/steps/prepare-target.ts';
import { step } from './step.ts';
import { changeRelease, readRelease } from './table/releases.ts';
import { driverOf } from './targets/drivers.ts';
import { tryRoles } from './targets/register-task-definition.ts';

/** Records what a target came from and makes the revision that it goes to. */
export const handler = step(
  PrepareTarget,
  async ({ pair, release, target: name, now }) => {
    const record = await readRelease(pair, release);
    const target = record.targets[name]!;
    const prepared = target.to
      ? { from: target.from!, to: target.to }
      : await driverOf(target).prepare(record, target);
    const { from, to } = prepared;
    const unchanged = from.ref === to.ref;
    await changeRelease(
      pair,
      release,
      (current) => ({
        ...withTarget(current, name, { ...prepared, unchanged }),
        phase: 'Preparing',
      }),
      {
        at: now,
        line: () =>
          unchanged
            ? `${name} runs ${to.name} already`
            : `${name}: ${from.name} → ${to.name} prepared`,
      },
    );
    return { target: name, unchanged };
  },
  tryRoles,
);
