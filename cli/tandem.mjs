#!/usr/bin/env node
/** The command `tandem`. Plain JavaScript, so that an old Node reads it and says what to do. */
import { isClone, run } from '../scripts/on-node-24.mjs';

await run(isClone ? 'cli/main.ts' : 'lib/cli/main.js', process.argv.slice(2));
