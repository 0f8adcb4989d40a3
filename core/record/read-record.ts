import { parsed } from '../text/parsed.ts';
import { remembered } from '../text/remembered.ts';
import { ReleaseRecord } from './record.ts';

/** A copy of a value without one member. */
const without = (value: unknown, [first, ...rest]: readonly PropertyKey[]): unknown => {
  if (typeof value !== 'object' || value === null || first === undefined) return value;
  if (Array.isArray(value))
    return value.map((item, index) => (index === first ? without(item, rest) : item));
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      if (name !== String(first)) return [[name, member]];
      return rest.length === 0 ? [] : [[name, without(member, rest)]];
    }),
  );
};

const read = (body: unknown): ReleaseRecord => {
  const found = ReleaseRecord.safeParse(body);
  if (found.success) return found.data;
  const unknown = found.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [],
  );
  return parsed(ReleaseRecord, unknown.reduce(without, body), 'record');
};

/** Records that are kept: each of them is read several times, by one function after the other, until it is changed. */
const KEPT = 32;

/**
 * Reads a record that another version of Tandem may have written: what this one does not know is left out, since a
 * release under way must be carried on by whatever Tandem is there. Throws a ContractError where anything else is
 * wrong. Nobody can change what it gives: whoever reads the same again gets it too.
 */
export const readRecord = remembered(read, KEPT);
