/** The turn of a pair: at most one release past it and one that waits; a newer one takes the waiting place. */

/** A release at the turn. */
export interface Place {
  readonly release: string;
  readonly execution: string;
  /** When the release started (ISO 8601). */
  readonly since: string;
}

export interface WaitingPlace extends Place {
  /** Token of the state that waits. */
  readonly token: string;
}

export interface Turn {
  readonly owner?: Place | undefined;
  readonly waiting?: WaitingPlace | undefined;
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
 * Asks for the turn; one that started before the owner or before the one that waits is superseded. `ownerGone` says that the owner's release has ended, so that its turn may be taken over.
 * Asking again with a new token keeps the place.
 */
export const askForTurn = (turn: Turn, asker: WaitingPlace, ownerGone: boolean): Asked => {
  const { owner, waiting } = turn;
  const waitsAlready = waiting?.release === asker.release;
  if (owner?.release === asker.release) return { turn, outcome: 'taken' };
  const others = [owner, waitsAlready ? undefined : waiting];
  if (others.some((other) => other && other.since > asker.since)) {
    return { turn, outcome: 'superseded' };
  }
  const displaced = waiting && !waitsAlready ? { displaced: waiting } : {};
  if (!owner || ownerGone) return { turn: { owner: place(asker) }, outcome: 'taken', ...displaced };
  return { turn: { owner, waiting: asker }, outcome: 'waiting', ...displaced };
};

/** Gives the turn up, wherever the release stands; the one that waits gets it. */
export const leaveTurn = (
  turn: Turn,
  release: string,
): { readonly turn: Turn; readonly next?: WaitingPlace } => {
  const { owner, waiting } = turn;
  if (waiting?.release === release) return { turn: { ...(owner ? { owner } : {}) } };
  if (owner?.release !== release) return { turn };
  return waiting ? { turn: { owner: place(waiting) }, next: waiting } : { turn: {} };
};
