import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStage } from '../../rehearsal/stage/stage.ts';
import { synthesizeAdoption } from './existing.ts';
import { functions } from './functions.ts';
import { adoptAndRelease } from './shop.ts';

it('a service and a function that ran before are adopted by a stack that imports them, and released', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'adoption-'));
  const stage = await openStage({ setting: { kind: 'simulation', functions } });

  try {
    const { ended, record } = await adoptAndRelease(stage, folder, (found) =>
      synthesizeAdoption(folder, found),
    );

    expect(ended.cause).toBeUndefined();
    expect(record?.end).toBe('Promoted');
    expect(record?.targets.web?.to?.name).toBe('shop-web:2');
    expect(record?.targets.api?.to?.name).toBe('2');
  } finally {
    await stage.close();
  }
});
