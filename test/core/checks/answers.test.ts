import { describe, expect, it } from 'vitest';
import { checkCurve, customConfigurations } from '../../../core/checks/curve.ts';
import { checkPlanned } from '../../../core/checks/planned.ts';
import { type Answered, checkAnswer, smokeVerdict } from '../../../core/checks/smoke.ts';
import type { Curve } from '../../../core/release/curve.ts';
import { api, codesOf, web } from '../fixture.ts';

describe('checkAnswer', () => {
  const green = { target: 'web', revision: 'web:2', where: 'GET /health' };

  it.each<[string, number | undefined, Answered, string | undefined]>([
    ['the right status', 200, { status: 200, body: '' }, undefined],
    ['another status', 200, { status: 503, body: 'down' }, 'answered 503 instead of 200: down'],
    ['any status, where none is wanted', undefined, { status: 500, body: '' }, undefined],
    [
      'no answer',
      200,
      { error: 'connect ECONNREFUSED', unreached: true },
      'got no answer: connect ECONNREFUSED',
    ],
    [
      'no answer, where no status is wanted',
      undefined,
      { error: 'timed out' },
      'got no answer: timed out',
    ],
  ])('takes %s for what it is', (_, wanted, answer, text) => {
    expect(checkAnswer(green, wanted, answer)).toEqual({
      ...green,
      ...(text === undefined ? { verdict: 'pass' } : { verdict: 'fail', text }),
    });
  });

  it('shows only the beginning of a long question and of a long answer', () => {
    const long = 'x'.repeat(5000);
    const row = checkAnswer({ ...green, where: long }, 200, { status: 500, body: long });

    expect(JSON.stringify(row).length).toBeLessThan(600);
  });

  it('becomes a reason that names target, revision, request and answer, and only if it failed', () => {
    const good = checkAnswer(green, 200, { status: 200, body: '' });
    const bad = checkAnswer(green, 200, { status: 503, body: 'down' });

    expect(smokeVerdict([good]).verdict).toBe('pass');
    expect(smokeVerdict([good, bad])).toEqual({
      verdict: 'fail',
      reasons: [
        {
          code: 'smoke-failed',
          target: 'web',
          text: 'Green web web:2: GET /health answered 503 instead of 200: down',
        },
      ],
    });
  });
});

describe('checkPlanned', () => {
  it.each<[string, string | undefined, readonly (string | undefined)[], string]>([
    ['what was planned', 'a', ['a', 'a'], 'pass'],
    ['something else', 'a', ['a', 'b'], 'fail'],
    ['something that cannot be read', 'a', ['a', undefined], 'fail'],
    ['nothing', 'a', [], 'inconclusive'],
    ['anything, where nothing was planned', undefined, ['b'], 'pass'],
  ])('when what runs is %s', (_, planned, running, verdict) => {
    expect(checkPlanned('web', 'The image', planned, running).verdict).toBe(verdict);
  });
});

describe('checkCurve', () => {
  const everywhere: Curve = { type: 'linear', percent: 10, minutes: 3 };
  const lambdaOnly: Curve = { type: 'canary', percent: 10, minutes: 10 };
  const nowhere: Curve = { type: 'canary', percent: 25, minutes: 10 };

  it('needs nothing for a curve that is predefined on every side that moves', () => {
    expect(checkCurve(everywhere, [web(), api()], []).verdict).toBe('pass');
    expect(checkCurve(lambdaOnly, [api()], []).verdict).toBe('pass');
  });

  it('names the configuration that a side lacks', () => {
    const { reasons } = checkCurve(lambdaOnly, [web(), api()], []);
    expect(codesOf(reasons)).toEqual(['no-such-curve']);
    expect(reasons[0]?.text).toContain('Tandem.ecs.canary-10-10');
    expect(customConfigurations(nowhere, [web(), api(), api()])).toEqual([
      'Tandem.ecs.canary-25-10',
      'Tandem.lambda.canary-25-10',
    ]);
  });

  it('takes a custom configuration when every side that needs one has it', () => {
    const both = customConfigurations(nowhere, [web(), api()]);
    expect(checkCurve(nowhere, [web(), api()], both).verdict).toBe('pass');
    expect(checkCurve(nowhere, [web(), api()], both.slice(1)).verdict).toBe('fail');
  });
});
