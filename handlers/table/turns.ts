import * as z from 'zod/mini';
import { turnKey } from '../../core/keys.ts';
import { change, read } from './table.ts';

const Place = z.strictObject({ release: z.string(), execution: z.string(), since: z.string() });

/** The turn of a pair: one owner, at most one that waits. It never expires: whoever takes it over proves that the owner is gone. */
const Turn = z.strictObject({
  owner: z.optional(Place),
  waiting: z.optional(
    z.extend(Place, { token: z.string(), goesBack: z.optional(z.literal(true)) }),
  ),
  attention: z.optional(z.strictObject({ release: z.string(), since: z.string() })),
  left: z.optional(z.string()),
});
export type Turn = z.infer<typeof Turn>;

const parse = (body: unknown): Turn => Turn.parse(body ?? {});

/** The turn of a pair as it stands. */
export const readTurn = async (pair: string): Promise<Turn> =>
  parse((await read(turnKey(pair)))?.body);

/** Changes the turn of a pair by condition; gives it before and after. */
export const changeTurn = (pair: string, edit: (turn: Turn) => Turn) =>
  change(turnKey(pair), parse, edit);
