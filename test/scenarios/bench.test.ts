import { expect, it } from 'vitest';
import { measureLag } from '../../scripts/bench/lag.ts';

it('the benchmark of the lag plays its releases to their ends, by Tandem without events and by a loop', async () => {
  const { loop, deaf } = await measureLag({ tandem: [], loop: [0], deaf: [0] });

  for (const runs of [loop, deaf])
    expect(runs.map(({ trouble }) => trouble)).toEqual(['in the shift', 'in the guard', 'none']);
});
