import { describe, expect, it } from 'vitest';
import { appended, type Line, toldOf } from '../../../core/facts/append.ts';
import { chainOf, folded, follower, until } from '../../../core/facts/chain.ts';
import { hashOf } from '../../../core/facts/fact.ts';
import type { Happened } from '../../../core/facts/kinds.ts';
import { ledgerOf } from '../../../core/facts/ledger.ts';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import { atMinute, held, momentAfter, record } from '../fixture.ts';
import { happening } from './happening.ts';

const launched: Happened = { kind: 'launched', data: { target: 'web', deployment: 'd-1' } };
const polled: Happened = { kind: 'polled', data: { machine: 'release', action: 'wait' } };
const ended: Happened = { kind: 'ended', data: { end: 'Promoted', title: 'Promoted' } };

/** A release that was opened, polled, and ended. */
const told = () => {
  const first = appended(
    undefined,
    record({ listener: 'a token', hooks: [held('d-1', 'AfterAllowTraffic')] }),
    happening(launched),
  );
  const second = appended(
    first.record,
    { ...first.record, phase: 'Holding', times: { ...first.record.times, held: momentAfter(1) } },
    happening(polled, 1),
  );
  const third = appended(second.record, { ...second.record, end: 'Promoted' }, happening(ended, 2));
  return { first, second, third, lines: [first, second, third].flatMap(({ lines }) => lines) };
};

const texts = (lines: readonly Line[]) => lines.map(({ line }) => line);

describe('the facts of a release', () => {
  it('give its record, but for the token of who listens, which no fact holds', () => {
    const { third, lines } = told();

    expect(folded(chainOf(third.record.facts, texts(lines)))).toEqual({
      ...toldOf(third.record),
      facts: third.record.facts,
    });
    expect(texts(lines).join()).not.toContain('a token');
    expect(texts(lines).join()).not.toContain(third.record.hooks[0]!.executionId);
    expect(third.record.listener).toBe('a token');
  });

  it('are a chain: each names the one before, in whatever order they are read', () => {
    const { third, lines } = told();

    const facts = chainOf(third.record.facts, texts(lines).toReversed());
    expect(facts.map(({ n, kind }) => [n, kind])).toEqual([
      [1, 'launched'],
      [2, 'polled'],
      [3, 'ended'],
    ]);
    expect(facts.map(({ prev }) => prev)).toEqual(['', facts[0]!.hash, facts[1]!.hash]);
  });

  it('are canonical: the same fact has the same bytes, whatever the order of its members', () => {
    const of = (data: object) =>
      appended<ReleaseRecord>(
        undefined,
        record(),
        happening({ kind: 'launched', data } as unknown as Happened),
      ).lines;

    expect(of({ target: 'web', deployment: 'd-1' })).toEqual(
      of({ deployment: 'd-1', target: 'web' }),
    );
    expect(of({ target: 'web', deployment: 'd-1' })[0]!.line).toMatch(/^\{"at":".*","by":\{/);
  });

  it('pass over what somebody left who lost the race for the record', () => {
    const { first, third, lines } = told();
    const lost = appended(
      first.record,
      { ...first.record, decision: 'rollback' },
      happening(polled),
    );

    const facts = chainOf(third.record.facts, texts([...lines, ...lost.lines]));
    expect(facts).toHaveLength(3);
    expect(folded(facts)).toMatchObject({ decision: 'none' });
  });

  it.each<[string, (lines: readonly string[]) => readonly string[], string]>([
    ['one is missing', (lines) => lines.filter((_, place) => place !== 1), 'Fact 2 of 3'],
    ['one was changed', (lines) => lines.map((one) => one.replace('d-1', 'd-9')), 'Fact 1 of 3'],
    ['the last one is missing', (lines) => lines.slice(0, 2), 'Fact 3 of 3'],
  ])('are refused where %s', (_, damage, what) => {
    const { third, lines } = told();

    expect(() => chainOf(third.record.facts, damage(texts(lines)))).toThrow(what);
  });

  it('say where people were told something last', () => {
    const { first, second, third } = told();

    expect([first, second, third].map(({ record: { facts } }) => facts?.told)).toEqual([
      { kind: 'launched', at: momentAfter(0) },
      { kind: 'launched', at: momentAfter(0) },
      { kind: 'ended', at: momentAfter(2) },
    ]);
  });
});

describe('what follows a release', () => {
  it('takes each fact once, though looks overtake each other', () => {
    const { first, second, third, lines } = told();
    const { known, take } = follower();
    const kinds = (head: typeof first, after: number) =>
      take(head.record.facts, texts(lines).slice(after)).map(({ kind }) => kind);

    expect(kinds(first, 0)).toEqual(['launched']);
    expect(known()).toBe(1);
    expect(kinds(third, 1)).toEqual(['polled', 'ended']);
    expect(kinds(second, 0)).toEqual([]);
    expect(kinds(third, 3)).toEqual([]);
    expect(take(undefined, [])).toEqual([]);
  });
});

describe('a release as it was', () => {
  const { third, lines } = told();
  const facts = chainOf(third.record.facts, texts(lines));
  const at = (minute: number) => until(facts, atMinute(minute)).folded?.phase;

  it('is known by the facts until then', () => {
    expect([at(-1), at(0), at(1), at(9)]).toEqual([undefined, 'Preparing', 'Holding', 'Holding']);
  });

  it('does not know what came after a later fact, though its event is older', () => {
    const late = appended(third.record, third.record, happening(polled, 0.5));
    const all = chainOf(late.record.facts, texts([...lines, ...late.lines]));

    expect(until(all, atMinute(0.6)).facts).toHaveLength(1);
    expect(until(all, atMinute(2)).facts).toHaveLength(4);
  });
});

describe('a fact of a newer Tandem', () => {
  const read = (line: string) => chainOf({ count: 1, hash: hashOf(line) }, [line])[0]!;

  const newer = (change: object) => {
    const [{ line }] = appended(undefined, record(), happening(launched)).lines as [Line];
    return JSON.stringify({ ...JSON.parse(line), ...change });
  };

  it('is read, folded and told, though its kind is not known', () => {
    const link = read(
      newer({ kind: 'sealed', data: { key: 'k' }, weather: 'fair', patch: { seal: { n: 1 } } }),
    );

    expect(folded([link])).toMatchObject({ seal: { n: 1 } });
    expect(ledgerOf([link])).toMatchObject([{ what: 'sealed', isBad: false }]);
  });

  it('is shown by the name of its kind where it has other data than this one knows', () => {
    expect(ledgerOf([read(newer({ kind: 'decided', data: { decision: 'rollback' } }))])).toEqual([
      expect.objectContaining({ what: 'decided' }),
    ]);
  });

  it('is refused where it is no fact at all', () => {
    expect(() => read('{"n":1}')).toThrow(/fact: .*at/);
  });
});
