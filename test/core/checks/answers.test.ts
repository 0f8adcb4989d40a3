import { describe, expect, it } from 'vitest';
import { checkCurve, customConfigurations } from '../../../core/checks/curve.ts';
import { checkPlanned } from '../../../core/checks/planned.ts';
import { type Answered, checkAnswer } from '../../../core/checks/smoke.ts';
import type { Curve } from '../../../core/curve.ts';
import { api, codesOf, web } from '../fixture.ts';

describe('checkAnswer', () => {
  it.each<[string, number | undefined, Answered, string | undefined]>([
    ['the right status', 200, { status: 200, body: '' }, undefined],
    [
      'another status',
      200,
      { status: 503, body: 'down' },
      '/health answered 503 instead of 200: down',
    ],
    ['any status, where none is wanted', undefined, { status: 500, body: '' }, undefined],
    [
      'no answer',
      200,
      { error: 'connect ECONNREFUSED' },
      '/health got no answer: connect ECONNREFUSED',
    ],
    [
      'no answer, where no status is wanted',
      undefined,
      { error: 'timed out' },
      '/health got no answer: timed out',
    ],
  ])('takes %s for what it is', (_, wanted, answer, text) => {
    expect(checkAnswer('web', '/health', wanted, answer).reasons[0]?.text).toBe(text);
  });

  it('shows only the beginning of a long answer', () => {
    const { reasons } = checkAnswer('web', '/', 200, { status: 500, body: 'x'.repeat(5000) });
    expect(reasons[0]!.text.length).toBeLessThan(300);
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
    expect(customConfigurations(nowhere, ['ecs', 'lambda', 'lambda'])).toEqual([
      'Tandem.ecs.canary-25-10',
      'Tandem.lambda.canary-25-10',
    ]);
  });

  it('takes a custom configuration when every side that needs one has it', () => {
    const both = customConfigurations(nowhere, ['ecs', 'lambda']);
    expect(checkCurve(nowhere, [web(), api()], both).verdict).toBe('pass');
    expect(checkCurve(nowhere, [web(), api()], both.slice(1)).verdict).toBe('fail');
  });
});
