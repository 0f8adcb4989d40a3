import { describe, expect, it } from 'vitest';
import { wayBack } from '../../../core/way-back/way-back.ts';
import {
  atMinute,
  deployment,
  ecsRecord,
  lambdaRecord,
  momentAfter,
  reading,
  record,
} from '../fixture.ts';

const gone = { launching: true, forward: 'd-1', backSince: momentAfter(9) };
const ended = deployment({ status: 'Stopped', completedAt: atMinute(2) });

const stepOf = (target: ReturnType<typeof ecsRecord>, read: Parameters<typeof reading>[0]) =>
  wayBack(record({ decision: 'rollback', targets: [target] }), target, reading(read), atMinute(10))
    .do;

describe('a revision that is neither the old nor the new one', () => {
  it('is left where others have put it, however long ago our deployment was', () => {
    expect(stepOf(lambdaRecord(gone), { live: '7', forward: ended })).toBe('give-up');
    const succeeded = deployment({ status: 'Succeeded', completedAt: atMinute(0) });
    expect(stepOf(ecsRecord(gone), { live: 'web:9', forward: succeeded })).toBe('give-up');
  });

  it("is set right where CodeDeploy's own rollback of ours has put it", () => {
    const forward = { ...ended, rollbackId: 'd-back' };
    const back = deployment({ id: 'd-back', status: 'Succeeded' });
    expect(stepOf(ecsRecord(gone), { live: 'web:9', forward, back })).toBe('redeploy');
  });

  it('is left also while others are still shifting users to it', () => {
    const read = { live: 'mixed', third: '7', forward: deployment({ status: 'Succeeded' }) };
    expect(stepOf(lambdaRecord(gone), read)).toBe('give-up');
  });

  it('is no mixture, and no target without tasks', () => {
    expect(stepOf(lambdaRecord(gone), { live: 'mixed', forward: ended })).toBe('restore');
    expect(stepOf(ecsRecord(gone), { live: 'nothing', forward: ended })).toBe('redeploy');
  });
});
