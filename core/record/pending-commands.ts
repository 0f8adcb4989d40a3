import { written } from './ledger.ts';
import type { ReleaseRecord } from './record.ts';

/** Whether people have stopped the release: nothing may be begun that goes forward. */
export const isStopped = ({ commands: { hold, abort } }: ReleaseRecord): boolean =>
  hold || abort !== undefined;

/** Moves the orders of people into the ledger, at the moment at which the release heard them. */
export const noted = (record: ReleaseRecord, at: string): ReleaseRecord => {
  const { orders } = record.commands;
  if (orders.length === 0) return record;
  const told = orders.reduce((ledger, order) => written(ledger, at, order), record);
  return { ...told, commands: { ...record.commands, orders: [] } };
};
