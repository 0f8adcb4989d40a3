/** Key of an item of the table: everything of a pair lies in one partition. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/**
 * Index of the releases that somebody must carry to their end, of all pairs. It holds the items that have the
 * attribute of the same name, so being listed is part of the same write as the record.
 */
export const OPEN_INDEX = 'open';

/**
 * Index of the releases of a pair by their start. It holds the items that have the attribute of the same name: people
 * ask for the newest ones, and a release's id says nothing of its age.
 */
export const STARTED_INDEX = 'started';

/** Beginning of the sort key of every release's record. */
export const RELEASES = 'release#';

/** Key of the record of a release. */
export const releaseKey = (pair: string, release: string): Key => ({
  pk: pair,
  sk: `${RELEASES}${release}`,
});

/** Digits of a fact's place, so that keys sort as facts do. */
const PLACE_DIGITS = 6;

/** Beginning of the sort keys of a release's facts. */
const factsOf = (release: string): string => `fact#${release}#`;

/** What a Query is given to find the facts of a release that lie after a place. */
export const factsQuery = (pair: string, release: string, place: number) => ({
  KeyConditionExpression: 'pk = :pair AND sk BETWEEN :first AND :last',
  ExpressionAttributeValues: {
    ':pair': { S: pair },
    ':first': { S: `${factsOf(release)}${String(place + 1).padStart(PLACE_DIGITS, '0')}` },
    // Behind every digit.
    ':last': { S: `${factsOf(release)}~` },
  },
});

/** Key of a fact of a release: its place, and the hash of its bytes. */
export const factKey = (pair: string, release: string, place: number, hash: string): Key => ({
  pk: pair,
  sk: `${factsOf(release)}${String(place).padStart(PLACE_DIGITS, '0')}#${hash.slice(0, 16)}`,
});

/** Key of the turn of a pair. */
export const turnKey = (pair: string): Key => ({ pk: pair, sk: 'turn' });

/** Key of what an image has started. */
export const imageKey = (pair: string, digest: string): Key => ({
  pk: pair,
  sk: `image#${digest}`,
});

/** Key of the newest push of a repository that a release of the pair knows. */
export const latestPushKey = (pair: string, repository: string): Key => ({
  pk: pair,
  sk: `push#${repository}`,
});

/** Key of the moment since which pushes of a pair count as it declares today. */
export const adoptionKey = (pair: string): Key => ({ pk: pair, sk: 'adoption' });

/** Key of what became of a revision that a release rolled back: an image's digest, or the hash of a function's code. */
export const takenBackKey = (pair: string, target: string, revision: string): Key => ({
  pk: pair,
  sk: `taken-back#${target}#${revision}`,
});

/** Key of the figures that a release was judged by. */
export const figuresKey = (pair: string, release: string): Key => ({
  pk: pair,
  sk: `evidence#${release}`,
});

/** Beginning of the sort keys of what a release was judged by. */
const basesOf = (release: string): string => `basis#${release}#`;

/** Key of what a judgement of a release rests on: the hash of its bytes. */
export const basisKey = (pair: string, release: string, hash: string): Key => ({
  pk: pair,
  sk: `${basesOf(release)}${hash.slice(0, 16)}`,
});

/** What a Query is given to find everything that a release was judged by. */
export const basesQuery = (pair: string, release: string) => ({
  KeyConditionExpression: 'pk = :pair AND begins_with(sk, :bases)',
  ExpressionAttributeValues: { ':pair': { S: pair }, ':bases': { S: basesOf(release) } },
});

/** Key of how a target starts. */
export const profileKey = (pair: string, target: string): Key => ({
  pk: pair,
  sk: `profile#${target}`,
});

/** Key of the version that people know a revision by: a task definition (`web:7`), an image by its digest, a function's version (`3`). */
export const versionKey = (pair: string, target: string, revision: string): Key => ({
  pk: pair,
  sk: `version#${target}#${revision}`,
});

/** Key of what was suspended of the scaling of a service before a release suspended everything. */
export const scalingKey = (pair: string, target: string): Key => ({
  pk: pair,
  sk: `scaling#${target}`,
});

/** Key of how often a release has waited before it started. */
export const waitsKey = (pair: string, release: string): Key => ({
  pk: pair,
  sk: `waits#${release}`,
});
