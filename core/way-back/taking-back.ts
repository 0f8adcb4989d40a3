/** What a step of a target's rollback leaves in the record. */
import { type ReleaseRecord, withTarget } from '../record/record.ts';
import { LONGEST_TRIES, orderOf, type WayBack } from './way-back.ts';

/** Whether a release is rolling back: before its decision, and after its end, nothing may be rolled back in its name. */
export const mayTakeBack = ({ decision, takenBack, end }: ReleaseRecord): boolean =>
  decision === 'rollback' && takenBack === undefined && end === undefined;

/** The record of a release that begins to bring a target back. */
export const takingBack = (record: ReleaseRecord, name: string, now: string): ReleaseRecord =>
  !mayTakeBack(record) || record.targets[name]?.backSince
    ? record
    : withTarget(record, name, { backSince: now });

/** The record with a deployment that rolls back. Its time begins now: it may have been ordered long ago. */
export const withBack = (
  record: ReleaseRecord,
  name: string,
  id: string,
  now: string,
): ReleaseRecord => {
  const { back = [], tried } = record.targets[name] ?? {};
  if (back.includes(id)) return record;
  return withTarget(record, name, {
    back: [...back, id],
    tried: { do: 'redeploy', at: now, ...tried, since: now },
  });
};

/** The record with a step that was refused; the last ones of a kind are enough to know. */
export const withRefusal = (
  record: ReleaseRecord,
  name: string,
  way: WayBack,
  why: string,
): ReleaseRecord => {
  const known = record.targets[name]?.refused ?? [];
  const order = orderOf(way);
  const others = known.filter((one) => one.do !== order);
  const same = known.filter((one) => one.do === order).slice(1 - LONGEST_TRIES);
  return withTarget(record, name, { refused: [...others, ...same, { do: order, why }] });
};
