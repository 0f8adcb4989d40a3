#!/usr/bin/env node
/** The command `tandem`. Plain JavaScript, so that an old Node reads it and says what to do. */
import { existsSync } from 'node:fs';
import { run } from '../scripts/on-node-24.mjs';

// The repository has the sources; the package has what was made of them.
const entry = existsSync(new URL('main.ts', import.meta.url)) ? 'cli/main.ts' : 'lib/cli/main.js';

await run(entry, process.argv.slice(2));
