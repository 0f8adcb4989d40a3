import { expect, it } from 'vitest';
import type { TargetObservation } from '../../../core/deployments/observation.ts';
import type { TargetRecord } from '../../../core/record/record.ts';
import { wayBack } from '../../../core/way-back/way-back.ts';
import { atMinute, deployment, lambdaRecord, momentAfter, reading, record } from '../fixture.ts';

const succeeded = deployment({ status: 'Succeeded' });
/** A step that was ordered an hour and a half before minute 10, and never again. */
const undriven = { do: 'stop', since: momentAfter(-81), at: momentAfter(-81) };
const late = { backSince: momentAfter(-81) };

/** The rollback of a function at minute 10. */
it.each<[string, Partial<TargetRecord>, Partial<TargetObservation>, string]>([
  [
    'a step that nobody has ordered for long is taken, however late',
    { ...late, tried: undriven },
    { forward: deployment() },
    'stop',
  ],
  [
    'a step that was ordered all the while is given up',
    { ...late, tried: { ...undriven, at: momentAfter(9) } },
    { forward: deployment() },
    'give-up',
  ],
  [
    'traffic that was read elsewhere a moment ago is read again: what is read may be behind',
    { liveSince: momentAfter(9.9) },
    { live: 'mixed', forward: succeeded },
    'wait',
  ],
  [
    'it is read again too when nobody has driven the release for long',
    { ...late, liveSince: momentAfter(9.9) },
    { live: 'mixed', forward: succeeded },
    'wait',
  ],
  [
    'traffic that was read there before is set right',
    { liveSince: momentAfter(9) },
    { live: 'mixed', forward: succeeded },
    'restore',
  ],
  [
    'traffic need not show yet a deployment that has just gone back',
    { back: ['a', 'b', 'd-back'] },
    {
      forward: succeeded,
      back: deployment({ id: 'd-back', status: 'Succeeded', completedAt: atMinute(9.9) }),
    },
    'wait',
  ],
])('on the rollback %s', (_, known, read, step) => {
  const target = lambdaRecord({ launching: true, forward: 'd-1', ...known });
  const release = record({ decision: 'rollback', targets: [target] });

  expect(wayBack(release, target, reading({ live: '2', ...read }), atMinute(10)).do).toBe(step);
});
