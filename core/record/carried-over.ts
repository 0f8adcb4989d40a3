/** Records of a Tandem that kept its ledger in them: their lines become the first fact. */
import * as z from 'zod/mini';
import type { Happening } from '../facts/append.ts';
import type { Actor } from '../facts/fact.ts';
import { Moment, Text } from '../text/schema.ts';
import type { ReleaseRecord } from './record.ts';

const Old = z.object({
  ledger: z.array(z.object({ at: Moment, what: Text })),
  /** Orders of people that it had not written into its ledger yet. */
  commands: z.object({ orders: z._default(z.array(Text), []) }),
});

/** What a record without facts is told by: everything it says, and the lines of its ledger as they were. */
export const carriedOver = (record: ReleaseRecord, body: unknown, by: Actor): Happening => {
  const old = Old.safeParse(body);
  const lines = old.success ? old.data.ledger : [];
  const at = lines.at(-1)?.at ?? record.times.started;
  const orders = old.success ? old.data.commands.orders.map((what) => ({ at, what })) : [];
  return { at, by, what: [{ kind: 'carried-over', data: { lines: [...lines, ...orders] } }] };
};
