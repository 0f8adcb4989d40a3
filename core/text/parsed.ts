/** Reads a value by its schema, where another one is a broken contract. */
import type * as z from 'zod/mini';
import { ContractError } from './errors.ts';
import { faultText } from './faults.ts';

/** The value as its schema gives it. Throws a ContractError that names `what` and its first faults. */
export const parsed = <Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
  what: string,
): z.output<Schema> => {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new ContractError(`${what}: ${faultText(read.error, 'it')}`);
};
