import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparedOf, hindsight } from '../../../core/history/hindsight.ts';
import { inOrder, isReplayable, type KeptRelease, replayed } from '../../../core/history/replay.ts';
import type { KeptFigures } from '../../../core/judge/kept-figures.ts';
import { CustomMetric } from '../../../core/release/custom-metric.ts';
import { JudgeSettings } from '../../../core/release/judge-settings.ts';
import { api, ecsRecord, lambdaRecord, momentAfter, record } from '../fixture.ts';

const policyOf = (change: object = {}) => JudgeSettings.parse(change);
const POLICY = policyOf();

/** A target of which so many of 600 requests a minute fail, beside 5 of 5,400 of blue; its first minute so many after the start. */
const target = (failures: readonly number[], first = 2, requests = 600) => ({
  from: '1',
  to: '2',
  marks: [],
  first: momentAfter(first),
  tally: {
    errors: {
      seconds: 60,
      rows: failures.map((count, i) => [i, requests, 9 * requests, count, 5]),
    },
  },
});

const both = [ecsRecord({ shifted: true }), lambdaRecord({ shifted: true })];

const past = (
  targets: KeptFigures['targets'],
  change: Parameters<typeof record>[0] = {},
  release = 'one',
): KeptRelease => ({
  record: {
    ...record({ targets: both, times: { shifted: momentAfter(2) }, end: 'Promoted', ...change }),
    release,
  },
  figures: { release, targets },
});

const GOOD = past({ web: target([1, 0, 1, 0]), api: target([0, 1, 0, 0]) });
/** Its web is worse than blue, but not by much. */
const WORSE = past({ web: target([7, 7, 7, 7], 3), api: target([0, 1, 0, 0]) });

describe('a release of the past', () => {
  it('passes with all that is known, or is stopped by what was known then', () => {
    expect(replayed(GOOD, POLICY, {})).toMatchObject({ outcome: 'passed', green: 4800 });
    const { outcome, second, green } = replayed(WORSE, POLICY, {});
    // Its web had users a minute later: two of its minutes, and three of the other half.
    expect([outcome, second, green]).toEqual(['stopped', 240, 4200]);
  });

  it('is stopped by whichever half is first', () => {
    const one = past({ web: target([30, 30], 4), api: target([0, 60, 60]) });
    expect(replayed(one, POLICY, {})).toMatchObject({ outcome: 'stopped', second: 120 });
    const other = past({ web: target([30, 30], 2), api: target([0, 60, 60]) });
    expect(replayed(other, POLICY, {})).toMatchObject({ outcome: 'stopped', second: 60 });
  });

  it('is stopped by a critical metric when that has decided', () => {
    const orders = CustomMetric.parse({
      ...{ name: 'orders', namespace: 'Shop', metric: 'Orders', worse: 'fewer', critical: true },
      dimensions: { Revision: '$revision' },
    });
    const registration = api({ metrics: [orders] });
    const rows = [0, 1, 2].map((i) => [i, 600, 5400, i === 0 ? 480 : 590, 4320]);
    const fine = target([0, 1, 0]);
    const one = past(
      { api: { ...fine, tally: { ...fine.tally, metrics: { orders: { seconds: 60, rows } } } } },
      { targets: [lambdaRecord({ shifted: true, registration })] },
    );
    expect(replayed(one, POLICY, {})).toMatchObject({ outcome: 'stopped', second: 120 });
  });

  it.each([
    [WORSE, { margin: 8 }, 'unsure'],
    [WORSE, { mode: 'tell' }, 'told'],
    [WORSE, { mode: 'off' }, 'unjudged'],
    [past({ web: target([0, 0], 2, 20) }), {}, 'unsure'],
    [past({ web: target([0, 0], 2, 20) }), { tooFewRequests: 'rollback' }, 'stopped'],
    [past({ api: target([0, 1, 0, 0]) }), {}, 'unsure'],
  ] as const)('ends as it must (%#)', (one, change, outcome) => {
    expect(replayed(one, policyOf(change), {}).outcome).toBe(outcome);
  });

  it('is stopped no later by a policy that takes more false alarms', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }),
        fc.double({ min: 0.000001, max: 0.05, noNaN: true }),
        fc.double({ min: 0.000001, max: 0.05, noNaN: true }),
        (failures, a, b) => {
          const one = past({ web: target(failures) });
          const [strict, loose] = [Math.min(a, b), Math.max(a, b)].map((falseAborts) =>
            replayed(one, policyOf({ falseAborts }), {}),
          );
          if (strict!.outcome !== 'stopped') return;
          expect(loose!.outcome).toBe('stopped');
          expect(loose!.second).toBeLessThanOrEqual(strict!.second!);
        },
      ),
    );
  });

  it('can be judged again when users met it, and it was no rollback', () => {
    expect(isReplayable(GOOD.record)).toBe(true);
    expect(isReplayable(record())).toBe(false);
    expect(isReplayable({ ...GOOD.record, intent: 'rollback' })).toBe(false);
  });
});

describe('the releases before', () => {
  const cold = (release: string, minute: number, change: Parameters<typeof record>[0] = {}) =>
    past(
      { web: target([8, 0, 0]) },
      { ...change, times: { started: momentAfter(minute), shifted: momentAfter(2) } },
      release,
    );

  it('teach how a target starts, and none of those after', () => {
    const many = Array.from({ length: 7 }, (_, i) => cold(`r${i}`, 10 * i));
    const releases = (pasts: readonly KeptRelease[]) =>
      inOrder(pasts).map(({ profiles }) => profiles.web?.profile.releases ?? 0);
    expect(releases([...many].reverse())).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const [first, ...others] = many;
    const back: KeptRelease = { ...first!, record: { ...first!.record, end: 'RolledBack' } };
    expect(releases([back, ...others])).toEqual([0, 0, 1, 2, 3, 4, 5]);
    const foreign: KeptRelease = { ...first!, record: { ...first!.record, pair: 'other' } };
    expect(releases([foreign, ...others])).toEqual([0, 0, 1, 2, 3, 4, 5]);
  });
});

describe('what became of a release', () => {
  it('is not changed by a release of another pair', () => {
    const undo = record({
      intent: 'rollback',
      end: 'Promoted',
      targets: [ecsRecord({ from: { name: 'web:2', ref: 'arn:web:2' } })],
      times: { started: momentAfter(90) },
    });
    const fateBeside = (pair: string) =>
      comparedOf(GOOD.record, [{ ...undo, pair }], replayed(GOOD, POLICY, {})).fate;
    expect(['storefront', 'other'].map(fateBeside)).toEqual(['undone', 'stayed']);
  });

  it('tells what a change comes to', () => {
    const strict = policyOf({ falseAborts: 0.000001 });
    const sign = { shifted: momentAfter(2), firstBadSign: momentAfter(7) };
    const bad = {
      ...WORSE,
      record: record({ ...WORSE.record, targets: both, times: sign, end: 'RolledBack' }),
    };
    const compare = (one: KeptRelease, change = POLICY) =>
      comparedOf(one.record, [], replayed(one, POLICY, {}), replayed(one, change, {}));

    expect(hindsight([bad, GOOD, WORSE].map((one) => compare(one, strict)))).toEqual({
      takenBack: { releases: 1, today: 1, changed: 1 },
      undone: { releases: 0, today: 0, changed: 0 },
      stayed: { releases: 2, today: 1, changed: 1 },
      soonerThanToday: -60,
      soonerThanSign: 0,
      exposed: { today: 4200, changed: 4800 },
    });
    expect(hindsight([compare(bad, policyOf({ margin: 8 }))])).toMatchObject({
      takenBack: { releases: 1, today: 1, changed: 0 },
      soonerThanToday: undefined,
      exposed: { today: 4200, changed: 4800 },
    });
  });
});
