import { describe, expect, it } from 'vitest';
import { FACTS, type Happened, type Kind } from '../../../core/facts/kinds.ts';
import { ledgerOf } from '../../../core/facts/ledger.ts';
import { reason } from '../../../core/release/reason.ts';
import { momentAfter } from '../fixture.ts';

const red = reason('alarm-red', 'Alarm web-errors is red', { quote: 'Threshold Crossed' });
const web = { target: 'web' };
const revision = { name: 'web:2', version: '2.0.0' };
const warmed = { requests: 20, failed: 0, slowest: { first: 90, last: 30 } };

/** One fact of each kind, in words, and whether it is bad news. */
const TOLD: readonly (readonly [Happened, string | undefined, boolean])[] = [
  [
    {
      kind: 'asked',
      data: {
        ...{ by: 'ada', intent: 'release', targets: ['web', 'api'] },
        ...{ reason: 'search', again: 'it was\nthe network' },
      },
    },
    'ada asked to release web and api: search; also if it was rolled back before: it was the network',
    false,
  ],
  [
    {
      kind: 'risk-estimated',
      data: { probability: 0.2, low: 0.1, high: 0.4, releases: 30, reasons: ['x'] },
    },
    'Risk of a rollback: about 20 % (10 to 40 %): x',
    false,
  ],
  [
    { kind: 'alarms-excused', data: { reason: 'it fixes them', alarms: ['web-errors'] } },
    'Released under red alarms web-errors: it fixes them',
    false,
  ],
  [{ kind: 'queued', data: { behind: 'shop-1' } }, 'Waits for its turn behind shop-1', false],
  [{ kind: 'superseded', data: { by: 'shop-3' } }, 'shop-3 took its place', true],
  [
    { kind: 'checked-again', data: {} },
    'The release has its turn; Tandem checks everything again',
    false,
  ],
  [
    { kind: 'prepared', data: { ...web, from: { name: 'web:1' }, to: revision, unchanged: false } },
    'web: web:1 → 2.0.0 (web:2) prepared',
    false,
  ],
  [{ kind: 'launching', data: web }, undefined, false],
  [
    { kind: 'launched', data: { ...web, deployment: 'd-1' } },
    'web: deployment d-1 launched',
    false,
  ],
  [{ kind: 'busy', data: { ...web, of: 'api' } }, 'web: the deployment group of api is busy', true],
  [
    {
      kind: 'proven',
      data: {
        verdict: 'fail',
        mixed: 'none',
        smoke: [{ ...web, passed: 1, of: 2 }],
        against: ['no'],
      },
    },
    'Green is not proven: fail (2×2: none; smoke: web 1 of 2); no',
    true,
  ],
  [
    { kind: 'warmed', data: { targets: { web: warmed } } },
    'Green is warmed up (web 20 requests, slowest answer 90 → 30 ms)',
    false,
  ],
  [
    { kind: 'approval-requested', data: { id: 'a', expiresAt: momentAfter(60) } },
    'Approval requested',
    false,
  ],
  [
    { kind: 'approval-answered', data: { state: 'rejected', by: 'maria' } },
    'rejected by maria',
    true,
  ],
  [{ kind: 'promotion-requested', data: {} }, 'Promotion requested: the judge has doubts', false],
  [
    { kind: 'ordered', data: { command: 'abort', by: 'maria', reason: 'wrong\nimage' } },
    'Abort requested by maria: wrong image',
    true,
  ],
  [{ kind: 'start-began', data: {} }, 'The common start begins', false],
  [{ kind: 'letting-go', data: web }, undefined, false],
  [{ kind: 'let-go', data: web }, 'web: shift started', false],
  [{ kind: 'not-let-go', data: web }, undefined, false],
  [
    { kind: 'hook-held', data: { ...web, event: 'AfterAllowTraffic', deployment: 'd-1' } },
    'web: holds AfterAllowTraffic',
    false,
  ],
  [
    { kind: 'hook-failed', data: { deployment: 'd-1', event: 'AfterInstall', reasons: [red] } },
    undefined,
    false,
  ],
  [
    { kind: 'barrier-answered', data: { ...web, answer: 'Failed' } },
    'web: hook answered Failed',
    true,
  ],
  [{ kind: 'guard-ended', data: {} }, 'The guard is over', false],
  [{ kind: 'blue-let-go', data: web }, undefined, false],
  [
    { kind: 'scaling', data: { ...web, did: 'failed', why: 'denied', run: 'aws x' } },
    'web: its automatic scaling could not be restored: denied. By hand: aws x',
    true,
  ],
  [{ kind: 'polled', data: { machine: 'release', action: 'wait' } }, undefined, false],
  [{ kind: 'alarm-changed', data: { alarm: 'web-errors', state: 'OK' } }, undefined, false],
  [{ kind: 'woken', data: { by: 'deployment d-1' } }, undefined, false],
  [
    { kind: 'decided', data: { decision: 'rollback', reasons: [red], judged: [], in: 'poll' } },
    "Rolling back: Alarm web-errors is red (in AWS's words: Threshold Crossed)",
    true,
  ],
  [
    { kind: 'taken-over', data: { from: 'a', to: 'b', again: false } },
    'b took the release over',
    true,
  ],
  [
    { kind: 'handed-over', data: { from: 'a', to: 'b' } },
    'b continues the release: the execution before grew long',
    false,
  ],
  [{ kind: 'rollback-began', data: web }, undefined, false],
  [
    {
      kind: 'rolled-back',
      data: { ...web, step: { did: 'stop', deployment: 'd-1' }, refused: 'denied', again: false },
    },
    'web: deployment d-1 is stopped: refused: denied',
    true,
  ],
  [{ kind: 'ended', data: { end: 'RolledBack', title: 'RolledBack' } }, 'Ended: RolledBack', true],
  [{ kind: 'closed', data: {} }, undefined, false],
  [{ kind: 'carried-over', data: { lines: [] } }, undefined, false],
];

const fact = ({ kind, data }: Happened) => ({
  ...{ n: 1, at: momentAfter(3), by: { handler: 'tandem' }, kind, data, prev: '' },
});

describe('a fact in the ledger', () => {
  it.each(TOLD)('%j reads %j, bad news: %j', (what, text, isBad) => {
    const lines = ledgerOf([fact(what)]);

    expect(FACTS[what.kind].safeParse(what.data).success).toBe(true);
    expect(lines.map((line) => line.what)).toEqual(text === undefined ? [] : [text]);
    expect(lines.some((line) => line.isBad)).toBe(isBad);
  });

  it('of every kind is in this test', () => {
    const kinds = TOLD.map(([{ kind }]) => kind);

    expect(kinds.toSorted()).toEqual((Object.keys(FACTS) as Kind[]).toSorted());
  });

  it('is not told where it only says again what was told before', () => {
    const again = { again: true };
    const step = { did: 'stop', deployment: 'd-1' } as const;

    expect(
      ledgerOf([fact({ kind: 'taken-over', data: { from: 'a', to: 'b', ...again } })]),
    ).toEqual([]);
    expect(ledgerOf([fact({ kind: 'rolled-back', data: { ...web, step, again: true } })])).toEqual(
      [],
    );
  });

  it('that an older Tandem had written into its record reads as it was', () => {
    const lines = [{ at: momentAfter(1), what: 'web: shift started' }];

    expect(ledgerOf([fact({ kind: 'carried-over', data: { lines } })])).toMatchObject(lines);
  });

  it.each([
    [{ did: 'wait', of: 'codedeploy', deployment: 'd-2' }, 'AWS itself is rolling back'],
    [{ did: 'continue', deployment: 'd-2', wait: 'READY_WAIT' }, 'may move traffic now'],
    [{ did: 'continue', deployment: 'd-2', wait: 'TERMINATION_WAIT' }, 'need not keep'],
    [{ did: 'restore-alias' }, 'its traffic is set back'],
  ])('that an older Tandem has written in the words of a platform is told: %j', (step, text) => {
    const old = fact({ kind: 'stopped', data: {} } as never);
    const [line] = ledgerOf([
      { ...old, kind: 'rolled-back', data: { target: 'web', step, again: false } } as never,
    ]);

    expect(line?.what).toContain(text);
  });
});
