import { expect, it } from 'vitest';
import { lettingGo, mayLetGo } from '../../../core/deployments/common-start.ts';
import { ecsRecord, held, lambdaRecord, record } from '../fixture.ts';

const targets = [
  ecsRecord({ forward: 'd-web', launching: true }),
  lambdaRecord({ forward: 'd-api', launching: true }),
];
const ready = { targets, hooks: [held('d-api', 'BeforeAllowTraffic')] };
const abort = { by: 'ada', reason: '' };

it('lets a target go that is held with all others', () => {
  expect(lettingGo(record(ready), 'web').targets.web!.shifted).toBe(true);
});

it.each<[string, Parameters<typeof record>[0]]>([
  ['a person holds the release', { commands: { hold: true } }],
  ['a person has aborted it', { commands: { abort } }],
  ['it rolls back', { decision: 'rollback' }],
  ['another target is not held yet', { hooks: [] }],
])('lets nothing go once %s, whatever was read before', (_, change) => {
  const stopped = record({ ...ready, ...change });

  expect(mayLetGo(stopped)).toBe(false);
  expect(lettingGo(stopped, 'web')).toBe(stopped);
});

it('lets all go once one is: half a start is worse than a late hold', () => {
  const begun = record({
    ...ready,
    targets: [{ ...targets[0]!, shifted: true, released: true }, targets[1]!],
    commands: { hold: true },
  });

  expect(lettingGo(begun, 'api').targets.api!.shifted).toBe(true);
});
