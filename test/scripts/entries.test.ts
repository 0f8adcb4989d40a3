/** The commands of npm and of the CDK that run our TypeScript. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const { app, build } = JSON.parse(read('cdk.json'));
const commands: readonly string[] = [
  app,
  build,
  ...Object.values<string>(JSON.parse(read('package.json')).scripts),
].filter((command) => command.includes('.ts'));

describe('a command that runs TypeScript', () => {
  it.each(commands)('runs on Node 24 or says what to do: %s', (command) => {
    expect(command).toMatch(/^node scripts\/on-node-24\.mjs \S+\.ts\b/);
  });

  // On Node 24 the entry is imported: what it does only as the main module would not happen.
  it.each(commands)('has a main to call: %s', (command) => {
    const [entry = ''] = /\S+\.ts/.exec(command) ?? [];

    expect(read(entry)).toMatch(/^export const main = /m);
  });
});
