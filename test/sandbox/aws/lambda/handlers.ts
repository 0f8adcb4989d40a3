import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { onTestFinished } from 'vitest';

/** Writes the files of a function into a new folder, which ends with the test. */
export const folderOf = (files: Readonly<Record<string, string>>): string => {
  const place = mkdtempSync(join(tmpdir(), 'handler-'));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  const folder = join(place, 'code');
  mkdirSync(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
};

/** The zip that a client uploads. */
export const zipOf = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([path, content]) => [path, Buffer.from(content)]),
    ),
  );

/** An ES module whose handler has this body. */
export const handlerOf = (body: string): Readonly<Record<string, string>> => ({
  'index.mjs': `export const handler = async (event, context) => { ${body} };`,
});
