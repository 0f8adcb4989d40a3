import { expect, it } from 'vitest';
import { withFailedHook } from '../../../core/protocol/failed-hook.ts';
import { reason } from '../../../core/release/reason.ts';
import { record } from '../fixture.ts';

const failed = (deploymentId: string, text = 'GET /health answered 500') => ({
  deploymentId,
  event: 'AfterAllowTestTraffic',
  reasons: [reason('smoke-failed', text)],
});

it('a record keeps what the first call of each failed hook said', () => {
  const once = withFailedHook(record(), failed('d-1'));
  expect(once.failedHooks).toEqual([failed('d-1')]);
  expect(withFailedHook(once, failed('d-1', 'again'))).toBe(once);
  expect(withFailedHook(once, failed('d-2')).failedHooks).toHaveLength(2);
});

it.each([{ decision: 'rollback' as const }, { end: 'Rejected' as const }])(
  'a release that rolls back or has ended takes no more reasons from hooks: %o',
  (change) => {
    const before = record(change);
    expect(withFailedHook(before, failed('d-1'))).toBe(before);
  },
);
