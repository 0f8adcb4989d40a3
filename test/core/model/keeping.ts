/** The record of a release in the model's table: how it is read, and the laws that every change of it must keep. */

import { isStopped } from '../../../core/record/pending-commands.ts';
import { readRecord } from '../../../core/record/read-record.ts';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import { frozen } from './frozen.ts';

/** What a change of the record breaks, whoever makes it. */
const brokenBy = (before: ReleaseRecord, after: ReleaseRecord): readonly string[] => {
  const broken: string[] = [];
  if (before.decision === 'rollback' && after.decision !== 'rollback')
    broken.push('a rollback was rolled back');
  if (before.decision === 'promote' && after.decision === 'none')
    broken.push('a decision was forgotten');
  if (before.end && after.end !== before.end) broken.push('an end was changed');
  if (before.end && after.decision !== before.decision)
    broken.push('something was decided about a release after its end');
  if (before.decision === 'none' && after.decision === 'promote') {
    if (isStopped(before)) broken.push('a release was promoted although a person had stopped it');
    if (before.blindSince) broken.push('a release was promoted blind');
  }
  if (!before.times.guardEnded && after.times.guardEnded && before.blindSince)
    broken.push('the guard was ended blind');
  return broken;
};

/** A newer Tandem writes one version of the record in so many. */
const OWN_VERSIONS = 6;

/** Keeps the record of a release. */
export const keep = (
  first: ReleaseRecord,
  about: {
    readonly wrong: Set<string>;
    readonly moment: () => string;
    /** Whether a newer Tandem writes members that this one does not know. */
    readonly hasUnknownMembers: () => boolean;
    /** Sees every change. */
    readonly onChange: (before: ReleaseRecord, after: ReleaseRecord) => void;
  },
) => {
  let body = frozen(first);
  let versions = 0;
  let read: { readonly body: ReleaseRecord; readonly record: ReleaseRecord } | undefined;

  const record = (): ReleaseRecord => {
    if (versions % OWN_VERSIONS > 0 || !about.hasUnknownMembers()) return body;
    if (read?.body !== body) {
      const targets = Object.fromEntries(
        Object.entries(body.targets).map(([name, one]) => [name, { ...one, mood: 'sunny' }]),
      );
      // As DynamoDB gives it: members without a value are not there.
      const stored = JSON.parse(JSON.stringify({ ...body, targets, weather: 'fair' }));
      read = { body, record: frozen(readRecord(stored)) };
    }
    return read.record;
  };

  const change = (edit: (record: ReleaseRecord) => ReleaseRecord, line?: string): ReleaseRecord => {
    const before = record();
    const edited = edit(before);
    if (edited === before) return before;
    // Only the last fact with a line in the ledger counts for anything.
    const told = line === undefined ? before.facts?.told : { kind: line, at: about.moment() };
    const facts = { count: 1, hash: 'none', ...(told ? { told } : {}) };
    body = frozen({ ...edited, facts });
    versions += 1;
    for (const law of brokenBy(before, body)) about.wrong.add(law);
    about.onChange(before, body);
    return body;
  };

  return {
    record,
    change,
    /** The table is restored: an old record is there again. */
    restore: (old: ReleaseRecord): void => {
      body = old;
    },
  };
};
