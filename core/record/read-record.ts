import { orderOfToday, stepOfToday } from '../drivers/former-words.ts';
import { parsed } from '../text/parsed.ts';
import { remembered } from '../text/remembered.ts';
import { ReleaseRecord, type TargetRecord } from './record.ts';

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

/** The last step in the ledger, as the record of a target keeps it, in the words of today. */
const toldOfToday = (told: string): string => {
  try {
    const { step, ...more } = JSON.parse(told);
    return JSON.stringify({ step: stepOfToday(step), ...more });
  } catch {
    return told;
  }
};

/** A target whose rollback a Tandem of before has told in the words of a platform. */
const targetOfToday = ({ tried, refused, toldStep, ...target }: TargetRecord): TargetRecord => ({
  ...target,
  ...(tried ? { tried: { ...tried, do: orderOfToday(tried.do) } } : {}),
  ...(refused ? { refused: refused.map((one) => ({ ...one, do: orderOfToday(one.do) })) } : {}),
  ...(toldStep === undefined ? {} : { toldStep: toldOfToday(toldStep) }),
});

const recordOfToday = (record: ReleaseRecord): ReleaseRecord => ({
  ...record,
  targets: Object.fromEntries(
    Object.entries(record.targets).map(([name, target]) => [name, targetOfToday(target)]),
  ),
});

const read = (body: unknown): ReleaseRecord => {
  const found = ReleaseRecord.safeParse(body);
  if (found.success) return recordOfToday(found.data);
  const unknown = found.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [],
  );
  return recordOfToday(parsed(ReleaseRecord, unknown.reduce(without, body), 'record'));
};

/** Records that are kept: each of them is read several times, by one function after the other, until it is changed. */
const KEPT = 32;

/**
 * Reads a record that another version of Tandem may have written: what this one does not know is left out, since a
 * release under way must be carried on by whatever Tandem is there. Throws a ContractError where anything else is
 * wrong. Nobody can change what it gives: whoever reads the same again gets it too.
 */
export const readRecord = remembered(read, KEPT);
