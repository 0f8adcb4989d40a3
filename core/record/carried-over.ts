/** Records of a Tandem that kept its ledger in them: their lines become the first fact. */
import * as z from 'zod/mini';
import type { Happening } from '../facts/append.ts';
import type { Actor } from '../facts/fact.ts';
import { Moment, Text } from '../text/schema.ts';
import type { ReleaseRecord } from './record.ts';

const Line = z.object({ at: Moment, what: Text });

const Old = z.object({
  ledger: z._default(z.array(z.unknown()), []),
  /** Orders of people that it had not written into its ledger yet. */
  commands: z.object({ orders: z._default(z.array(Text), []) }),
});

/** The ledger of a record that another Tandem kept in it; empty where there is none. A line that cannot be read is left out. */
export const keptLines = (body: unknown): readonly z.infer<typeof Line>[] => {
  const old = Old.safeParse(body);
  if (!old.success) return [];
  const lines = old.data.ledger.flatMap((one) => Line.safeParse(one).data ?? []);
  const at = lines.at(-1)?.at;
  return at === undefined
    ? lines
    : [...lines, ...old.data.commands.orders.map((what) => ({ at, what }))];
};

/** The first fact of a record without facts: all of the record, and the lines of its ledger as they were. */
export const carriedOver = (record: ReleaseRecord, body: unknown, by: Actor): Happening => {
  const lines = [...keptLines(body)];
  const at = lines.at(-1)?.at ?? record.times.started;
  return { at, by, what: [{ kind: 'carried-over', data: { lines } }] };
};
