#!/usr/bin/env node
/** The command `tandem`. Plain JavaScript, so that an old Node reads it and says what to do. */
import { run } from '../scripts/on-node-24.mjs';

await run('cli/main.ts', process.argv.slice(2));
