import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sandboxPolicy } from '../../../rehearsal/session/sandbox-policy.ts';

const folder = mkdtempSync(join(tmpdir(), 'environments-'));
writeFileSync(join(folder, 'night.json'), '{"policy":{"bakeMinutes":7}}');
writeFileSync(join(folder, 'wrong.json'), '{"policy":{"bakeMinutes":70}}');

describe('the policy of the pair in a sandbox', () => {
  it('is the sample’s own unless somebody wishes for another one', async () => {
    expect(await sandboxPolicy({}, folder)).toBeUndefined();
  });

  it('is that of an environment, and asks for approvals when that is wished for', async () => {
    const night = await sandboxPolicy({ environment: 'night' }, folder);
    const asking = await sandboxPolicy({ environment: 'night', approval: true }, folder);

    expect(night).toMatchObject({ bakeMinutes: 7, approval: 'none' });
    expect(asking).toMatchObject({ bakeMinutes: 7, approval: 'required' });
    expect(await sandboxPolicy({ approval: true }, folder)).toMatchObject({ approval: 'required' });
  });

  it('is refused in a sentence where the file is missing or wrong', async () => {
    await expect(sandboxPolicy({ environment: 'none' }, folder)).rejects.toThrow(
      /^There is no file .*none\.json\. Name an environment by its file in environments\//,
    );
    await expect(sandboxPolicy({ environment: 'wrong' }, folder)).rejects.toThrow(
      '"bakeMinutes" must be at most 40',
    );
  });
});
