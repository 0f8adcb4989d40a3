#!/usr/bin/env node
/**
 * Runs a TypeScript entry on Node 24 or newer, or says what to do: `node scripts/on-node-24.mjs <entry> [arguments]`.
 * Without an entry it only checks.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const OLDEST = 24;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Folder of the npm package `node`: ours in a clone, that of the app in which the package is installed. */
const nodePackage = () => {
  try {
    return dirname(createRequire(import.meta.url).resolve('node/package.json'));
  } catch {
    return join(root, 'node_modules', 'node');
  }
};

/** Where the npm package `node` puts its binary once its install script has run. */
const ours = join(nodePackage(), 'bin', 'node');

/** A clone has the sources. The package has what was made of them. */
export const isClone = existsSync(join(root, 'cli', 'main.ts'));

const major = (version) => Number(version.replace(/^v/, '').split('.')[0]);

const isUsable = (binary) => {
  const found = existsSync(binary)
    ? spawnSync(binary, ['--version'], { encoding: 'utf8' })
    : undefined;
  return found?.status === 0 && major(found.stdout.trim()) >= OLDEST;
};

/** Runs the entry in our own Node; ends as it ends. Whoever signals this process means that one. */
const runInOurs = async (entry, parameters) => {
  const child = spawn(ours, [resolve(root, entry), ...parameters], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  const [code, signal] = await once(child, 'exit');
  process.exit(code ?? 128 + constants.signals[signal]);
};

/** Runs `entry` in this process, or in our own newer Node, or explains. */
export const run = async (entry, parameters) => {
  if (isClone && !existsSync(join(root, 'node_modules'))) {
    console.error('Tandem is not installed yet. Run: npm ci');
    process.exit(1);
  }
  if (major(process.version) >= OLDEST) {
    if (!entry) return;
    process.argv = [process.argv[0], resolve(root, entry), ...parameters];
    const module = await import(pathToFileURL(resolve(root, entry)).href);
    await module.main?.(parameters);
    return;
  }
  if (isUsable(ours)) {
    if (entry) await runInOurs(entry, parameters);
    return;
  }
  console.error(
    [
      `Tandem runs on Node ${OLDEST} or newer; this is Node ${process.version.slice(1)}.`,
      ...(isClone
        ? [
            'It brings its own through the npm package "node", whose install script has not run.',
            'Do one of these:',
            '  npm ci                      without --ignore-scripts',
            '  npm rebuild node            runs the one script that is missing',
            `  install Node ${OLDEST} yourself and run this again`,
          ]
        : [
            'Do one of these:',
            `  npm install --save-dev node@${OLDEST}   brings one for this app; its install script must be allowed to run`,
            `  install Node ${OLDEST} yourself and run this again`,
          ]),
    ].join('\n'),
  );
  process.exit(1);
};

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [entry, ...parameters] = process.argv.slice(2);
  await run(entry, parameters);
}
