import { describe, expect, it } from 'vitest';
import { appended } from '../../../core/facts/append.ts';
import { chainOf } from '../../../core/facts/chain.ts';
import type { Happened } from '../../../core/facts/kinds.ts';
import { type Basis, lineOf } from '../../../core/judge/basis.ts';
import { judgedBy } from '../../../core/judge/judged-by.ts';
import { decidedFact, failed, promoted } from '../../../core/protocol/deciding.ts';
import { poll } from '../../../core/protocol/poll.ts';
import { recovered, takenOver } from '../../../core/protocol/recovery.ts';
import { changedByHand, replayed } from '../../../core/protocol/replay.ts';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import { type Vote, vote } from '../../../core/record/vote.ts';
import { reason } from '../../../core/release/reason.ts';
import { fail, pass } from '../../../core/release/verdict.ts';
import { happening } from '../facts/happening.ts';
import {
  alarmsSay,
  deployment,
  ecsRecord,
  held,
  lambdaRecord,
  momentAfter,
  observation,
  reading,
  record,
} from '../fixture.ts';

const opened: Happened = { kind: 'woken', data: { by: 'a test' } };
const failure = { Error: 'Lambda.Unknown', Cause: 'out of memory' };

/** A release that is written as it goes, and its facts. */
const release = () => {
  let { record: now, lines } = appended(undefined, record(), happening(opened));
  return {
    write: (next: ReleaseRecord, what: Happened, minute: number) => {
      const told = appended(now, next, happening(what, minute));
      now = told.record;
      lines = [...lines, ...told.lines];
    },
    now: () => now,
    facts: () =>
      chainOf(
        now.facts,
        lines.map(({ line }) => line),
      ),
  };
};

/** A release that was polled twice, the second time with an alarm that is red if so. */
const polledTwice = () => {
  const { write, now, facts } = release();
  for (const minute of [1, 2]) {
    const seen = observation(minute, { web: reading(), api: reading({ live: '1' }) });
    const { record: next, next: chosen } = poll(now(), seen, alarmsSay());
    const data = { machine: 'release' as const, action: chosen.action };
    write(next, { kind: 'polled', data }, minute);
  }
  return { write, now, facts };
};

describe('a release decided again', () => {
  it('does what it did, by what was known then', () => {
    const again = replayed(polledTwice().facts(), []);

    expect(again.map(({ different }) => different)).toEqual([[], []]);
    expect(again.map(({ n, same }) => [n, same])).toEqual([
      [2, true],
      [3, true],
    ]);
    expect(again.every(({ was, now }) => was === now)).toBe(true);
  });

  it('does what it did by what a Tandem of before kept of a poll, and leaves that as it is', () => {
    const { write, now, facts } = release();
    const shown = { id: 'd-1', status: 'InProgress', events: {}, terminationWait: true };
    const seen = observation(1, { web: reading({ forward: deployment(shown) }) });
    const { record: next, next: chosen } = poll(now(), seen, alarmsSay());
    const targets = { web: { ...seen.targets.web, forward: shown } };
    const look = { ...next.look!, observation: { ...next.look!.observation, targets } };
    const data = { machine: 'release' as const, action: chosen.action };
    write({ ...next, look }, { kind: 'polled', data }, 1);

    expect(next.targets.web!.lane.status).toBe('guarded');
    expect(replayed(facts(), [])).toMatchObject([{ same: true, different: [] }]);
  });

  it.each<[string, (record: ReleaseRecord) => ReleaseRecord, Happened]>([
    [
      'a promotion',
      (one) => promoted(one, momentAfter(3)),
      decidedFact(record({ decision: 'promote' }), 'step'),
    ],
    [
      'a rollback after a step has failed',
      (one) => failed(one, failure, momentAfter(3)),
      decidedFact(record({ decision: 'rollback' }), 'step', failure),
    ],
  ])('decides %s again', (_, decide, fact) => {
    const { write, now, facts } = release();
    write(decide(now()), fact, 3);

    expect(replayed(facts(), [])).toMatchObject([{ n: 2, same: true, different: [] }]);
  });

  it('takes a release over again', () => {
    const { write, now, facts } = release();
    const after = recovered(now(), 'execution-2', momentAfter(3), failure);
    write(after, takenOver(now(), after, failure)[0]!, 3);

    expect(replayed(facts(), [])).toMatchObject([{ n: 2, was: 'rollback', same: true }]);
  });

  it('takes other words for no other decision', () => {
    const { write, now, facts } = release();
    const seen = observation(1, { web: reading(), api: reading({ live: '1' }) });
    const { record: next, next: chosen } = poll(
      now(),
      seen,
      alarmsSay(fail(reason('alarm-red', 'An alarm is red'))),
    );
    const reasons = next.reasons.map((one) => ({ ...one, text: `In older words: ${one.text}` }));
    const data = { machine: 'release' as const, action: chosen.action };
    write({ ...next, reasons }, { kind: 'polled', data }, 1);

    expect(reasons).not.toEqual([]);
    expect(replayed(facts(), [])).toMatchObject([
      { same: true, different: [], reworded: ['reasons'] },
    ]);
  });

  it('says what another version of Tandem would have done', () => {
    const { write, now, facts } = polledTwice();
    const data = { machine: 'release' as const, action: 'rollback' };
    write({ ...now(), phase: 'Guarding' }, { kind: 'polled', data }, 4);

    const [last] = replayed(facts(), []).slice(-1);
    expect(last).toMatchObject({ n: 4, was: 'rollback', same: false });
    expect(last!.now).not.toBe('rollback');
    expect(last!.different).toContain('phase');
  });

  describe('runs the judge again', () => {
    const rows = [[0, 600, 5400, 60, 5]];
    const figures = { from: '1', to: '2', marks: [], tally: { errors: { seconds: 60, rows } } };
    const basis: Basis = { api: { figures, unusual: [] } };
    const { hash, line } = lineOf(undefined, basis)!;

    /** A release that was polled once while it shifted; the judge said this, by the basis above. */
    const polledAs = (said: (record: ReleaseRecord) => Vote) => {
      const { write, now, facts } = release();
      const shifting = record({
        targets: [ecsRecord({ shifted: true }), lambdaRecord({ shifted: true })],
        times: { shifted: momentAfter(1) },
        phase: 'Shifting',
      });
      write({ ...shifting, facts: now().facts }, opened, 1);
      const vote = { ...said(now()), restsOn: { basis: hash, fact: 2 } };
      const seen = observation(2, { web: reading(), api: reading({ live: '1' }) });
      const { record: next, next: chosen } = poll(now(), seen, [vote]);
      const data = { machine: 'release' as const, action: chosen.action };
      write(next, { kind: 'polled', data }, 2);
      return facts();
    };

    it('which says the same by the same figures', () => {
      const [last] = replayed(
        polledAs((one) => judgedBy(one, basis)),
        [line],
      ).slice(-1);

      expect(last).toMatchObject({ was: 'rollback', judged: true, same: true, different: [] });
    });

    it('and tells where it says something else', () => {
      const facts = polledAs(() => vote('judge', pass));

      const [last] = replayed(facts, [line]).slice(-1);
      expect(last).toMatchObject({ now: 'rollback', judged: true, same: false });
      expect(last!.different).toContain('look.votes');
      // Without its figures its vote is taken as it was said.
      expect(replayed(facts, []).at(-1)).toMatchObject({ judged: false, same: true });
    });
  });

  it('needs what a poll saw: before that was kept, nothing is decided again', () => {
    const { write, now, facts } = release();
    const data = { machine: 'release' as const, action: 'wait' };
    write({ ...now(), phase: 'Staging' }, { kind: 'polled', data }, 1);

    expect(replayed(facts(), [])).toEqual([]);
  });
});

describe('a record that was changed by hand', () => {
  const hooks = [held('d-1', 'AfterAllowTraffic')];

  it('differs from its facts in what was changed, and in nothing else', () => {
    const { write, now, facts } = polledTwice();
    write({ ...now(), hooks, listener: 'a token' }, opened, 3);

    expect(changedByHand(now(), facts())).toEqual([]);
    expect(changedByHand({ ...now(), listener: 'another one' }, facts())).toEqual([]);
    expect(
      changedByHand(
        { ...now(), end: 'Promoted', policy: { ...now().policy, bakeMinutes: 99 } },
        facts(),
      ),
    ).toEqual(['policy.bakeMinutes', 'end']);
    expect(changedByHand({ ...now(), hooks: [] }, facts())).toEqual(['hooks']);
  });
});
