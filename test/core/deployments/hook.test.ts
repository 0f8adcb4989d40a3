import { describe, expect, it } from 'vitest';
import { type HookCall, hookOrder } from '../../../core/deployments/hook.ts';
import type { Marker } from '../../../core/drivers/codedeploy/marker.ts';
import { record } from '../fixture.ts';

const marker: Marker = {
  pair: 'storefront',
  release: 'storefront-1',
  target: 'web',
  direction: 'forward',
  attempt: 1,
};

const orderOf = (call: Partial<HookCall>): string =>
  hookOrder({
    isOwnRollback: false,
    marker,
    record: record(),
    ownerRuns: true,
    foreignAllowed: false,
    ...call,
  }).order;

describe('hookOrder', () => {
  it.each<[string, string, Partial<HookCall>]>([
    ['checks a deployment of a live release', 'check', {}],
    [
      'checks one whose decision to promote outlived its execution',
      'check',
      { record: record({ decision: 'promote' }), ownerRuns: false },
    ],
    [
      "lets the platform's own rollback through, whatever its description says",
      'pass',
      { isOwnRollback: true },
    ],
    [
      'lets our own rollback through, even after the end',
      'pass',
      { marker: { ...marker, direction: 'rollback' }, record: record({ end: 'RolledBack' }) },
    ],
    ['refuses what Tandem did not start', 'refuse', { marker: undefined, record: undefined }],
    [
      'lets others deploy where the pair allows it',
      'pass',
      { marker: undefined, record: undefined, foreignAllowed: true },
    ],
    ['refuses a release that nobody knows', 'refuse', { record: undefined }],
    ['refuses a release that has ended', 'refuse', { record: record({ end: 'Rejected' }) }],
    ['refuses a release that rolls back', 'refuse', { record: record({ decision: 'rollback' }) }],
    ['refuses a release whose execution is gone, undecided', 'refuse', { ownerRuns: false }],
    [
      'refuses an ended release although others may deploy',
      'refuse',
      { record: record({ end: 'Rejected' }), foreignAllowed: true },
    ],
  ])('%s', (_, order, call) => {
    expect(orderOf(call)).toBe(order);
  });
});
