import { describe, expect, it } from 'vitest';
import { planRelease } from '../../../core/protocol/plan.ts';
import { movingTargets, ReleaseRecord, withTarget } from '../../../core/record/record.ts';
import { ReleaseInput } from '../../../core/release/input.ts';
import { reason } from '../../../core/release/reason.ts';
import { ecsRecord, lambdaRecord, momentAfter, policy, record, registration } from '../fixture.ts';

const plan = (change: object = {}, reasons = [] as ReturnType<typeof reason>[]) =>
  planRelease(
    ReleaseInput.parse({
      pair: 'storefront',
      targets: { web: { image: 'storefront/web:2' } },
      requestedBy: 'ada',
      ...change,
    }),
    registration({ policy: policy({ bakeMinutes: 7, guardMinutes: 8, approval: 'required' }) }),
    {
      release: 'storefront-1',
      owner: 'execution-1',
      now: momentAfter(0),
      wanted: { web: { image: 'registry/storefront/web@sha256:aa' } },
      reasons,
    },
  );

describe('planRelease', () => {
  it('opens a valid record that nothing has happened to', () => {
    const opened = plan();
    expect(ReleaseRecord.parse(opened)).toEqual(opened);
    expect(opened).toMatchObject({ phase: 'Validating', decision: 'none', signals: 0 });
    expect(opened.targets.web).toMatchObject({
      wanted: { image: 'registry/storefront/web@sha256:aa' },
      launching: false,
      shifted: false,
    });
  });

  it('knows who wrote what it brings, each name on one line', () => {
    expect(plan({ authors: ['grace@example.com', 'Linus\nT.'] }).authors).toEqual([
      'grace@example.com',
      'Linus T.',
    ]);
    expect(plan()).not.toHaveProperty('authors');
  });

  it('moves only what is wanted', () => {
    expect(Object.keys(plan().targets)).toEqual(['web']);
  });

  it('watches the alarms of the whole pair, also of what it leaves alone', () => {
    expect(plan().alarms).toEqual(['web-errors', 'api-errors']);
  });

  it('watches no alarm when it rolls back from what made alarms red', () => {
    expect(plan({ intent: 'rollback' }).alarms).toEqual([]);
  });

  it('lets a release set only its own part of the policy', () => {
    const { policy: agreed } = plan({ policy: { bakeMinutes: 1 } });
    expect(agreed).toMatchObject({ bakeMinutes: 1, guardMinutes: 8, approval: 'required' });
  });

  it('takes the curve of the release, or else that of the pair', () => {
    expect(plan().curve).toEqual({ type: 'canary', percent: 10, minutes: 5 });
    expect(plan({ curve: { type: 'all-at-once' } }).curve).toEqual({ type: 'all-at-once' });
  });

  it('rolls back at once, unless the release names a curve', () => {
    const intent = 'rollback';
    const curve = { type: 'linear', percent: 10, minutes: 1 };
    expect(plan({ intent }).curve).toEqual({ type: 'all-at-once' });
    expect(plan({ intent, curve }).curve).toEqual(curve);
  });

  it('keeps what speaks against the release, and who waits for its end', () => {
    const against = reason('no-such-image', 'There is none');
    const parent = { kind: 'train', id: '1', region: 'eu-west-1', replyTo: 'queue' };
    expect(plan({ parent }, [against])).toMatchObject({ reasons: [against], parent });
  });
});

describe('movingTargets', () => {
  it('gives services before functions, and leaves out what is unchanged', () => {
    const targets = [
      lambdaRecord({}, 'api'),
      ecsRecord({ unchanged: true }, 'admin'),
      ecsRecord({}, 'web'),
      lambdaRecord({}, 'a'),
    ];
    expect(movingTargets(record({ targets })).map(({ name }) => name)).toEqual(['web', 'a', 'api']);
  });
});

describe('withTarget', () => {
  it('changes one target of a copy, and nothing for a name that is not there', () => {
    const before = record();
    expect(withTarget(before, 'web', { launching: true }).targets.web?.launching).toBe(true);
    expect(before.targets.web?.launching).toBe(false);
    expect(withTarget(before, 'mail', { launching: true })).toBe(before);
  });
});
