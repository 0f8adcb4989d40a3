import { describe, expect, it } from 'vitest';
import { assessedTogether, type Case, judgeTarget } from '../../../core/judge/assessment.ts';
import { worseThan } from '../../../core/judge/slow-thresholds.ts';
import { CustomMetric } from '../../../core/release/custom-metric.ts';
import { JudgeSettings } from '../../../core/release/judge-settings.ts';

const POLICY = JudgeSettings.parse({});

/** So many minutes of 600 requests to green beside 5,400 to blue, of which so many fail. */
const minutesOf = (many: number, green: number, blue: number, requests = 600): Case => ({
  target: 'web',
  tally: {
    errors: {
      seconds: 60,
      rows: Array.from({ length: many }, (_, i) => [i, requests, 9 * requests, green, blue]),
    },
  },
  marks: [],
  metrics: [],
});

const judged = (one: Case, policy = POLICY) => judgeTarget(one, policy, 1);

describe('the judgement of a target', () => {
  it('fails a green that is worse, in numbers of both sides', () => {
    const { verdict, reasons } = judged(minutesOf(1, 13, 5));
    expect(verdict).toBe('fail');
    expect(reasons).toMatchObject([
      {
        code: 'green-worse',
        target: 'web',
        figures: { green: 600, greenFailures: 13, second: 60 },
      },
    ]);
    expect(reasons[0]!.text).toMatch(
      /^web: green fails 2\.2 % of 600 requests, blue 0\.093 % of 5,400 in the same minutes; chance of this without a real difference below 1 in [\d,]+$/,
    );
  });

  it('tells which answers were slow, and from when on', () => {
    const one = minutesOf(3, 0, 5);
    const slow = {
      seconds: 60,
      marks: 3,
      rows: [0, 1, 2].map((i) => [i, 600, 5400, 300, 60, 6, 2700, 540, 54]),
    };
    const worse = {
      seconds: 60,
      marks: 3,
      rows: slow.rows.map(([i]) => [i!, 600, 5400, 480, 240, 60, 2700, 540, 54]),
    };
    const marks = [
      { blue: 20, green: 70 },
      { blue: 45, green: 95 },
      { blue: 180, green: 230 },
    ];
    expect(judged({ ...one, marks, tally: { ...one.tally, slow } }).verdict).toBe('pass');
    const { verdict, says } = judged({ ...one, marks, tally: { ...one.tally, slow: worse } });
    expect(verdict).toBe('fail');
    expect(says[0]).toMatch(
      /^web: \d+ % of green's [\d,]+ answers took longer than (70|95|230) ms; only \d+ % of blue's [\d,]+ in the same minutes took longer than even (20|45|180) ms; chance/,
    );
  });

  /** Fifty minutes of 6,000 answers of green and of blue, spread around 75 ms; green's take so much longer. */
  const slowerAnswers = (more: number, policy = POLICY): Case => {
    const shareAbove = (at: number) => 1 / (1 + Math.exp((at - 75) / 11));
    const blueMarks = [75, 99, 125];
    const marks = blueMarks.map((blue) => ({ blue, green: worseThan(blue, policy) }));
    const above = (at: number) => Math.round(6000 * shareAbove(at));
    const minute = [
      ...[6000, 6000],
      ...marks.map(({ green }) => above(green - more)),
      ...blueMarks.map(above),
    ];
    const rows = Array.from({ length: 50 }, (_, i) => [i, ...minute]);
    const { tally, ...one } = minutesOf(50, 0, 0, 6000);
    return { ...one, marks, tally: { ...tally, slow: { seconds: 60, marks: 3, rows } } };
  };

  it('rolls no release back because answers take 6 ms longer, however many there are', () => {
    expect(judged(slowerAnswers(6)).verdict).toBe('pass');
    expect(judged(slowerAnswers(45)).verdict).toBe('pass');
    expect(judged(slowerAnswers(60)).verdict).toBe('fail');
    const strict = { ...POLICY, slowerBy: 1, slowerByPercent: 1 };
    expect(judged(slowerAnswers(6, strict), strict).verdict).toBe('fail');
  });

  it('passes a green that is like blue once there were enough requests, and says so', () => {
    const { verdict, says } = judged(minutesOf(3, 1, 6));
    expect(verdict).toBe('pass');
    expect(says).toEqual([
      'web: green fails 0.17 % of 1,800 requests, blue 0.11 % of 16,200 in the same minutes: no sign that green is worse',
    ]);
  });

  it('says how many requests are missing to see the smallest rise that matters', () => {
    const { verdict, reasons } = judged(minutesOf(1, 0, 0, 30));
    expect(verdict).toBe('inconclusive');
    expect(reasons).toMatchObject([{ code: 'too-few-requests', target: 'web' }]);
    const [, missing] = /about ([\d,]+) more would show a rise of 2 points$/.exec(
      reasons[0]!.text,
    )!;
    expect(Number(missing!.replace(',', ''))).toBeGreaterThan(300);
    expect(Number(missing!.replace(',', ''))).toBeLessThan(1200);
  });

  it('needs fewer of them for a larger rise, and none that many can show within the margin', () => {
    const missing = (smallestRise: number) =>
      Number(
        /about ([\d,]+) more/
          .exec(judged(minutesOf(1, 0, 0, 10), { ...POLICY, smallestRise }).advice![0]!)![1]!
          .replace(',', ''),
      );
    expect(missing(5)).toBeLessThan(missing(2));
    expect(missing(2)).toBeLessThan(missing(0.5));
    const everythingFails = minutesOf(1, 5, 45, 10);
    expect(judged(everythingFails, { ...POLICY, smallestRise: 1 }).advice).toEqual([
      'web: a rise of 1 point is within `judgement.margin`, so more requests would not show it',
    ]);
  });

  it('counts only what blue had users beside', () => {
    const one = minutesOf(1, 0, 0, 30);
    const rows = [...one.tally.errors.rows, [1, 5000, 0, 5, 0]];
    const alone = { ...one, tally: { errors: { seconds: 60, rows } } };
    expect(judged(alone).says).toEqual(['web: not enough traffic: green 30 requests, blue 270']);
    const extended = judged(alone, { ...POLICY, tooFewRequests: 'extend' });
    expect([extended.verdict, extended.says[0]]).toEqual([
      'pass',
      'web: not enough traffic to compare: green 30 requests, blue 270; green had 5,000 more alone',
    ]);
    const fewer = {
      ...alone,
      tally: { errors: { seconds: 60, rows: [...one.tally.errors.rows, [1, 100, 0, 0, 0]] } },
    };
    expect(judged(fewer, { ...POLICY, tooFewRequests: 'extend' }).verdict).toBe('inconclusive');
  });

  it('stops a green alone that is a catastrophe while blue was well', () => {
    const rows = [...minutesOf(1, 0, 0, 30).tally.errors.rows, [1, 100, 0, 45, 0]];
    const { verdict, says } = judged({
      ...minutesOf(0, 0, 0),
      tally: { errors: { seconds: 60, rows } },
    });
    expect(verdict).toBe('fail');
    expect(says[0]).toMatch(
      /^web: green fails 35 % of 130 requests, .* more than 10 % is too much for any start/,
    );
  });

  it('is inconclusive before green has had any request', () => {
    const { verdict, says } = judged(minutesOf(0, 0, 0));
    expect(verdict).toBe('inconclusive');
    expect(says).toEqual(['web: not compared: green had no requests beside blue']);
  });

  it('does not say that green had no requests before the first metrics can have arrived', () => {
    const { verdict, says } = judged({ ...minutesOf(0, 0, 0), early: true });
    expect(verdict).toBe('inconclusive');
    expect(says).toEqual([
      'web: not compared yet: the first metrics have not arrived, CloudWatch is some minutes behind',
    ]);
  });

  it('keeps what it found: nothing that comes later makes a worse green fine again', () => {
    const bad = minutesOf(2, 30, 5);
    const rows = [...bad.tally.errors.rows];
    for (let i = 2; i < 60; i += 1) rows.push([i, 600, 5400, 0, 30]);
    const later = { ...bad, tally: { errors: { seconds: 60, rows } } };
    expect(judged(later)).toEqual(judged(bad));
  });

  it('takes a looser bound for looser evidence, and a wider margin for more of it', () => {
    const one = minutesOf(1, 11, 5);
    expect(judged(one, { ...POLICY, falseAborts: 0.000_001 }).verdict).not.toBe('fail');
    expect(judged(one, { ...POLICY, falseAborts: 0.05 }).verdict).toBe('fail');
    const worse = minutesOf(3, 18, 40);
    expect(judged(worse).verdict).toBe('fail');
    expect(judged(worse, { ...POLICY, margin: 6 }).verdict).not.toBe('fail');
  });

  it('asks for more evidence where more things are judged: together they keep the bound', () => {
    const one = minutesOf(1, 13, 5);
    const verdictAmong = (things: number) => judgeTarget(one, POLICY, things).verdict;
    expect([1, 500].map(verdictAmong)).toEqual(['fail', 'inconclusive']);
  });

  it('rolls back nobody for an outage of both, also where green gets more users later', () => {
    const share = [100, 200, 300, 400, 500, 600, 700, 800];
    const rows = share.map((green, i) => [i, green, 1000 - green, 0, 1]);
    rows.push([8, 900, 100, 720, 80]);
    expect(
      judged({ ...minutesOf(0, 0, 0), tally: { errors: { seconds: 60, rows } } }).verdict,
    ).not.toBe('fail');
  });

  it('puts no minutes together in which traffic was shared otherwise', () => {
    const rows = [
      [0, 3, 300, 0, 0],
      [1, 300, 3, 24, 0],
    ];
    expect(
      judged({ ...minutesOf(0, 0, 0), tally: { errors: { seconds: 60, rows } } }).verdict,
    ).not.toBe('fail');
  });

  it('does not mind numbers without end', () => {
    expect(judged(minutesOf(3, 0, 0, 1_000_000_000)).verdict).toBe('pass');
    // Where everything fails on both sides nobody can tell.
    const broken = minutesOf(3, 1_000_000_000, 9_000_000_000, 1_000_000_000);
    expect(judged(broken).verdict).toBe('inconclusive');
    expect(judged(minutesOf(3, 1_000_000_000, 0, 1_000_000_000)).verdict).toBe('fail');
  });
});

describe('metrics of the pair', () => {
  const metric = (change: object = {}) =>
    CustomMetric.parse({
      name: 'orders',
      namespace: 'Shop',
      metric: 'Orders',
      dimensions: { Revision: '$revision' },
      worse: 'fewer',
      critical: true,
      ...change,
    });
  const withOrders = (green: number, blue: number, change: object = {}): Case => {
    const one = minutesOf(3, 1, 6);
    const rows = [0, 1, 2].map((i) => [i, 600, 5400, 600 - green, 5400 - blue]);
    return {
      ...one,
      metrics: [metric(change)],
      tally: { ...one.tally, metrics: { orders: { seconds: 60, rows } } },
    };
  };

  it('take green back where they are critical', () => {
    const { verdict, reasons } = judged(withOrders(60, 1080));
    expect(verdict).toBe('fail');
    expect(reasons[0]!.text).toMatch(
      /^web: orders: 10 % of green's 600, 20 % of blue's 5,400; chance/,
    );
  });

  it('only tell where they are not', () => {
    const { verdict, says } = judged(withOrders(60, 1080, { critical: false }));
    expect(verdict).toBe('pass');
    expect(says[1]).toMatch(/it is not critical$/);
  });

  it('count from the smallest number on that the pair names', () => {
    expect(judged(withOrders(60, 1080, { fewest: 1800 })).verdict).toBe('fail');
    const fewer = judged(withOrders(60, 1080, { fewest: 1801 }));
    expect([fewer.verdict, fewer.says[1]]).toEqual([
      'inconclusive',
      "web: orders: 10 % of green's 1,800, 20 % of blue's 16,200, 1801 are needed",
    ]);
  });

  it('pass while they are alike', () => {
    expect(judged(withOrders(118, 1080)).says[1]).toBe(
      "web: orders: 20 % of green's 1,800, 20 % of blue's 16,200",
    );
  });
});

describe('what the policy makes of it', () => {
  const bad = judged(minutesOf(1, 60, 5));

  it('takes green back, or only tells', () => {
    expect(assessedTogether([bad], POLICY).verdict).toBe('fail');
    const told = assessedTogether([bad], { ...POLICY, mode: 'tell' });
    expect(told.verdict).toBe('pass');
    expect(told.says.at(-1)).toBe('Not rolled back: `judgement.mode` is `tell`');
    expect(told.says[0]).toBe(bad.says[0]);
  });
});
