import { describe, expect, it } from 'vitest';
import { answerOf } from '../../account/answers.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { atMinute, momentAfter, policy, record } from '../core/fixture.ts';

describe('an answer', () => {
  const asking = record({
    phase: 'Asking',
    policy: policy({ approval: 'required' }),
    approval: {
      id: 'approval-1',
      state: 'pending',
      requestedAt: momentAfter(5),
      expiresAt: momentAfter(65),
      shown: [],
    },
  });
  const said = { by: 'ada', comment: 'looks right' };

  it('names the approval that the release waits for', () => {
    expect(answerOf(asking, 'APPROVE', said, atMinute(6))).toEqual({
      approvalId: 'approval-1',
      releaseId: 'storefront-1',
      decision: 'APPROVE',
      ...said,
    });
    expect(answerOf(asking, 'REJECT', { by: 'ada' }, atMinute(6))).not.toHaveProperty('comment');
  });

  it.each<[string, ReleaseRecord, number, string]>([
    ['that does not ask', record({ phase: 'Shifting' }), 6, 'it is Shifting'],
    ['that has ended', record({ phase: 'Ended', end: 'Promoted' }), 6, 'has ended: Promoted'],
    ['that asked too long ago', asking, 66, 'expired at'],
    [
      'that was answered',
      { ...asking, approval: { ...asking.approval!, state: 'approved', by: 'otto' } },
      6,
      'already approved by otto',
    ],
  ])('to a release %s is refused before it is sent', (_, release, minute, text) => {
    expect(() => answerOf(release, 'APPROVE', said, atMinute(minute))).toThrow(text);
  });
});
