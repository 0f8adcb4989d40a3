import { expect, it } from 'vitest';
import { keptObservation } from '../../../core/protocol/kept-observation.ts';
import { deployment, ecsRecord, observation, reading, record } from '../fixture.ts';

const shown = {
  id: 'd-1',
  status: 'Stopped',
  error: { code: 'ALARM_ACTIVE', message: 'red' },
  events: { AllowTraffic: { status: 'Pending' } },
  terminationWait: false,
  rollbackId: 'd-2',
};
const back = { id: 'd-2', status: 'Ready', events: {}, terminationWait: false };

const kept = (forward: object, itsBack: object) =>
  keptObservation({
    targets: record({ targets: [ecsRecord()] }).targets,
    look: {
      machine: 'release',
      observation: {
        now: 1,
        targets: { web: { ...reading(), forward, back: itsBack }, gone: reading() },
      },
      votes: [],
    },
  });

it('readings that a Tandem of before kept are read in the words of today', () => {
  expect(kept(shown, back).targets).toEqual({
    web: reading({ forward: deployment(shown), back: deployment(back) }),
    gone: reading(),
  });
});

it('readings of today are read as they are', () => {
  const today = [deployment(shown), deployment(back)] as const;

  expect(kept(...today)).toEqual(kept(shown, back));
  expect(kept(...today).targets.web).toEqual(
    observation(0, { web: reading({ forward: today[0], back: today[1] }) }).targets.web,
  );
});
