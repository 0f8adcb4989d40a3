import { ENVIRONMENT } from '../../core/names.ts';
import { simulatedFunctions } from '../../rehearsal/stage/simulated-functions.ts';

/**
 * The functions that all simulations of a process share: loading them takes as long as five releases. Those of the
 * sample are small, and a bad version counts its requests: each simulation loads its own.
 */
export const functions = simulatedFunctions((variables) =>
  Object.hasOwn(variables, ENVIRONMENT.table),
);
