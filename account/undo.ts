/** Makes the release that undoes a promoted one: from what it went to, back to what it came from. */
import { movingTargets, type ReleaseRecord } from '../core/record/record.ts';
import { ReleaseInput, type Wanted } from '../core/release/input.ts';
import { goesBack } from '../core/release/intent.ts';
import { toMilliseconds } from '../core/text/time.ts';
import type { Account } from './account.ts';
import type { UndoneTarget } from './drivers/driver.ts';
import { undoingOf } from './drivers/drivers.ts';
import { recordsOf } from './records.ts';

/** Why a release cannot be undone, judged by all releases of its pair; undefined when it can. @internal */
export const undoProblem = (
  { release, end, phase, times }: ReleaseRecord,
  all: readonly ReleaseRecord[],
): string | undefined => {
  if (!end) return `${release} is ${phase}: npx tandem abort ${release} rolls it back`;
  if (end === 'NeedsAttention')
    return `${release} needs attention: npx tandem get ${release} shows what to run now`;
  if (end !== 'Promoted') return `${release} ended ${end}: it has left nothing to undo`;
  const later = all.find(
    (other) => other.times.started > times.started && (!other.end || other.end === 'Promoted'),
  );
  if (!later) return undefined;
  return later.end
    ? `${later.release} was promoted after ${release}: undo that one, or name revisions with npx tandem start`
    : `${later.release} is under way: abort it, or wait for its end`;
};

/** The targets that a release has moved. Throws a sentence if one has no revision before. */
const undoneTargets = (record: ReleaseRecord): readonly UndoneTarget[] =>
  movingTargets(record).map(({ from, ...target }) => {
    if (!from) throw new Error(`it is not known what ${target.name} ran before`);
    return { ...target, from };
  });

/** The input of the release that undoes another one. Only older revisions may skip the proof, so a rollback is undone by an ordinary release. @internal */
export const undoOf = (
  { release, pair, intent }: ReleaseRecord,
  targets: Readonly<Record<string, Wanted>>,
  requestedBy: string,
  reason = `Undo of ${release}`,
): ReleaseInput =>
  ReleaseInput.parse({
    ...{ pair, targets, requestedBy, reason },
    // Whoever undoes a rollback asks again for what it rolled back.
    ...(goesBack({ intent }) ? { intent: 'release', again: reason } : { intent: 'rollback' }),
  });

/** The input of the release that undoes another one. Throws a sentence when that one cannot be undone. */
export const undoInput = async (
  account: Account,
  record: ReleaseRecord,
  { by = account.caller, reason }: { readonly by?: string; readonly reason?: string },
): Promise<ReleaseInput> => {
  const { releases } = await recordsOf(account).list(record.pair);
  const problem = undoProblem(record, releases);
  if (problem) throw new Error(problem);
  const started = toMilliseconds(record.times.started);
  const targets = await Promise.all(
    undoneTargets(record).map(async (target) => [
      target.name,
      await undoingOf(target.registration).wantedBefore(account, target, started),
    ]),
  );
  return undoOf(record, Object.fromEntries(targets), by, reason);
};

/** A sentence for each target whose next release would bring back the revision that the undo of this release rolls back. */
export const leftBehind = async (
  account: Account,
  record: ReleaseRecord,
): Promise<readonly string[]> => {
  const sentences = await Promise.all(
    undoneTargets(record).map((target) =>
      undoingOf(target.registration).leftBehind(account, target),
    ),
  );
  return sentences.filter((one) => one !== undefined);
};
