import { ENVIRONMENT, LINK_ENVIRONMENT } from '../../core/names.ts';

const VARIABLES = { ...ENVIRONMENT, ...LINK_ENVIRONMENT } as const;

/** Reads one variable that only some stacks give; undefined where this one does not. */
export const optional = (name: keyof typeof LINK_ENVIRONMENT): string | undefined =>
  process.env[VARIABLES[name]] || undefined;

/** Reads one variable of the handler's environment; a missing one is a defect of the stack. */
export const environment = (name: keyof typeof VARIABLES): string => {
  const value = process.env[VARIABLES[name]];
  if (!value) throw new Error(`the handler's environment lacks ${VARIABLES[name]}`);
  return value;
};
