import { NO_WAITS, Waits } from '../../core/checks/patience.ts';
import { waitsKey } from '../../core/keys.ts';
import { change, read } from './table.ts';

const parse = (body: unknown): Waits => (body === undefined ? NO_WAITS : Waits.parse(body));

/** How often a release has waited for each of what it waits for before it starts. */
export const readWaits = async (pair: string, release: string): Promise<Waits> =>
  parse((await read(waitsKey(pair, release)))?.body);

/** Keeps it for the next try. */
export const keepWaits = async (pair: string, release: string, waits: Waits): Promise<void> => {
  await change(waitsKey(pair, release), parse, () => waits);
};
