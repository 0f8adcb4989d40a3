import { loadedFunctions } from '../../sandbox/sandbox.ts';

/** The functions that all simulations of a process share: loading them takes as long as five releases. */
export const functions = loadedFunctions();
