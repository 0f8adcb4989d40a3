import { describe, expect, it } from 'vitest';
import { mixedOf, type TriedCase, triedCell, unreachedCell } from '../../../core/proof/contract.ts';
import type { Side } from '../../../core/proof/proof.ts';
import { codesOf } from '../fixture.ts';

const side = (colour: Side['colour'], target: string, revision: string): Side => ({
  colour,
  target,
  revision,
});
const blueWeb = side('blue', 'web', 'web:1');
const greenWeb = side('green', 'web', 'web:2');
const blueApi = side('blue', 'api', '1');
const greenApi = side('green', 'api', '2');

const good: TriedCase = { name: 'items', path: '/items' };
const wrong: TriedCase = { ...good, wrong: 'items[0].price: expected number' };
const lost: TriedCase = { ...good, unreached: 'timed out' };

const pair = { moving: ['web', 'api'], targets: ['web', 'api'] };

describe('a cell of the 2×2', () => {
  it('passes when every case was answered as the caller needs', () => {
    expect(triedCell(blueWeb, greenApi, [good, good])).toEqual({
      caller: blueWeb,
      callee: greenApi,
      verdict: 'pass',
      cases: 2,
    });
  });

  it('fails with the first case that is wrong, and says how many more are', () => {
    const cell = triedCell(blueWeb, greenApi, [good, wrong, lost, wrong]);

    expect(cell).toMatchObject({ verdict: 'fail', cases: 4 });
    expect(cell.text).toBe(
      '/items (items): items[0].price: expected number; 1 more of its cases fail',
    );
  });

  it('is not proven when nobody was there to answer', () => {
    const cell = triedCell(blueWeb, greenApi, [good, lost]);

    expect(cell).toMatchObject({ verdict: 'inconclusive', cases: 2 });
    expect(cell.text).toBe('/items (items) got no answer: timed out');
  });

  it('stays small whatever it was answered', () => {
    const long = { ...wrong, wrong: 'x'.repeat(5000) };

    expect(triedCell(blueWeb, greenApi, [long, long]).text?.length).toBeLessThan(400);
    expect(unreachedCell(blueWeb, greenApi, 'x'.repeat(5000)).text?.length).toBeLessThan(400);
  });
});

describe('the 2×2', () => {
  it('passes when its cells do', () => {
    const cells = [blueWeb, greenWeb].flatMap((caller) =>
      [blueApi, greenApi].map((callee) => triedCell(caller, callee, [good])),
    );

    expect(mixedOf(cells, pair)).toMatchObject({
      verdict: 'pass',
      reasons: [],
      text: '4 of 4 cells pass',
    });
  });

  it('names caller, callee, request and fault of the cell that fails', () => {
    const cells = [triedCell(blueWeb, blueApi, [good]), triedCell(blueWeb, greenApi, [wrong])];
    const { verdict, reasons, text } = mixedOf(cells, pair);

    expect({ verdict, text }).toEqual({ verdict: 'fail', text: '1 of 2 cells pass' });
    expect(codesOf(reasons)).toEqual(['contract-broken']);
    expect(reasons[0]?.text).toBe(
      'blue web web:1 does not understand green api version 2: /items (items): items[0].price: expected number',
    );
  });

  it('is not proven by a cell that was out of reach', () => {
    const cells = [triedCell(blueWeb, blueApi, [good]), unreachedCell(greenWeb, blueApi, 'gone')];
    const { verdict, reasons } = mixedOf(cells, pair);

    expect(verdict).toBe('inconclusive');
    expect(reasons[0]?.text).toBe(
      'Mixed versions not proven: green web web:2 calling blue api version 1: gone',
    );
  });

  it.each([
    ['that fails', triedCell(blueWeb, blueApi, [wrong])],
    ['out of reach', unreachedCell(blueWeb, blueApi, 'gone')],
  ])('shows a cell of two blues %s, but users meet it without this release too', (_, today) => {
    const mixed = mixedOf([today, triedCell(greenWeb, blueApi, [good])], {
      ...pair,
      moving: ['web'],
    });

    expect(mixed).toMatchObject({ verdict: 'pass', text: '1 of 2 cells pass' });
    expect(mixed.cells).toContain(today);
  });

  it('has nothing to mix where a target has no partner', () => {
    expect(mixedOf([], { moving: ['web'], targets: ['web'] })).toMatchObject({
      verdict: 'pass',
      text: 'nothing to mix, web is the only target of its pair',
    });
  });

  it.each([[['web', 'api']], [['web']]])('is not proven without a contract: %j moves', (moving) => {
    const mixed = mixedOf([], { ...pair, moving });

    expect(mixed).toMatchObject({ verdict: 'inconclusive', cells: [] });
    expect(mixed.text).toBe(`not proven, no contract names ${moving.join(' or ')}`);
    expect(mixed.reasons.map(({ code, target }) => [code, target])).toEqual(
      moving.map((name) => ['mixed-not-proven', name]),
    );
  });

  it('is not proven for a target that moves outside every contract', () => {
    const cells = [triedCell(greenWeb, greenApi, [good])];
    const mixed = mixedOf(cells, {
      moving: ['web', 'api', 'mail'],
      targets: ['web', 'api', 'mail'],
    });

    expect(mixed).toMatchObject({
      verdict: 'inconclusive',
      text: '1 of 1 cells pass, no contract names mail',
    });
  });
});
