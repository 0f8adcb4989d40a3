import { expect, it } from 'vitest';
import { Scenario } from '../../rehearsal/scenario/scenario.ts';
import { shrunk } from '../../simulation/shrink.ts';

const scenario = Scenario.parse({
  fault: 'an example',
  steps: [
    { note: 'needed' },
    { note: 'one' },
    { release: { api: '2.0.0' } },
    { note: 'two' },
    { note: 'needed too' },
  ],
  expect: { releases: [] },
});

it('leaves out every step without which the law is broken all the same, and keeps the release', async () => {
  const breaks = async ({ steps }: Scenario) =>
    ['needed', 'needed too'].every((text) => steps.some(({ note }) => note === text));

  expect((await shrunk(scenario, breaks)).steps).toEqual([
    { note: 'needed' },
    { release: { api: '2.0.0' }, as: 'first' },
    { note: 'needed too' },
  ]);
});

it('keeps everything of a schedule that breaks the law only as a whole', async () => {
  expect(await shrunk(scenario, async () => false)).toEqual(scenario);
});
