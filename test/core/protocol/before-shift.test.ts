import { describe, expect, it } from 'vitest';
import { next } from '../../../core/protocol/next.ts';
import { reason } from '../../../core/release/reason.ts';
import {
  alarmsSay,
  lambdaRecord,
  momentAfter,
  observation,
  proven,
  reading,
  record,
  web,
} from '../fixture.ts';
import {
  ask,
  type Change,
  changed,
  forward,
  lineOf,
  type Stand,
  staged,
  withPolicy,
} from './stands.ts';

describe('next, while green comes up', () => {
  it.each<[string, Stand, string]>([
    ['launches what has a green of its own', {}, 'Staging: launch-deployment'],
    [
      'waits a minute before it tries a busy group again',
      { web: { busy: { since: momentAfter(0), last: momentAfter(1) } }, minute: 1 },
      'Staging: wait 60',
    ],
    [
      'tries a busy group again',
      { web: { busy: { since: momentAfter(0), last: momentAfter(1) } }, minute: 2 },
      'Staging: launch-deployment',
    ],
    [
      'gives a busy group up',
      { web: { busy: { since: momentAfter(0), last: momentAfter(9) } }, minute: 10 },
      'RollingBack: busy',
    ],
    [
      'waits for green',
      { ...staged, readWeb: { forward: forward('d-web') }, minute: 3 },
      'Staging: wait 60',
    ],
    [
      'waits no longer than green may take',
      { ...staged, readWeb: { forward: forward('d-web') }, minute: 29.5 },
      'Staging: wait 30',
    ],
    [
      'gives up green that does not come',
      { ...staged, readWeb: { forward: forward('d-web') }, minute: 30 },
      'RollingBack: not-ready',
    ],
    [
      'counts that time from the launch, not from a busy group',
      {
        ...staged,
        web: { ...staged.web, launched: momentAfter(50) },
        readWeb: { forward: forward('d-web') },
        minute: 55,
      },
      'Staging: wait 60',
    ],
    [
      'rolls back when not every revision could be made',
      { change: {}, web: {}, api: { to: undefined } as never },
      'RollingBack: step-failed',
    ],
  ])('%s', (_, stand, line) => {
    expect(lineOf(ask(stand))).toBe(line);
  });
});

describe('next, before any user meets green', () => {
  const proofs = (verdict: 'fail' | 'inconclusive') =>
    proven({
      verdict,
      reasons: [reason(verdict === 'fail' ? 'smoke-failed' : 'mixed-not-proven', 'See there')],
    });
  const asked = (state: 'pending' | 'approved' | 'rejected', stand = staged): Stand =>
    withPolicy(
      changed(stand, {
        approval: {
          id: 'a',
          state,
          requestedAt: momentAfter(0),
          expiresAt: momentAfter(60),
          shown: [],
          by: 'grace',
        },
      }),
      { approval: 'required' },
    );
  const holding = (stand: Stand) => changed(stand, { commands: { hold: true } });

  it.each<[string, Stand, string]>([
    ['proves green', changed(staged, { proof: undefined } as never), 'Proving: prove-release'],
    [
      'rolls back when the proof fails',
      changed(staged, { proof: proofs('fail') }),
      'RollingBack: smoke-failed',
    ],
    [
      'goes on unproven where policy lets it',
      changed(staged, { proof: proofs('inconclusive') }),
      'Shifting: start-shift',
    ],
    [
      'rolls back unproven where policy does not',
      withPolicy(changed(staged, { proof: proofs('inconclusive') }), { unproven: 'reject' }),
      'RollingBack: mixed-not-proven',
    ],
    [
      'proves nothing again that rolls back',
      changed(staged, { proof: undefined, intent: 'rollback' } as never),
      'Shifting: start-shift',
    ],
    [
      'asks people before it rolls back where policy says so',
      withPolicy(changed(staged, { proof: undefined, intent: 'rollback' } as never), {
        approval: 'required',
      }),
      'Asking: ask',
    ],
    ['asks nobody by default', staged, 'Shifting: start-shift'],
    [
      'asks people where policy says so',
      withPolicy(staged, { approval: 'required' }),
      'Asking: ask',
    ],
    ['waits for their answer', asked('pending'), 'Asking: wait 60'],
    ['goes on when they approve', asked('approved'), 'Shifting: start-shift'],
    ['rolls back when they reject', asked('rejected'), 'RollingBack: approval-rejected'],
    [
      'rolls back when nobody answers',
      { ...asked('pending'), minute: 60 },
      'RollingBack: approval-expired',
    ],
    ['waits while it is held', holding(staged), 'Asking: wait 339'],
    [
      'asks people even while it is held',
      holding(withPolicy(staged, { approval: 'required' })),
      'Asking: ask',
    ],
    [
      'hears a rejection even while it is held',
      holding(asked('rejected')),
      'RollingBack: approval-rejected',
    ],
    [
      'does not hold for ever',
      { ...holding(staged), minute: 23.5 * 60 },
      'RollingBack: held-too-long',
    ],
  ])('%s', (_, stand, line) => {
    expect(lineOf(ask(stand))).toBe(line);
  });

  it('looks seldom while people have days, so that the history of the execution stays short', () => {
    const approval = {
      id: 'a',
      state: 'pending' as const,
      requestedAt: momentAfter(0),
      expiresAt: momentAfter(7140),
      shown: [],
    };
    const days = withPolicy(changed(staged, { approval }), {
      approval: 'required',
      approvalMinutes: 7140,
    });
    expect(ask(days)).toMatchObject({ phase: 'Asking', action: 'wait', seconds: 1714 });
  });
});

describe('next, for a function alone', () => {
  it('has nothing to stage: it proves, and then begins the shift', () => {
    const alone = (change: Omit<Change, 'targets'>) =>
      lineOf(
        next(
          record({ ...change, targets: [lambdaRecord()] }),
          observation(0, { api: reading({ live: '1' }) }),
          alarmsSay(),
        ),
      );
    expect(alone({})).toBe('Proving: prove-release');
    expect(alone({ proof: proven() })).toBe('Shifting: start-shift');
  });
});

describe('next, right before the shift', () => {
  const warm = { warmUp: { requests: 20, seconds: 10 } };
  const cold = { ...staged, web: { ...staged.web, registration: web(warm) }, minute: 5 };
  const warmedAt = (minute: number, change: Change = {}) =>
    changed(cold, { ...change, warmed: { at: momentAfter(minute), targets: {} } });

  it.each<[string, Stand, string]>([
    ['warms green up', cold, 'Proving: prove-release'],
    ['starts the shift with a warm green', warmedAt(5), 'Shifting: start-shift'],
    [
      'warms green up again that has cooled down',
      { ...warmedAt(5), minute: 15 },
      'Proving: prove-release',
    ],
    [
      'warms nothing up while people are asked',
      withPolicy(cold, { approval: 'required' }),
      'Asking: ask',
    ],
    [
      'warms nothing up while it is held',
      changed(cold, { commands: { hold: true } }),
      'Asking: wait 339',
    ],
    [
      'lets users who roll back wait for nothing',
      changed(cold, { intent: 'rollback' }),
      'Shifting: start-shift',
    ],
    [
      'warms nothing up that is left as it is',
      { ...cold, web: { ...cold.web, unchanged: true } },
      'Shifting: start-shift',
    ],
  ])('%s', (_, stand, line) => {
    expect(lineOf(ask(stand))).toBe(line);
  });
});
