import { expect, it } from 'vitest';
import { startRelease } from '../../account/start.ts';
import { leftBehind, undoInput } from '../../account/undo.ts';
import { ReleaseInput } from '../../core/release/input.ts';
import { outcomeOf, readLive } from '../../rehearsal/stage/outcome.ts';
import { openStage, PAIR, REPOSITORY } from '../../rehearsal/stage/stage.ts';
import { functions } from './functions.ts';

const AT_ONCE = {
  curve: { type: 'all-at-once' },
  policy: { bakeMinutes: 0, guardMinutes: 0 },
} as const;

it('the undo of a promoted release rolls both targets back, and says what $LATEST still holds', async () => {
  const stage = await openStage({ setting: { kind: 'simulation', functions } });
  const { account } = stage;
  const endOf = async (input: ReleaseInput) => {
    const { executionArn, release } = await startRelease(account, input);
    const { end } = await outcomeOf(stage, executionArn, await stage.ended(executionArn), 0);
    return { end, release };
  };

  try {
    await stage.settings((found) => ({ ...found, join: 'manual' }));
    await stage.push('2.0.0');
    await stage.update('2.0.0');
    const targets = { web: { image: `${REPOSITORY}:2.0.0` }, api: { version: 'latest' } };
    const first = await endOf(
      ReleaseInput.parse({ pair: PAIR, requestedBy: 'ada', targets, ...AT_ONCE }),
    );
    expect(first.end).toBe('Promoted');
    expect(await readLive(stage)).toEqual({ web: 'storefront-web:2', api: '2' });

    const record = (await stage.record(first.release))!;
    const undo = await endOf(await undoInput(account, record, { by: 'ada' }));

    expect(undo.end).toBe('Promoted');
    // A rollback registers a task definition of its own with the image before.
    const { web, api } = (await stage.record(undo.release))!.targets;
    const { imageDetails } = await stage.sandbox.call('ecr', 'DescribeImages', {
      repositoryName: REPOSITORY,
      imageIds: [{ imageTag: '1.0.0' }],
    });
    expect(web?.to?.digest).toBe(imageDetails[0].imageDigest);
    expect(await readLive(stage)).toEqual({ web: web?.to?.name, api: '1' });
    expect(api?.to?.ref).toBe('1');
    expect(await leftBehind(account, record)).toEqual([
      expect.stringContaining('$LATEST of api still holds the code of 2.0.0 (version 2)'),
    ]);

    await stage.update('2.2.0');
    expect(await leftBehind(account, record)).toEqual([]);
  } finally {
    await stage.close();
  }
});
