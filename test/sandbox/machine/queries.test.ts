import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { localWorld } from './local-world.ts';
import { machines } from './machines.ts';

/** A machine that gives the values of expressions, one after another. */
const evaluating = (...expressions: readonly string[]) => ({
  QueryLanguage: 'JSONata',
  StartAt: 'Evaluate',
  States: {
    Evaluate: { Type: 'Pass', Output: expressions.map((text) => `{% ${text} %}`), End: true },
  },
});

describe('expressions', () => {
  it('have the functions that Step Functions adds', async () => {
    const { run } = localWorld();

    const { output } = await run(machines.functions);

    expect(output).toEqual({
      partition: [[1, 2], [3, 4], [5]],
      range: [1, 4, 7, 10],
      down: [3, 2, 1],
      hash: createHash('sha256').update('tandem').digest('hex'),
      same: true,
      parsed: 1,
      uuid: true,
      now: '2026-01-05T09:00:00.000Z',
      millis: Date.UTC(2026, 0, 5, 9),
    });
  });

  it('give plain JSON: one hit is an object, none is left out, brackets make a list', async () => {
    const { run } = localWorld();

    const { output } = await run(machines.lists, { t: [{ kind: 'ecs' }, { kind: 'lambda' }] });

    expect(output).toEqual({
      none: [],
      one: [{ kind: 'ecs' }],
      bare: { kind: 'ecs' },
      two: ['ecs', 'lambda'],
    });
  });

  it('give numbers that JSON has not by their names', async () => {
    const { run } = localWorld();

    const { output } = await run(evaluating('[1/0]', '{"low": -1/0}'), {});

    expect(output).toEqual([['Infinity'], { low: '-Infinity' }]);
  });

  it('fail in a field of their own if they give nothing', async () => {
    const { run } = localWorld();

    expect(await run(machines.nothing, {})).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause:
        "An error occurred while executing the state 'Read' (entered at the event id #2). The JSONata expression '$states.input.missing' specified for the field 'Output/result' returned nothing (undefined).",
    });
  });

  it.each([
    ['that calls itself without end', '($f := function($x){$f($x+1)}; $f(1))', 'steps'],
    ['that makes a range in a range', '$count([1..1000].[1..1000])', 'steps'],
    [
      'whose pattern has no end',
      "$contains('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', /^(a+)+$/)",
      'too long',
    ],
    ['whose text fits no payload', "$length($pad('', 100000000))", 'padded to at most'],
  ])('end where one does too much: %s', async (_, expression, why) => {
    const { run } = localWorld();

    const { status, error, cause } = await run(evaluating(expression), {});

    expect({ status, error }).toEqual({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
    });
    expect(cause).toContain(why);
  });

  it('count each evaluation for itself', async () => {
    const { run } = localWorld();
    const long = '$sum($map([1..50000], function($each) { $each }))';
    const list = `[${Array.from({ length: 3 }, () => long).join()}]`;

    expect((await run(evaluating(list), {})).status).toBe('FAILED');
    expect((await run(evaluating(...Array.from({ length: 3 }, () => long)), {})).status).toBe(
      'SUCCEEDED',
    );
  });

  it('find, replace and pad as JSONata does', async () => {
    const { run } = localWorld();
    const expression =
      "[$replace('a1b22', /[0-9]+/, '-'), $split('a, b;c', /[,;] ?/), $pad('7', -3, '0')]";

    expect((await run(evaluating(expression), {})).output).toEqual([
      ['a-b-', 'a', 'b', 'c', '007'],
    ]);
  });

  it('leave out what is nothing inside an object of their own', async () => {
    const { run } = localWorld();

    expect((await run(machines.omitted, {})).output).toEqual({ b: 1 });
  });
});

describe('variables', () => {
  it('are read as they were when the state was entered, by Assign and by Output', async () => {
    const { run } = localWorld();

    expect((await run(machines.oldValues)).output).toEqual({ was: 1, x: 2, y: 1 });
  });
});
