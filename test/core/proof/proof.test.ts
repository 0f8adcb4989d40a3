import { describe, expect, it } from 'vitest';
import { checkAnswer, smokeVerdict } from '../../../core/checks/smoke.ts';
import { mixedOf, triedCell, unreachedCell } from '../../../core/proof/contract.ts';
import { Proof, proofOf, type Side } from '../../../core/proof/proof.ts';
import { proofSummary, proofTable, provenOf, provenText } from '../../../core/proof/proof-table.ts';

const pair = { moving: ['web', 'api'], targets: ['web', 'api'] };
const web = (colour: Side['colour']): Side => ({ colour, target: 'web', revision: 'web:1' });
const api = (revision: string): Side => ({ colour: 'green', target: 'api', revision });

const answer = (target: string, path: string, status = 200) =>
  checkAnswer({ target, revision: '2', where: `GET ${path}` }, 200, { status, body: '' });

const proof = (...[cells, smoke]: [Parameters<typeof mixedOf>[0], ReturnType<typeof answer>[]]) =>
  proofOf(mixedOf(cells, pair), smoke, smokeVerdict(smoke));

const good = triedCell(web('blue'), api('2'), [{ name: 'items', path: '/items' }]);
const bad = triedCell(web('green'), api('2'), [{ name: 'items', path: '/items', wrong: 'no' }]);

describe('a proof', () => {
  it('is as good as the worst of its rows', () => {
    expect(proof([good], [answer('web', '/')]).verdict).toBe('pass');
    expect(proof([good, bad], [answer('web', '/')]).verdict).toBe('fail');
    expect(proof([good], [answer('web', '/', 500)]).verdict).toBe('fail');
    expect(proof([unreachedCell(web('blue'), api('2'), 'gone')], []).verdict).toBe('inconclusive');
  });

  it('stays a part of one item however much was tried, and keeps what did not pass', () => {
    const long = 'x'.repeat(5000);
    const cells = Array.from({ length: 500 }, (_, index) =>
      triedCell(web('green'), api(String(index)), [
        { name: long, path: long, ...(index % 100 === 99 ? { wrong: long } : {}) },
      ]),
    );
    const smoke = Array.from({ length: 1000 }, (_, index) =>
      answer('web', `/${index}${long}`, index < 900 ? 200 : 500),
    );

    const made = proof(cells, smoke);

    expect(Proof.safeParse(made).error).toBeUndefined();
    expect(JSON.stringify(made).length).toBeLessThan(100 * 1024);
    expect(made.cells.filter(({ verdict }) => verdict === 'fail')).toHaveLength(5);
    expect(made.smoke.every(({ verdict }) => verdict === 'fail')).toBe(true);
    expect(made.cells.length + made.smoke.length + made.omitted).toBe(1500);
    expect(proofTable(made).at(-1)).toContain(`${made.omitted} rows more`);
  });
});

describe('the proof for people', () => {
  const smoke = [answer('web', '/health'), answer('web', '/', 500), answer('api', '/health')];

  it('is one line', () => {
    expect(proofSummary(proof([good], smoke.slice(0, 1)))).toBe(
      '2×2: 1 of 1 cells pass; smoke: web 1',
    );
    expect(proofSummary(proof([], []))).toBe(
      '2×2: not proven, no contract names web or api; smoke: none',
    );
    expect(provenText(provenOf(proof([good], smoke.slice(0, 1))))).toBe(
      'Green is proven (2×2: 1 of 1 cells pass; smoke: web 1)',
    );
  });

  it('tells in the ledger what speaks against it', () => {
    const line = provenText(provenOf(proof([bad], smoke)));

    expect(line).toContain('Green is not proven: fail (2×2: 0 of 1 cells pass; smoke: web 1 of 2');
    expect(line).toContain(
      'green web web:1 does not understand green api version 2: /items (items): no',
    );
    expect(line.length).toBeLessThanOrEqual(1000);
  });

  it('is a table whose columns stand under each other', () => {
    expect(proofTable(proof([good, bad], smoke))).toEqual([
      'Proof: fail',
      '2×2: 1 of 2 cells pass',
      '  caller           callee               cases  verdict',
      '  blue web web:1   green api version 2  1      pass',
      '  green web web:1  green api version 2  1      fail: /items (items): no',
      'Smoke checks of green: web 1 of 2, api 1',
      '  web version 2  GET /health  pass',
      '  web version 2  GET /        fail: answered 500 instead of 200',
      '  api version 2  GET /health  pass',
    ]);
  });
});
