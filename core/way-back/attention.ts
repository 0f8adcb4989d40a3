import { isActive, type TargetObservation } from '../deployments/observation.ts';
import { isOfOthers } from '../deployments/of-others.ts';
import { driverOf } from '../drivers/drivers.ts';
import type { TargetRecord } from '../record/record.ts';
import { type Reason, reason } from '../release/reason.ts';
import { revisionText, seenText } from '../release/revision-words.ts';
import { lostBackText } from './lost-back.ts';

/** What is not as it should be with a target, and the commands for a person, line by line. */
interface Stuck {
  readonly text: string;
  readonly run: readonly string[];
}

/** The rollback of a target that waits, or does not come to its end. */
const stuckBack = (
  target: TargetRecord,
  { id, state, status }: NonNullable<TargetObservation['back']>,
): Stuck => {
  const { commands } = driverOf(target.registration);
  const way = `its rollback to ${revisionText(target.from)}, deployment ${id}`;
  if (state === 'held-before')
    return {
      text: `, and ${way}, is ${status} and could not be continued`,
      run: commands.shift(id),
    };
  if (state === 'committed')
    return {
      text: `, and ${way}, still keeps the other tasks and could not be ended`,
      run: commands.endGuard(id),
    };
  return {
    text: `, and ${way}, is still ${status}`,
    run: [...commands.stopAndWait(target, id, { rollsBack: false }), ...commands.bringBack(target)],
  };
};

/** How much of a target's traffic each revision gets, the largest share first, for people. */
const sharesText = (target: TargetRecord, shares: Readonly<Record<string, number>>): string =>
  Object.entries(shares)
    .toSorted(([, one], [, other]) => other - one)
    .map(([revision, share], index) => {
      const percent = `${Number(share.toFixed(1))} %${index === 0 ? ' of traffic' : ''}`;
      return `${percent} on ${seenText(target, revision)}`;
    })
    .join(', ');

/** What a target was seen to serve, for people. */
const servedText = (target: TargetRecord): string => {
  const { live, shares } = target.lane;
  if (!live) return 'an unknown revision';
  if (live !== 'mixed') return seenText(target, live);
  // A record of an earlier version of Tandem has no shares.
  return shares === undefined
    ? 'more than one revision'
    : `more than one revision (${sharesText(target, shares)})`;
};

const stateOf = (target: TargetRecord, reading: TargetObservation | undefined): Stuck => {
  const { lane, from, unread } = target;
  const { commands } = driverOf(target.registration);
  const { forward, back, foreign } = reading ?? {};
  const wanted = revisionText(from);
  if (unread) {
    return {
      text: ` could not be read: ${unread}. It served ${servedText(target)} when it was last seen, and must serve ${wanted}`,
      run: [...commands.findAndWait(target), ...commands.bringBack(target)],
    };
  }
  if (forward && isActive(forward)) {
    const rest = lane.live === from?.name ? [] : commands.bringBack(target);
    return {
      text: `, but its deployment ${forward.id} is still ${forward.status} and could not be stopped`,
      run: [...commands.stopAndWait(target, forward.id, { rollsBack: true }), ...rest],
    };
  }
  if (back && isActive(back)) return stuckBack(target, back);
  if (foreign !== undefined) {
    return {
      text: `, and deployment ${foreign}, which Tandem did not start, keeps its group busy. What it brings is overwritten by the last of the commands: leave them out if users are to stay on it`,
      run: [...commands.awaitOthers(target, foreign), ...commands.bringBack(target)],
    };
  }
  if (reading && isOfOthers(target, reading)) {
    const what =
      reading.third === undefined
        ? ', which somebody else has put live'
        : `: somebody else has put ${seenText(target, reading.third)} live beside it`;
    return {
      text: `${what} since this release began. Run the commands only if it is to serve ${wanted} again`,
      run: [...commands.awaitFree(target), ...commands.bringBack(target)],
    };
  }
  return { text: ` and could not be rolled back to ${wanted}`, run: commands.bringBack(target) };
};

/** Why a target is left as it is though its release was to be rolled back, and what a person does if that is wrong. */
export const outdatedReason = (target: TargetRecord, why: string): Reason => {
  const { name, from } = target;
  const { commands } = driverOf(target.registration);
  const wanted = revisionText(from);
  return reason(
    'record-outdated',
    `${name} serves ${servedText(target)}, and Tandem leaves it there. The record of this release is older than its deployments: ${why}. Was the table restored, or was Tandem away for hours? Run the commands only if ${name} is to serve ${wanted} again`,
    { target: name, run: [...commands.awaitFree(target), ...commands.bringBack(target)] },
  );
};

/** The deployments that were to bring a target back and did not, why the last one failed, and how to look at it. */
const triedText = (target: TargetRecord, reading: TargetObservation | undefined): string => {
  const { back } = reading ?? {};
  // One that is under way is named before, with its status.
  const ids = target.back.filter((id) => !(isActive(back) && back?.id === id));
  const last = ids.at(-1);
  if (last === undefined) return '';
  const lost = reading && lostBackText(target, reading);
  const tried = `Tandem tried the deployment${ids.length > 1 ? 's' : ''} ${ids.join(', ')}`;
  const look = `${ids.length > 1 ? 'See the last one' : 'See it'}: ${driverOf(target.registration).commands.look(last)}`;
  return [` ${tried}.`, ...(lost ? [`${lost}.`] : []), look].join(' ');
};

/** Why a target could not be rolled back, and exactly what a person does now. */
export const stuckReason = (
  target: TargetRecord,
  reading: TargetObservation | undefined,
): Reason => {
  const { name, back, unread, refused = [] } = target;
  const { text, run } = stateOf(target, reading);
  const serves = unread ? name : `${name} serves ${servedText(target)}`;
  const why =
    refused.length > 0 ? ` It was refused last: ${refused.at(-1)?.why.replace(/\.$/, '')}.` : '';
  const tried = triedText(target, reading);
  return reason(
    'take-back-failed',
    `${serves}${text}. Tandem changes nothing more.${why}${tried}`,
    {
      target: name,
      figures: { tries: back.length + refused.length },
      run: [...run],
    },
  );
};
