import { describe, expect, it } from 'vitest';
import { readRecord } from '../../../core/record/read-record.ts';
import { ecsRecord, held, record } from '../fixture.ts';

const known = record({ targets: [ecsRecord()], hooks: [held('d-1', 'AfterAllowTraffic')] });

describe('a record that another version of Tandem wrote', () => {
  it('is read without what this one does not know, at any depth', () => {
    const newer = {
      ...known,
      tomorrow: true,
      times: { ...known.times, tomorrow: '2026-11-23T09:00:00.000Z' },
      hooks: known.hooks.map((hook) => ({ ...hook, tomorrow: { deep: 1 } })),
      targets: {
        web: { ...known.targets.web, tomorrow: [], lane: { ...known.targets.web!.lane, x: 1 } },
      },
    };

    expect(readRecord(newer)).toEqual(known);
  });

  it('is not read where anything else is wrong: a decision is never guessed', () => {
    expect(() => readRecord({ ...known, decision: 'perhaps' })).toThrow();
    expect(() => readRecord({ ...known, tomorrow: true, decision: 'perhaps' })).toThrow();
    expect(() => readRecord(undefined)).toThrow();
  });
});

describe('a record that names steps of a rollback by the words of a platform', () => {
  const at = '2026-11-23T09:00:00.000Z';

  it('is read in the words of today: what was tried, refused and told counts on', () => {
    const step = { did: 'continue', deployment: 'd-2', wait: 'READY_WAIT' };
    const older = ecsRecord({
      tried: { do: 'continue TERMINATION_WAIT', since: at, at },
      refused: [
        { do: 'restore-alias', why: 'denied' },
        { do: 'stop', why: 'late' },
      ],
      toldStep: JSON.stringify({ step, refused: 'READY_WAIT' }),
    });
    const { web } = readRecord(record({ targets: [older] })).targets;

    expect(web).toEqual({
      ...older,
      tried: { do: 'continue guard', since: at, at },
      refused: [
        { do: 'restore', why: 'denied' },
        { do: 'stop', why: 'late' },
      ],
      toldStep: JSON.stringify({ step: { ...step, wait: 'start' }, refused: 'READY_WAIT' }),
    });
    expect(readRecord(record({ targets: [web!] })).targets.web).toEqual(web);
  });
});
