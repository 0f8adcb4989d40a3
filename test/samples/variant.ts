import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = dirname(dirname(import.meta.dirname));
const samples = join(root, 'samples');

export type Sample = 'web-app' | 'api-function';

/** Versions of a sample that are overlays; 1.0.0 is the folder itself. */
export const overlaysOf = (sample: Sample): string[] =>
  readdirSync(join(samples, sample, 'versions')).sort();

/** Makes one version of a sample as samples/README.md says. The folder lies in the repository, so packages are found. */
export const makeVersion = (
  sample: Sample,
  version: string,
): { folder: string; remove(): void } => {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const folder = mkdtempSync(join(root, 'dist', `${sample}-${version}-`));
  const source = join(samples, sample);
  for (const entry of readdirSync(source))
    if (!['versions', 'node_modules'].includes(entry))
      cpSync(join(source, entry), join(folder, entry), { recursive: true });
  if (version !== '1.0.0') cpSync(join(source, 'versions', version), folder, { recursive: true });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
