import { describe, expect, it } from 'vitest';
import { HEALTHY, kindNamed } from '../../../rehearsal/soak/kinds.ts';
import { deciderOf, isRight } from '../../../rehearsal/soak/trial.ts';

describe('a trial of the soak', () => {
  it.each([
    [[], 'nobody'],
    [['alarm-red', 'green-worse'], 'alarm'],
    [['green-worse'], 'judge'],
    [['deployment-stopped'], 'CodeDeploy'],
    [['smoke-failed'], 'smoke-failed'],
  ])('says by %j that %s has decided', (codes, who) => {
    const reasons = codes.map((code) => ({ code, text: 'It did.' }));

    expect(deciderOf(reasons as Parameters<typeof deciderOf>[0])).toBe(who);
  });

  const targets = (live: string) => [
    { name: 'web', kind: 'ecs', from: 'web:1', to: 'web:2', live },
    { name: 'api', kind: 'lambda', from: '1', to: '2', live: live === 'web:1' ? '1' : '2' },
  ];
  const bad = kindNamed('web errors-2')!;
  const ending = kindNamed('web crash-loop')!;

  it.each([
    ['a healthy one is promoted', HEALTHY, 'Promoted', 'web:2', 0, true],
    ['a healthy one is rolled back', HEALTHY, 'RolledBack', 'web:1', 0, false],
    ['a bad one is rolled back', bad, 'RolledBack', 'web:1', 0, true],
    ['a bad one is promoted', bad, 'Promoted', 'web:2', 0, false],
    ['a bad one is rejected before users met it', bad, 'Rejected', 'web:1', 0, false],
    ['users are left on the bad one', bad, 'RolledBack', 'web:2', 0, false],
    ['a request is lost', bad, 'RolledBack', 'web:1', 1, false],
    ['a process that ends loses requests', ending, 'RolledBack', 'web:1', 9, true],
  ] as const)('is right or wrong as it must be when %s', (_, kind, end, live, lost, right) => {
    expect(isRight(kind, { end, targets: targets(live) }, lost)).toBe(right);
  });

  it('is wrong when nothing was released', () => {
    expect(isRight(bad, { end: 'RolledBack', targets: [] }, 0)).toBe(false);
  });
});
