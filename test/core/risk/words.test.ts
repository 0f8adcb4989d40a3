import { describe, expect, it } from 'vitest';
import type { Curve } from '../../../core/release/curve.ts';
import { calmerCurve } from '../../../core/risk/curve-advice.ts';
import { riskOf } from '../../../core/risk/risk.ts';
import { suggestionFor } from '../../../core/risk/suggestion.ts';
import { riskFigure, riskLine } from '../../../core/risk/words.ts';
import { pageAt } from '../../docs/pages.ts';
import { momentAfter } from '../fixture.ts';
import { course, past, pasts, usual } from './fixture.ts';

const large = {
  commits: 30,
  files: 61,
  directories: 20,
  linesAdded: 2000,
  linesDeleted: 400,
  experience: 12,
};
const told = (change: Parameters<typeof riskOf>[0], before: Parameters<typeof riskOf>[1]) =>
  riskOf(change, before, course, momentAfter(0))!;

describe('the reasons of a risk', () => {
  it('are sentences with their numbers, the weightiest first', () => {
    expect(told(large, pasts('-++-++-+++', usual)).reasons).toEqual([
      '2,400 lines in 61 files, 20 directories, 30 commits, 10 times the usual',
      '3 of the last 10 releases of the pair were rolled back, the latest among them',
      'its authors had made 12 commits before, on average',
    ]);
    expect(told(usual, pasts('--+----', usual)).reasons).toEqual([
      '6 of the last 7 releases of the pair were rolled back, the latest among them',
      '240 lines in 8 files, 3 directories, 4 commits, about the usual',
    ]);
  });

  it.each([
    ['', 'no release of the pair has shown anything: 10 % is assumed'],
    ['+', 'the only release of the pair before was not rolled back'],
    ['-', 'the only release of the pair before was rolled back'],
    ['++', 'none of the last 2 releases of the pair was rolled back'],
    ['+-+', '1 of the last 3 releases of the pair was rolled back'],
    ['+--', '2 of the last 3 releases of the pair were rolled back'],
    ['--', '2 of the last 2 releases of the pair were rolled back'],
  ])('tell the history %j', (marks, text) => {
    expect(told({ commits: 1 }, pasts(marks)).reasons).toContain(text);
  });

  it.each([
    [{ linesAdded: 9 }, '9 lines, 4 % of the usual'],
    [{ linesAdded: 900, linesDeleted: 0 }, '900 lines, 3.7 times the usual'],
    [{ linesAdded: 0, linesDeleted: 0 }, '0 lines, less than 1 % of the usual'],
    [{ files: 1 }, '1 file, 22 % of the usual'],
    [{ files: 8, directories: 1 }, '8 files in 1 directory, about the usual'],
    [{ commits: 400 }, '400 commits, 80 times the usual'],
  ])('tell the size %j', (change, text) => {
    expect(told(change, pasts('++++', usual)).reasons).toContain(text);
  });

  it('say what nobody knows', () => {
    expect(told({}, pasts('+')).reasons).toContain('nothing is known of the change itself');
    expect(told({ files: 3, linesAdded: 4, linesDeleted: 5 }, pasts('++')).reasons).toEqual(
      expect.arrayContaining([
        '9 lines in 3 files, what is usual for the pair is not known',
        'not known of the change: commits, directories, experience of the authors',
      ]),
    );
    expect(told({}, [past(200)]).reasons).toContain(
      'the latest release was 200 days ago, so the history counts for less',
    );
  });
});

describe('the line of the ledger', () => {
  it('is the one that docs/judgement.md shows', () => {
    expect(pageAt('docs/judgement.md').text).toContain(
      `\n${riskLine(told(large, pasts('-++-++-+++', usual)))}\n`,
    );
  });

  it('has the figure, its interval, the reasons, and what to consider', () => {
    const risk = {
      probability: 0.184,
      low: 0.061,
      high: 0.4,
      reasons: ['one', 'two'],
      suggestion: { text: 'Consider a longer bake.' },
    };
    expect(riskLine(risk)).toBe(
      'Risk of a rollback: about 18 % (6 to 40 %): one; two. Consider a longer bake.',
    );
    expect(riskFigure({ ...risk, probability: 0.004, low: 0, high: 0.996 })).toBe(
      'below 1 % (below 1 to above 99 %)',
    );
    expect([0, 1, 9, 10].map((releases) => riskFigure({ ...risk, releases }))).toEqual([
      'about 18 % (a guess: no release before it)',
      'about 18 % (a guess: only 1 release before it)',
      'about 18 % (a guess: only 9 releases before it)',
      'about 18 % (6 to 40 %)',
    ]);
  });
});

/** The slow curves that AWS predefines for services and functions. */
const SLOW = [
  { type: 'canary', percent: 10, minutes: 15 },
  { type: 'linear', percent: 10, minutes: 3 },
] as const;

describe('the suggestion', () => {
  it.each([
    [0.19, course, undefined],
    [
      0.2,
      course,
      'Consider a slower curve (10 % for 15 minutes, then all; now 10 % for 5 minutes, then all).',
    ],
    [
      0.4,
      { ...course, bakeMinutes: 10 },
      'Consider a slower curve (10 % for 15 minutes, then all; now 10 % for 5 minutes, then all) and a longer bake (20 minutes; now 10).',
    ],
    [
      0.3,
      { ...course, curve: SLOW[0] },
      'Consider a slower curve (10 % every 3 minutes; now 10 % for 15 minutes, then all).',
    ],
    [0.3, { ...course, curve: SLOW[1] }, 'Consider a longer bake (15 minutes; now 5).'],
    [0.9, { curve: SLOW[1], bakeMinutes: 40 }, undefined],
  ] as const)('at %d of %j', (probability, before, text) => {
    expect(suggestionFor(probability, before)?.text).toBe(text);
  });

  it.each<[Curve, Curve | undefined]>([
    [{ type: 'all-at-once' }, SLOW[0]],
    [{ type: 'linear', percent: 10, minutes: 1 }, SLOW[0]],
    [SLOW[0], SLOW[1]],
    [{ type: 'canary', percent: 10, minutes: 20 }, SLOW[1]],
    [SLOW[1], undefined],
  ])(
    'for %j is the next slower curve that AWS predefines for services and functions',
    (curve, slower) => {
      expect(calmerCurve(curve)).toEqual(slower);
    },
  );
});
