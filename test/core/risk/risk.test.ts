import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Change, SIZES } from '../../../core/release/change.ts';
import type { PastRelease } from '../../../core/release/fate.ts';
import { Risk, riskOf } from '../../../core/risk/risk.ts';
import { momentAfter } from '../fixture.ts';
import { anyChange, anyPast, course, past, pasts, usual } from './fixture.ts';

const now = momentAfter(0);
const risk = (change: Change | undefined, before: readonly PastRelease[]) =>
  riskOf(change, before, course, now);
const probability = (change: Change | undefined, before: readonly PastRelease[]): number =>
  risk(change, before)!.probability;

/** What arithmetic may lose of a probability. */
const LOST = 1e-9;

describe('the risk of a release', () => {
  it('is a probability within its interval, whatever is given', () => {
    fc.assert(
      fc.property(anyChange, anyPast, (change, before) => {
        const said = risk(change, before);
        if (said === undefined) return before.length === 0 && Object.keys(change).length === 0;
        const { probability, low, high, reasons } = Risk.parse(said);
        return (
          probability > 0 &&
          probability < 1 &&
          low >= 0 &&
          low <= high &&
          high <= 1 &&
          reasons.length > 0
        );
      }),
    );
  });

  it('never falls when a change gets larger in anything that is known of it', () => {
    const larger = fc.record({
      size: fc.constantFrom(...SIZES),
      by: fc.integer({ min: 1, max: 1_000_000 }),
    });
    fc.assert(
      fc.property(anyChange, anyPast, larger, (change, before, { size, by }) => {
        const grown = { ...change, [size]: (change[size] ?? 0) + by };
        const small = { ...change, [size]: change[size] ?? 0 };
        return probability(grown, before) >= probability(small, before) - LOST;
      }),
    );
  });

  it('rises with each of commits, directories and lines, and with files where lines are not known', () => {
    const sizes = { commits: 40, directories: 30, linesAdded: 1800, linesDeleted: 600 };
    const before = pasts('++-++++', usual);
    for (const [size, value] of Object.entries(sizes))
      expect(probability({ ...usual, [size]: value }, before)).toBeGreaterThan(
        probability(usual, before) + 0.001,
      );
    expect(probability({ files: 80 }, before)).toBeGreaterThan(probability({ files: 8 }, before));
  });

  it('does not rise with the experience of the authors', () => {
    fc.assert(
      fc.property(anyChange, anyPast, fc.nat(10_000), (change, before, more) => {
        const experience = change.experience ?? 0;
        const [less, greater] = [experience, experience + more].map((value) =>
          probability({ ...change, experience: value }, before),
        );
        return greater! <= less! + LOST;
      }),
    );
  });

  it('rises with every release that was rolled back, most with the latest', () => {
    const [none, old, latest, both] = ['++++++++++', '+++++++++-', '-+++++++++', '-++++++++-'].map(
      (marks) => probability({}, pasts(marks)),
    );
    expect(none).toBeLessThan(old! - 0.01);
    expect(old).toBeLessThan(latest! - 0.01);
    expect(latest).toBeLessThan(both! - 0.01);
  });

  it('is the share of the own releases that were rolled back, once there are some', () => {
    expect(probability({}, pasts('-++-++-++-++-++-++-++-++-++-++'))).toBeCloseTo(1 / 3, 1);
    expect(probability({}, pasts('++++++++++++++++++++++++++++++'))).toBeLessThan(0.04);
    expect(probability({}, pasts('------------------------------'))).toBeGreaterThan(0.75);
  });

  it('is surer the more releases it knows', () => {
    const width = (before: readonly PastRelease[]) => {
      const { low, high } = risk(usual, before)!;
      return high - low;
    };
    expect(width(pasts('+-+++'.repeat(6), usual))).toBeLessThan(width(pasts('+-+++', usual)) / 1.3);
  });

  it('takes what is not known for unknown, never for nothing', () => {
    const before = pasts('+++-++++++', usual);
    const [known, unknown, none] = [
      { commits: 60 },
      {},
      { commits: 0, files: 0, directories: 0, linesAdded: 0, linesDeleted: 0 },
    ].map((change) => risk(change, before)!);
    expect(none!.probability).toBeLessThan(unknown!.probability);
    expect(unknown!.probability).toBeLessThan(known!.probability);
    const usualRisk = risk(usual, before)!;
    expect(unknown!.high - unknown!.low).toBeGreaterThan(usualRisk.high - usualRisk.low + 0.05);
  });

  it('measures a change by what is usual for the pair', () => {
    const large = { ...usual, linesAdded: 20_000, linesDeleted: 9000, files: 200 };
    expect(probability(large, pasts('+++++-++++', usual))).toBeGreaterThan(
      2 * probability(large, pasts('+++++-++++', large)),
    );
  });

  it('learns for which pairs the size tells nothing', () => {
    const small = { ...usual, linesAdded: 5, linesDeleted: 2, files: 1, commits: 1 };
    const large = { ...usual, linesAdded: 2000, linesDeleted: 800, files: 50, commits: 20 };
    const told = Array.from({ length: 30 }, (_, index) =>
      past(index + 1, {
        change: index % 2 === 0 ? large : small,
        end: index % 4 === 0 ? 'RolledBack' : 'Promoted',
      }),
    );
    const untold = told.map((one) => ({ ...one, change: one.change === large ? small : large }));
    const ratio = (before: readonly PastRelease[]) =>
      probability(large, before) / probability(small, before);
    expect(ratio(told)).toBeGreaterThan(2 * ratio(untold));
  });

  it('is not said where nothing is known', () => {
    expect(risk(undefined, [])).toBeUndefined();
    expect(risk({}, [past(1, { end: 'Rejected', times: { started: now } })])).toBeUndefined();
    expect(risk({ commits: 1 }, [])).toBeDefined();
    expect(risk(undefined, [past(1)])).toBeDefined();
  });

  it('keeps its head at the ends of what can be given', () => {
    const most = 1_000_000_000;
    const [none, all] = [0, most].map((value) =>
      risk(
        {
          commits: value,
          files: value,
          directories: value,
          linesAdded: value,
          linesDeleted: value,
        },
        pasts('+'.repeat(30), usual),
      ),
    );
    expect(none!.probability).toBeGreaterThan(0.0001);
    expect(all!.probability).toBeLessThan(0.9);
    expect(all!.probability).toBeGreaterThan(4 * none!.probability);
  });

  it('counts no more than what was ever seen: a billion lines are as risky as a million', () => {
    const [million, billion] = [1_000_000, 1_000_000_000].map((linesAdded) =>
      probability({ ...usual, linesAdded }, pasts('++-+++', usual)),
    );
    expect(billion).toBe(million);
  });
});
