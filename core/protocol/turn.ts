/**
 * The turn of a pair: at most one release past it and one that waits; a newer one takes the waiting place. What needs
 * attention holds no turn, but is remembered: only a person may go on behind it.
 */
import type { Wait } from '../record/waiting.ts';
import type { End } from '../release/end.ts';

/** What a release waits for that has no turn yet. */
export const FOR_ITS_TURN: Wait = {
  for: 'its turn: the release before it has to end',
  words: ['abort'],
};

/** A release at the turn. */
interface Place {
  readonly release: string;
  readonly execution: string;
  /** When the release started (ISO 8601). */
  readonly since: string;
}

export interface WaitingPlace extends Place {
  /** Token of the state that waits. */
  readonly token: string;
  /** It rolls users back: no ordinary release takes its place. */
  readonly goesBack?: true | undefined;
}

export interface Turn {
  readonly owner?: Place | undefined;
  readonly waiting?: WaitingPlace | undefined;
  /** The release that left the pair in need of attention, until a later one is promoted. */
  readonly attention?: { readonly release: string; readonly since: string } | undefined;
  /** When the last owner left: what was looked at before that is out of date. */
  readonly left?: string | undefined;
}

/** What a release got when it asked for its turn. */
export interface Asked {
  readonly turn: Turn;
  readonly outcome: 'taken' | 'waiting' | 'superseded';
  /** The release that lost its waiting place to this one. */
  readonly displaced?: WaitingPlace;
}

const place = ({ release, execution, since }: Place): Place => ({ release, execution, since });

/**
 * Asks for the turn; one that started before the owner or before the one that waits is superseded, and so is an
 * ordinary release while one that rolls back waits. `ownerGone` says that the owner's release has ended, so that its turn
 * may be taken over. Asking again with a new token keeps the place.
 */
export const askForTurn = (turn: Turn, asker: WaitingPlace, ownerGone: boolean): Asked => {
  const { owner, waiting } = turn;
  const waitsAlready = waiting?.release === asker.release;
  if (owner?.release === asker.release) return { turn, outcome: 'taken' };
  const rival = waitsAlready ? undefined : waiting;
  const yields = rival !== undefined && asker.goesBack && !rival.goesBack;
  const isOutranked = rival?.goesBack && !asker.goesBack;
  const others = [owner, yields ? undefined : rival];
  if (isOutranked || others.some((other) => other && other.since > asker.since)) {
    return { turn, outcome: 'superseded' };
  }
  const displaced = rival ? { displaced: rival } : {};
  const { waiting: _, ...rest } = turn;
  return !owner || ownerGone
    ? { turn: { ...rest, owner: place(asker) }, outcome: 'taken', ...displaced }
    : { turn: { ...rest, waiting: asker }, outcome: 'waiting', ...displaced };
};

/** Gives the turn up, wherever the release stands; the one that waits gets it. */
export const leaveTurn = (
  turn: Turn,
  release: string,
): { readonly turn: Turn; readonly next?: WaitingPlace } => {
  const { owner, waiting, ...rest } = turn;
  if (waiting?.release === release) return { turn: owner ? { ...rest, owner } : rest };
  if (owner?.release !== release) return { turn };
  return waiting ? { turn: { ...rest, owner: place(waiting) }, next: waiting } : { turn: rest };
};

/** Remembers when a release left and whether it needs attention, and forgets that when a later one has moved the pair to where it should be. */
export const withEnd = (
  turn: Turn,
  { release, end }: { readonly release: string; readonly end: End },
  now: string,
): Turn => {
  const since = { left: now };
  if (end === 'NeedsAttention') return { ...turn, ...since, attention: { release, since: now } };
  const { attention: _, ...rest } = turn;
  return { ...(end === 'Promoted' ? rest : turn), ...since };
};

/**
 * The release behind which this one must not go on: a person who starts a release afterwards has looked, an image
 * that was pushed has not.
 */
export const stuckBehind = (
  { attention }: Turn,
  asker: { readonly release: string; readonly since: string; readonly byEvent: boolean },
): string | undefined =>
  attention &&
  attention.release !== asker.release &&
  (asker.byEvent || asker.since <= attention.since)
    ? attention.release
    : undefined;

/**
 * Why what was looked at when a release started is out of date now that it has the turn: the release behind which it
 * got stuck meanwhile, or that the one it would have waited for has left. `owner` is the release that had the turn
 * before it asked. Undefined where nothing has changed.
 */
export const outdatedBehind = (
  turn: Turn,
  asker: { readonly release: string; readonly since: string },
  owner: string | undefined,
): string | undefined => {
  const behind = stuckBehind(turn, { ...asker, byEvent: false });
  if (behind !== undefined) return behind;
  const hasLeft = owner !== asker.release && (turn.left ?? '') >= asker.since;
  return hasLeft ? (owner ?? 'a release that has just left') : undefined;
};
