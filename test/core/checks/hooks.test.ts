import { describe, expect, it } from 'vitest';
import { checkApproval } from '../../../core/checks/approval.ts';
import { checkBegun } from '../../../core/checks/begun.ts';
import { checkTasks } from '../../../core/drivers/codedeploy-ecs/tasks.ts';
import { openApproval } from '../../../core/people/approval.ts';
import type { Approval, Revision } from '../../../core/record/record.ts';
import type { Phase } from '../../../core/release/phase.ts';
import { codesOf, ecsRecord, momentAfter, policy, record } from '../fixture.ts';

describe('checkBegun', () => {
  it.each<[string, Phase, string | undefined, readonly string[]]>([
    ['that the release launches now', 'Staging', undefined, []],
    ['that it knows already', 'Staging', 'd-1', []],
    ['when it has another one', 'Staging', 'd-0', ['not-as-planned']],
    ['when it is further on', 'Asking', 'd-1', ['not-as-planned']],
    ['before anything is made', 'Preparing', undefined, ['not-as-planned']],
  ])('of a deployment %s', (_, phase, forward, codes) => {
    const target = ecsRecord(forward === undefined ? {} : { forward });
    expect(codesOf(checkBegun(record({ phase }), target, 'd-1').reasons)).toEqual(codes);
  });
});

describe('checkTasks', () => {
  it('wants as many tasks as users need', () => {
    expect(checkTasks('web', 2, 2, 2).verdict).toBe('pass');
    expect(checkTasks('web', 3, 2, 2).verdict).toBe('pass');
    expect(checkTasks('web', 1, 2, 2).reasons[0]?.text).toBe('Green of web runs 1 of 2 tasks');
  });

  it('wants no more than serve users now, and at least one', () => {
    expect(checkTasks('web', 2, 4, 2).verdict).toBe('pass');
    expect(checkTasks('web', 2, 4, 3).verdict).toBe('fail');
    expect(checkTasks('web', 0, 4, 0).verdict).toBe('fail');
    expect(checkTasks('web', 0, 0, 0).verdict).toBe('pass');
  });
});

describe('checkApproval', () => {
  const to: Revision = { name: 'web:2', ref: 'arn:web:2', digest: 'sha256:aa' };
  const required = policy({ approval: 'required' });

  /** Codes for green of the service, after people were asked about `asked` and said this. */
  const codes = (
    phase: Phase,
    state: Approval['state'] | undefined,
    asked: Revision = to,
    agreed = required,
  ) => {
    const before = record({ phase, policy: agreed, targets: [ecsRecord({ to: asked })] });
    const approval = { ...openApproval(before, 'a nonce', momentAfter(0)), by: 'grace' };
    const about = state ? { ...before, approval: { ...approval, state } } : before;
    return codesOf(checkApproval(about, ecsRecord({ to })).reasons);
  };

  it('takes what people approved, and asks for nothing where nobody is to be asked', () => {
    expect(codes('Shifting', 'approved')).toEqual([]);
    expect(codes('Shifting', undefined, to, policy())).toEqual([]);
  });

  it.each([
    ['another revision', { ...to, name: 'web:3' }],
    ['another image', { ...to, digest: 'sha256:bb' }],
  ])('refuses green when people approved %s', (_, asked) => {
    expect(codes('Shifting', 'approved', asked)).toEqual(['not-as-planned']);
  });

  it('refuses green that somebody let go before people answered, or although they said no', () => {
    expect(codes('Asking', 'pending')).toEqual(['not-as-planned']);
    expect(codes('Proving', undefined)).toEqual(['not-as-planned']);
    expect(codes('Staging', 'rejected')).toEqual(['approval-rejected']);
  });

  it('does not wait for people where READY still does', () => {
    expect(codes('Staging', undefined)).toEqual([]);
  });
});
