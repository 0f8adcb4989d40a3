import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { main } from '../../infra/app.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('a synth forgets what an earlier one found in the same folder, as that no credentials were there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-out-'));
  const report = join(folder, 'validation-report.json');
  writeFileSync(report, '{"pluginReports":[{"conclusion":"failure"}]}');
  vi.stubEnv('CDK_OUTDIR', folder);

  main();

  expect(existsSync(join(folder, 'tandem.template.json'))).toBe(true);
  expect(existsSync(report)).toBe(false);
});
