import { ENVIRONMENT } from '../core/names.ts';

/** Reads one variable of the handler's environment; a missing one is a defect of the stack. */
export const environment = (name: keyof typeof ENVIRONMENT): string => {
  const value = process.env[ENVIRONMENT[name]];
  if (!value) throw new Error(`the handler's environment lacks ${ENVIRONMENT[name]}`);
  return value;
};
