import type { Actor } from '../../core/facts/fact.ts';

/** The function that runs now, as facts name who did something; Lambda sets its name. */
export const thisFunction = (): Actor => ({
  handler: process.env.AWS_LAMBDA_FUNCTION_NAME || 'tandem',
});
