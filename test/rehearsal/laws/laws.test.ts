/** Each law is kept by a good release, and broken by the smallest change that it forbids. */
import { describe, expect, it } from 'vitest';
import { renderMarker } from '../../../core/drivers/codedeploy/marker.ts';
import type { Link } from '../../../core/facts/chain.ts';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import { reason } from '../../../core/release/reason.ts';
import type { Aftermath, Deployment, Left } from '../../../rehearsal/laws/law.ts';
import { brokenLaws } from '../../../rehearsal/laws/laws.ts';
import { atMinute, ecsRecord, lambdaRecord, momentAfter, record } from '../../core/fixture.ts';

const ENDED = momentAfter(30);

const promoted = (change: Partial<ReleaseRecord> = {}): ReleaseRecord => ({
  ...record(),
  release: 'autumn',
  alarms: ['web-errors', 'api-errors'],
  decision: 'promote',
  end: 'Promoted',
  closed: true,
  phase: 'Ended',
  targets: {
    web: ecsRecord({ forward: 'd-web', launched: momentAfter(1), shifted: true }),
    api: lambdaRecord({ forward: 'd-api', launched: momentAfter(1), shifted: true }),
  },
  times: {
    started: momentAfter(0),
    shifted: momentAfter(3),
    held: momentAfter(5),
    decided: momentAfter(12),
    guarded: momentAfter(13),
    guardEnded: momentAfter(19),
    ended: ENDED,
  },
  ...change,
});

const fact = (kind: string, data: object = {}): Link => ({ kind, data }) as unknown as Link;

const DECIDED = [fact('start-began'), fact('decided', { decision: 'promote' })];
const FACTS = [...DECIDED, fact('ended', { end: 'Promoted' })];

/** A release as it was left. What the table has now is left out: then its facts are not compared with it. */
const left = (one: ReleaseRecord, facts: readonly Link[] = FACTS): Left => ({
  name: one.release,
  end: one.end ?? 'none',
  record: one,
  stored: undefined,
  facts,
  bases: [],
});

const deployment = (target: 'web' | 'api', change: Partial<Deployment> = {}): Deployment => ({
  deploymentId: `d-${target}`,
  status: 'Succeeded',
  description: renderMarker({
    pair: 'storefront',
    release: 'autumn',
    target,
    direction: 'forward',
    attempt: 1,
  }),
  creator: 'user',
  applicationName: `storefront-${target}`,
  createTime: new Date(atMinute(1)),
  arrived: atMinute(5),
  ...change,
});

const aftermath = (change: Partial<Aftermath> = {}): Aftermath => ({
  pair: 'storefront',
  releases: [left(promoted())],
  live: { web: 'web:2', api: '2' },
  deployments: [deployment('web'), deployment('api')],
  deeds: [],
  moves: [],
  told: new Set(['autumn']),
  edited: new Set(),
  turn: {},
  reds: [],
  ...change,
});

const UNSTORED = ['closed'];

/** Names of the laws that are broken, but for the one that wants to know what the table has. */
const broken = (change: Partial<Aftermath>): readonly string[] => [
  ...new Set(
    brokenLaws(aftermath(change))
      .map(({ law }) => law)
      .filter((law) => !UNSTORED.includes(law)),
  ),
];

const release = (change: Partial<ReleaseRecord>, facts?: readonly Link[]) => ({
  releases: [left(promoted(change), facts)],
});

const stranger = { deploymentId: 'd-others', description: 'somebody else' };
const times = promoted().times;
const at = (operation: string, minute: number, input: object = {}) => ({
  at: atMinute(minute),
  operation,
  input: input as Record<string, unknown>,
  deploymentId: (input as { deploymentId?: string }).deploymentId,
});
const THIRD = {
  at: atMinute(14),
  function: 'storefront-api',
  version: '3',
  by: 'others',
  wanted: atMinute(14),
} as const;
const ROLLBACK = {
  decision: 'rollback',
  end: 'RolledBack',
  reasons: [reason('alarm-red', 'an alarm was red')],
} satisfies Partial<ReleaseRecord>;

describe('the laws', () => {
  it('are kept by a release that is promoted as it should be', () => {
    expect(broken({})).toEqual([]);
  });

  it.each<readonly [string, Partial<Aftermath>]>([
    ['documented-end', { releases: [{ ...left(promoted()), end: 'Exploded', record: undefined }] }],
    [
      'reason-given',
      { ...release({ ...ROLLBACK, reasons: [] }), live: { web: 'web:1', api: '1' } },
    ],
    ['readable-reasons', release({ reasons: [reason('alarm-red', 'it was NaN % red')] })],
    ['reported', { told: new Set() }],
    ['turn-free', { turn: { owner: 'autumn' } }],
    ['turn-free', { turn: { waiting: 'winter' } }],
    ['right-revision', { live: { web: 'web:2', api: '1' } }],
    ['right-revision', { live: { web: 'mixed', api: '2' } }],
    ['right-revision', { ...release(ROLLBACK), live: { web: 'web:1', api: '3' } }],
    [
      'third-revision-stays',
      {
        ...release(ROLLBACK),
        live: { web: 'web:1', api: '1' },
        moves: [THIRD],
        deeds: [at('UpdateAlias', 20, { FunctionName: 'storefront-api' })],
      },
    ],
    [
      'others-untouched',
      {
        deployments: [
          deployment('web'),
          deployment('api'),
          deployment('api', { ...stranger, createTime: new Date(atMinute(0)) }),
        ],
        deeds: [at('StopDeployment', 9, { deploymentId: 'd-others' })],
      },
    ],
    ['bake-and-guard', release({ times: { ...times, decided: momentAfter(9.9) } })],
    ['bake-and-guard', release({ times: { ...times, guardEnded: momentAfter(17.9) } })],
    ['alarms-count', { reds: [{ alarm: 'api-errors', from: atMinute(17), to: atMinute(18) }] }],
    ['alarms-count', { reds: [{ alarm: 'api-errors', from: atMinute(4), to: atMinute(60) }] }],
    ['orders-honoured', release({}, [fact('ordered', { command: 'hold' }), ...FACTS])],
    [
      'orders-honoured',
      release({}, [
        ...DECIDED,
        fact('ordered', { command: 'abort' }),
        fact('ended', { end: 'Promoted' }),
      ]),
    ],
    ['nothing-after-the-end', { deeds: [at('CreateDeployment', 31)] }],
    ['deployed-once', { deployments: [deployment('web'), deployment('api'), deployment('api')] }],
    [
      'one-at-a-time',
      {
        releases: [
          left(promoted()),
          left(promoted({ release: 'winter', times: { ...times, started: momentAfter(2) } })),
        ],
        told: new Set(['autumn', 'winter']),
      },
    ],
  ])('%s is broken', (law, change) => {
    expect(broken(change)).toEqual([law]);
  });

  it('deployed-once is broken by two calls, and not by one whose effect came when it had long failed', () => {
    const { description } = deployment('api');
    const second = (minute: number) =>
      deployment('api', { deploymentId: 'd-2', createTime: new Date(atMinute(minute)) });
    const deeds = [1, 1.5].map((minute) => at('CreateDeployment', minute, { description }));
    const made = [deployment('web'), deployment('api')];

    expect(broken({ deployments: [...made, second(1.5)], deeds })).toEqual(['deployed-once']);
    expect(broken({ deployments: [...made, second(3)], deeds })).toEqual([]);
  });

  it('deployments-over is broken by one that goes on, unless a person was called', () => {
    const deployments = [
      deployment('web'),
      deployment('api'),
      deployment('api', {
        deploymentId: 'd-back',
        description: '',
        creator: 'codeDeployRollback',
        status: 'InProgress',
      }),
    ];
    const called = { ...ROLLBACK, end: 'NeedsAttention' as const };

    expect(broken({ deployments })).toEqual(['deployments-over']);
    expect(broken({ ...release(called), deployments })).toEqual([]);
  });

  it('closed is broken by a release that is not closed, and by one that has ended and waits again', () => {
    const lawsOf = (stored: ReleaseRecord | undefined) =>
      brokenLaws(aftermath({ releases: [{ ...left(promoted()), stored }] })).map(({ law }) => law);

    expect(lawsOf(undefined)).toEqual(['closed']);
    expect(lawsOf(promoted())).toEqual(['facts-hold']);
    expect(lawsOf(promoted({ phase: 'Waiting' }))).toEqual(['closed', 'facts-hold']);
  });

  it('facts-hold is broken by facts that are missing, and by facts that give another record', () => {
    const stored = promoted();
    const lost = { ...left(stored), stored, facts: { unreadable: 'Fact 3 of 9 is missing' } };
    const other = { ...left(stored), stored };

    expect(broken({ releases: [lost] })).toEqual(['facts-hold']);
    expect(broken({ releases: [other] })).toEqual(['facts-hold']);
  });

  it('let what others have moved last be theirs', () => {
    const live = { web: 'web:2', api: '3' };

    expect(broken({ live })).toEqual(['right-revision']);
    expect(broken({ live, moves: [THIRD] })).toEqual([]);
  });

  it('let an alarm be red before users met green, and after the guard', () => {
    const reds = [
      { alarm: 'api-errors', from: atMinute(0), to: atMinute(3) },
      { alarm: 'api-errors', from: atMinute(18), to: atMinute(25) },
      { alarm: 'of-another-pair', from: atMinute(4), to: atMinute(25) },
    ];

    expect(broken({ reds })).toEqual([]);
  });
});
