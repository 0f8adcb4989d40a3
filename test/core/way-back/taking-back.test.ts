import { expect, it } from 'vitest';
import { withBack } from '../../../core/way-back/taking-back.ts';
import { ecsRecord, momentAfter, record } from '../fixture.ts';

const tried = { do: 'redeploy', since: momentAfter(0), at: momentAfter(0) };
const release = record({ decision: 'rollback', targets: [ecsRecord({ tried, back: ['d-1'] })] });

it('gives a deployment that rolls back its time from the moment at which it was created', () => {
  const { back, ...web } = withBack(release, 'web', 'd-2', momentAfter(120)).targets.web!;

  expect(back).toEqual(['d-1', 'd-2']);
  expect(web.tried).toEqual({ ...tried, since: momentAfter(120) });
});

it('gives it that time too where nobody has ordered it before', () => {
  const unordered = record({ decision: 'rollback', targets: [ecsRecord({ back: [] })] });
  const { tried } = withBack(unordered, 'web', 'd-2', momentAfter(120)).targets.web!;

  expect(tried).toEqual({ do: 'redeploy', since: momentAfter(120), at: momentAfter(120) });
});

it('notes a deployment that rolls back once', () => {
  expect(withBack(release, 'web', 'd-1', momentAfter(120))).toBe(release);
});
