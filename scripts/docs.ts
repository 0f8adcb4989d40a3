/** Writes the pages and schemas that are made from the code: `node scripts/docs.ts`, or with `--check` only compares. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { attacksPage } from './docs/attacks-page.ts';
import { badDaysPage } from './docs/bad-days.ts';
import { machinePage } from './docs/machine-page.ts';
import { schemaFiles } from './docs/schemas.ts';
import { readMutants } from './mutants/mutant.ts';

const root = dirname(import.meta.dirname);

const definition = (machine: string) =>
  JSON.parse(readFileSync(join(root, 'statemachines', `${machine}.asl.json`), 'utf8'));

/** A JSON text as the linter wants it. */
const formatted = (path: string, text: string): string =>
  execFileSync(
    join(root, 'node_modules', '.bin', 'biome'),
    ['format', `--stdin-file-path=${path}`],
    { cwd: root, input: text, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] },
  );

/** Every document that is made from the code: its text by its path in the repository. */
export const documents = (): Readonly<Record<string, string>> => {
  const schemas = Object.entries(schemaFiles()).map(([file, text]) => {
    const path = `docs/${file}`;
    return [path, formatted(path, text)];
  });
  return {
    ...Object.fromEntries(schemas),
    'docs/attacks.md': attacksPage(
      readFileSync(join(root, 'docs', 'attacks.md'), 'utf8'),
      readMutants(join(root, 'test', 'mutants')),
    ),
    'docs/bad-days.md': badDaysPage(join(root, 'samples', 'scenarios')),
    'statemachines/README.md': machinePage(definition('release'), definition('rollback')),
  };
};

/** Writes the documents into a folder. */
export const writeDocuments = (folder: string): void => {
  for (const [path, text] of Object.entries(documents())) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
};

/** Paths of the documents in a folder that are missing, or are not what the code says now. */
export const staleDocuments = (folder: string): readonly string[] =>
  Object.entries(documents())
    .filter(([path, text]) => {
      const file = join(folder, path);
      return !existsSync(file) || readFileSync(file, 'utf8') !== text;
    })
    .map(([path]) => path);

/** Writes, or with `--check` compares and fails by exit code 1. */
export const main = (parameters: readonly string[]): void => {
  if (!parameters.includes('--check')) {
    writeDocuments(root);
    return;
  }
  const stale = staleDocuments(root);
  if (stale.length === 0) return;
  console.error(`Not what the code says: ${stale.join(', ')}. Run: node scripts/docs.ts`);
  process.exitCode = 1;
};

if (import.meta.main) main(process.argv.slice(2));
