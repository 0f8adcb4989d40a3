import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TargetObservation } from '../../../core/deployments/observation.ts';
import { stateOf } from '../../../core/drivers/deployment.ts';
import { absorb } from '../../../core/protocol/apply-observation.ts';
import type { TargetRecord } from '../../../core/record/record.ts';
import { nextBack, wayBack } from '../../../core/way-back/way-back.ts';
import { situations } from '../arbitrary.ts';
import {
  atMinute,
  codesOf,
  deployment,
  ecsRecord,
  lambdaRecord,
  momentAfter,
  observation,
  reading,
  record,
} from '../fixture.ts';
import { frozen } from '../model/frozen.ts';

const gone = { launching: true, forward: 'd-1' };
const lost = (minutesAgo: number) =>
  deployment({ status: 'Stopped', completedAt: atMinute(10 - minutesAgo) });
const back = (change = {}) => deployment({ id: 'd-back', ...change });

describe('nextBack', () => {
  const at = (
    minute: number,
    web: TargetRecord,
    read: Partial<TargetObservation>,
    api = lambdaRecord({ equalReads: 3 }),
  ) =>
    nextBack(
      frozen(record({ decision: 'rollback', targets: [web, api] })),
      frozen(observation(minute, { web: reading(read), api: reading({ live: '1' }) })),
    );
  const running = { live: 'mixed', forward: deployment() };

  it('is done when every target was read back three times', () => {
    const { record: after_, next } = at(10, ecsRecord({ ...gone, equalReads: 3 }), {
      live: 'web:1',
    });
    expect(next).toEqual({ action: 'proceed', step: 'close-release' });
    expect(after_.takenBack).toBe('back');
  });

  it('waits two minutes for a deployment whose creation nobody saw, and for none that was refused as busy', () => {
    const web = ecsRecord({ launching: true, equalReads: 3, backSince: momentAfter(10) });
    const read = { live: 'web:1' };
    expect(at(11, web, read).next).toMatchObject({ action: 'wait', seconds: 5 });
    expect(at(12, web, read).record.takenBack).toBe('back');

    const busy = { since: momentAfter(9), last: momentAfter(9) };
    expect(at(11, { ...web, busy }, read).record.takenBack).toBe('back');
  });

  it('reads again soon while every target is where it should be, and later while one is on its way', () => {
    const api = lambdaRecord({ equalReads: 1 });
    const there = { live: 'web:1', forward: lost(5) };
    expect(at(10, ecsRecord({ ...gone, equalReads: 2 }), there, api).next).toMatchObject({
      action: 'wait',
      seconds: 5,
    });
    const moving = { forward: lost(2), back: back() };
    expect(at(10, ecsRecord(gone), moving, api).next).toMatchObject({
      action: 'wait',
      seconds: 15,
    });
  });

  it('takes a step, and gives it time to work before it takes it again', () => {
    const first = at(10, ecsRecord(gone), running);
    expect(first.next).toEqual({ action: 'proceed', step: 'take-back-target' });
    const web = first.record.targets.web!;
    expect(web.tried).toEqual({ do: 'stop', since: momentAfter(10), at: momentAfter(10) });
    expect(at(10, web, running).next).toMatchObject({ action: 'wait', seconds: 15 });
    expect(at(10.25, web, running).next).toMatchObject({ action: 'wait', seconds: 15 });
    const second = at(11, web, running);
    expect(second.next).toEqual({ action: 'proceed', step: 'take-back-target' });
    expect(second.record.targets.web!.tried).toEqual({
      do: 'stop',
      since: momentAfter(10),
      at: momentAfter(11),
    });
  });

  it('begins a step anew that nobody has ordered for long', () => {
    const tried = { do: 'stop', since: momentAfter(0), at: momentAfter(0) };
    const { record: after } = at(10, ecsRecord({ ...gone, tried }), running);
    expect(after.targets.web!.tried).toEqual({
      ...tried,
      since: momentAfter(10),
      at: momentAfter(10),
    });
  });

  it('takes another step at once', () => {
    const tried = { do: 'stop', since: momentAfter(10), at: momentAfter(10) };
    const web = ecsRecord({ ...gone, tried });
    const { next } = at(10, web, { live: 'web:2', forward: deployment({ status: 'Succeeded' }) });
    expect(next).toEqual({ action: 'proceed', step: 'take-back-target' });
  });

  it('walks every target as far as it goes before it calls a person', () => {
    const stuck = ecsRecord({ ...gone, back: ['a', 'b', 'c'] });
    const read = { live: 'web:2', forward: lost(5), back: back({ status: 'Failed' }) };
    const waiting = at(10, stuck, read, lambdaRecord({ equalReads: 1 }));
    expect(waiting.next.action).toBe('wait');
    expect(waiting.record.takenBack).toBeUndefined();

    const given = at(10, stuck, read);
    expect(given.next).toEqual({ action: 'proceed', step: 'close-release' });
    expect(given.record.takenBack).toBe('stuck');
    expect(codesOf(given.record.reasons)).toEqual(['take-back-failed']);
  });

  describe('of a target that cannot be read', () => {
    const unread = (minute: number, web: TargetRecord, api = lambdaRecord({ equalReads: 3 })) => {
      const seen = {
        ...observation(minute, api.equalReads > 0 ? { api: reading({ live: '1' }) } : {}),
        unread: { web: 'AccessDeniedException: no' },
      };
      const going = record({ decision: 'rollback', targets: [web, api] });
      return nextBack(frozen(absorb(going, seen)), frozen(seen));
    };

    it('waits for it, from its beginning on', () => {
      const { next, record: after_ } = unread(10, ecsRecord(gone));
      expect(next).toMatchObject({ action: 'wait', seconds: 15 });
      expect(after_.targets.web!.backSince).toBe(momentAfter(10));
    });

    it('gives up after an hour and a half, and says why it could not be read', () => {
      const { next, record: after_ } = unread(
        101,
        ecsRecord({ ...gone, backSince: momentAfter(10) }),
      );
      expect(next).toEqual({ action: 'proceed', step: 'close-release' });
      expect(after_.takenBack).toBe('stuck');
      expect(after_.reasons.map(({ text }) => text)).toEqual([
        expect.stringContaining('web could not be read: AccessDeniedException: no'),
      ]);
    });

    it('goes on with the others meanwhile', () => {
      const web = ecsRecord({ ...gone, backSince: momentAfter(10) });
      const api = lambdaRecord({ ...gone, equalReads: 1 });
      expect(unread(200, web, api).record.takenBack).toBeUndefined();
    });

    it('needs nobody when it was never deployed to', () => {
      const { next, record: after_ } = unread(10, ecsRecord());
      expect(next).toEqual({ action: 'proceed', step: 'close-release' });
      expect(after_.takenBack).toBe('back');
    });
  });

  it('has an answer to every valid record, and never starts beside a deployment under way', () => {
    fc.assert(
      fc.property(situations, ({ record: before, observation: seen }) => {
        const going = frozen(absorb({ ...before, decision: 'rollback' }, seen));
        const { next, record: after_ } = nextBack(going, frozen(seen));
        if (next.action === 'wait') expect(next.seconds).toBeGreaterThan(0);
        expect(nextBack(going, seen)).toEqual({ next, record: after_ });
        for (const target of Object.values(going.targets)) {
          const read = seen.targets[target.name];
          if (!read || wayBack(going, target, read, seen.now).do !== 'redeploy') continue;
          const under = [read.forward, read.back].map((one) => stateOf(one));
          expect(['absent', 'done', 'lost']).toEqual(expect.arrayContaining(under));
        }
      }),
      { numRuns: 3000 },
    );
  });
});
