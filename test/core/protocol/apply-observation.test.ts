import { describe, expect, it } from 'vitest';
import type { TargetObservation } from '../../../core/deployments/observation.ts';
import { BARRIER } from '../../../core/drivers/codedeploy/events.ts';
import { absorb } from '../../../core/protocol/apply-observation.ts';
import type { TargetRecord } from '../../../core/record/record.ts';
import {
  atMinute,
  deployment,
  ecsRecord,
  held,
  lambdaRecord,
  momentAfter,
  observation,
  reading,
  record,
} from '../fixture.ts';
import { frozen } from '../model/frozen.ts';

type Change = Omit<NonNullable<Parameters<typeof record>[0]>, 'targets'>;

/** The service after one reading at minute 5. */
const seen = (
  change: Partial<TargetObservation>,
  known: Partial<TargetRecord> = {},
  about: Change = {},
): TargetRecord =>
  absorb(
    frozen(record({ ...about, targets: [ecsRecord(known)] })),
    frozen(observation(5, { web: reading(change) })),
  ).targets.web!;

describe('absorb', () => {
  it('keeps the deployment that was found by its marker, and when it was first seen', () => {
    const found = seen({ forward: deployment({ id: 'd-9' }) });
    expect(found).toMatchObject({ forward: 'd-9', launched: momentAfter(5) });
    const known = seen({ forward: deployment() }, { forward: 'd-1', launched: momentAfter(1) });
    expect(known).toMatchObject({ forward: 'd-1', launched: momentAfter(1) });
  });

  it('keeps why a target could not be read until it is read again', () => {
    const known = ecsRecord({ lane: { live: 'web:2', share: 10, status: '' }, equalReads: 2 });
    const unread = { ...observation(5, {}), unread: { web: 'AccessDeniedException: no' } };
    const blind = absorb(frozen(record({ targets: [known] })), unread).targets.web!;
    expect(blind).toEqual({ ...known, unread: 'AccessDeniedException: no', equalReads: 0 });
    expect(seen({}, blind)).not.toHaveProperty('unread');
  });

  it('knows that users may have met green as soon as its deployment has any share', () => {
    expect(seen({ share: 10, forward: deployment() }).shifted).toBe(true);
    expect(seen({ share: 10 }).shifted).toBe(false);
    expect(seen({ share: 0 }).shifted).toBe(false);
    expect(seen({ share: 0 }, { shifted: true }).shifted).toBe(true);
  });

  it('takes green with users for one that was released, unless CodeDeploy has moved no traffic yet', () => {
    const moved = (status: string) =>
      seen({ share: 10, forward: deployment({ events: { AllowTraffic: { status } } }) }).released;
    expect(moved('InProgress')).toBe(true);
    expect(moved('Succeeded')).toBe(true);
    expect(moved('Pending')).toBe(false);
  });

  it('keeps since when a target has been read to serve what it serves', () => {
    const lane = { live: 'web:1', share: 0, status: '' };
    const known = { lane, liveSince: momentAfter(1) };
    expect(seen({ live: 'web:1' }, known).liveSince).toBe(momentAfter(1));
    expect(seen({ live: 'mixed' }, known).liveSince).toBe(momentAfter(5));
    const others = seen({ live: 'web:1', foreign: 'd-9' }, known);
    expect(others.liveSince).toBeUndefined();
    expect(seen({ live: 'web:1' }, others).liveSince).toBe(momentAfter(5));
  });

  it('remembers which revision was seen last in each target group', () => {
    expect(seen({ groups: { blue: 'web:2', green: 'web:1' } }).groups).toEqual({
      blue: 'web:2',
      green: 'web:1',
    });
    const groups = { blue: 'web:2', green: 'web:1' };
    expect(seen({ groups: { green: 'web:3' } }, { groups }).groups).toEqual({
      blue: 'web:2',
      green: 'web:3',
    });
    expect(seen({}, { groups }).groups).toEqual(groups);
  });

  it('measures the arrival by what CodeDeploy shows, and never by an older moment', () => {
    const forward = deployment({
      events: { [BARRIER]: { status: 'InProgress', startedAt: atMinute(4) } },
    });
    const hooks = [held('d-1', BARRIER, { at: momentAfter(0.3) })];
    expect(seen({ forward }, {}, { hooks }).arrivedAt).toBe(momentAfter(4));
    expect(seen({ forward }, {}, {}).arrivedAt).toBeUndefined();
  });

  it('takes the first look as the arrival until the view has its start', () => {
    const forward = deployment({
      events: { [BARRIER]: { status: 'InProgress', startedAt: atMinute(4) } },
    });
    const hooks = [held('d-1', BARRIER, { at: momentAfter(0.3) })];
    const blank = deployment();
    expect(seen({ forward: blank }, {}, { hooks }).arrivedAt).toBe(momentAfter(5));
    const first = { arrivedAt: momentAfter(4.5) };
    expect(seen({ forward: blank }, first, { hooks }).arrivedAt).toBe(momentAfter(4.5));
    expect(seen({ forward }, first, { hooks }).arrivedAt).toBe(momentAfter(4));
  });

  it.each<[string, Partial<TargetObservation>]>([
    ['not started', {}],
    ['Ready', { forward: deployment({ status: 'Ready' }) }],
    ['guarded', { forward: deployment({ terminationWait: true }) }],
    ['Succeeded', { forward: deployment({ status: 'Succeeded', terminationWait: true }) }],
    [
      'rolling back: InProgress',
      { forward: deployment({ status: 'Stopped' }), back: deployment() },
    ],
  ])('says %s for people', (status, change) => {
    expect(seen({ ...change, live: 'web:1', share: 30 }).lane).toEqual({
      live: 'web:1',
      share: 30,
      status,
    });
  });

  it.each<[string, boolean, Change['decision'], Partial<TargetObservation>]>([
    [
      'promoted and new',
      true,
      'promote',
      { live: 'web:2', forward: deployment({ status: 'Succeeded' }) },
    ],
    ['new, but its deployment runs', false, 'promote', { live: 'web:2', forward: deployment() }],
    [
      'promoted and old',
      false,
      'promote',
      { live: 'web:1', forward: deployment({ status: 'Succeeded' }) },
    ],
    [
      'promoted and mixed',
      false,
      'promote',
      { live: 'mixed', forward: deployment({ status: 'Succeeded' }) },
    ],
    [
      'back',
      true,
      'rollback',
      {
        live: 'web:1',
        forward: deployment({ status: 'Stopped' }),
        back: deployment({ status: 'Succeeded' }),
      },
    ],
    [
      'on its rollback',
      false,
      'rollback',
      { live: 'web:1', forward: deployment({ status: 'Stopped' }), back: deployment() },
    ],
    ['old, but its deployment runs', false, 'rollback', { live: 'web:1', forward: deployment() }],
    [
      'old, but the deployment has an unknown status',
      false,
      'rollback',
      { live: 'web:1', forward: deployment({ status: 'Baking' }) },
    ],
    [
      'still new',
      false,
      'rollback',
      { live: 'web:2', forward: deployment({ status: 'Succeeded' }) },
    ],
    [
      'old, but CodeDeploy may still roll back unseen',
      false,
      'rollback',
      { live: 'web:1', forward: deployment({ status: 'Failed', completedAt: atMinute(4.5) }) },
    ],
    [
      'old, and CodeDeploy has had time to roll back',
      true,
      'rollback',
      { live: 'web:1', forward: deployment({ status: 'Failed', completedAt: atMinute(3.5) }) },
    ],
    [
      'old, and CodeDeploy has gone back at once',
      true,
      'rollback',
      {
        live: 'web:1',
        forward: deployment({ status: 'Failed', completedAt: atMinute(4.5) }),
        back: deployment({ status: 'Succeeded' }),
      },
    ],
    ['never deployed to, and moved by others', true, 'rollback', { live: 'other' }],
  ])('when a target is %s, the reading counts: %s', (_, counts, decision, change) => {
    expect(seen(change, { equalReads: 1 }, { decision: decision! }).equalReads).toBe(
      counts ? 2 : 0,
    );
  });

  it.each([
    ['4 s', 4, 1],
    ['5 s', 5, 2],
  ])(
    'a reading %s after the one that was counted last makes their row %3$s long',
    (_, after, row) => {
      const old = deployment({ status: 'Succeeded' });
      const countedAt = momentAfter(5 - after / 60);
      const { equalReads, ...read } = seen(
        { live: 'web:2', forward: old },
        { equalReads: 1, countedAt },
        { decision: 'promote' },
      );
      expect(equalReads).toBe(row);
      expect(read.countedAt).toBe(row === 1 ? countedAt : momentAfter(5));
    },
  );

  it('begins a row anew at any time: what was counted before it broke does not matter', () => {
    const { equalReads } = seen(
      { live: 'web:2', forward: deployment({ status: 'Succeeded' }) },
      { equalReads: 0, countedAt: momentAfter(5) },
      { decision: 'promote' },
    );
    expect(equalReads).toBe(1);
  });

  it('begins the guard when every barrier has been answered, and remembers when', () => {
    const stand = (answer?: 'Succeeded') =>
      absorb(
        record({
          decision: 'promote',
          targets: [ecsRecord({ forward: 'd-web' }), lambdaRecord({ forward: 'd-api' })],
          hooks: [
            held('d-web', BARRIER, { answer: 'Succeeded' }),
            held('d-api', BARRIER, answer ? { answer } : {}),
          ],
        }),
        observation(6, { web: reading(), api: reading() }),
      );
    expect(stand().times.guarded).toBeUndefined();
    expect(stand('Succeeded').times.guarded).toBe(momentAfter(6));
    const again = absorb(stand('Succeeded'), observation(9, {}));
    expect(again.times.guarded).toBe(momentAfter(6));
  });

  it('remembers when the last side arrived, and when all were seen back', () => {
    const both = [
      ecsRecord({ forward: 'd-web', arrivedAt: momentAfter(3) }),
      lambdaRecord({ forward: 'd-api', arrivedAt: momentAfter(4) }),
    ];
    const held4 = absorb(record({ targets: both }), observation(6, {}));
    expect(held4.times.held).toBe(momentAfter(4));
    const back = absorb(
      record({ decision: 'rollback' }),
      observation(7, { web: reading(), api: reading({ live: '1' }) }),
    );
    expect(back.times.allBack).toBe(momentAfter(7));
  });

  it('keeps the share of each revision as long as more than one gets traffic', () => {
    const shares = { 'web:1': 90, 'web:2': 10 };
    const mixed = seen({ live: 'mixed', share: 10, shares });

    expect(mixed.lane).toMatchObject({ live: 'mixed', share: 10, shares });
    expect(seen({ live: 'web:1' }, mixed).lane).not.toHaveProperty('shares');
  });

  it('knows that CodeDeploy took the word as soon as green has a share', () => {
    expect(seen({ share: 0 }, { shifted: true, released: false }).released).toBe(false);
    expect(seen({ share: 10 }, { shifted: true, released: false }).released).toBe(true);
  });

  it('leaves alone what is unchanged and what was not read', () => {
    const before = record({ targets: [ecsRecord({ unchanged: true }), lambdaRecord()] });
    const { targets } = absorb(before, observation(5, { web: reading({ share: 100 }) }));
    expect(targets).toEqual(before.targets);
  });
});
