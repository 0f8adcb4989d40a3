/** What the soak releases: kinds of versions, bad and healthy, in an order that a seed decides. */
import { createHash } from 'node:crypto';

/** The two good versions: whichever users have, the other one is a healthy release. */
export const STEADY = ['2.3.0-steady', '2.3.1-steady'] as const;

/** A kind of release, and what must become of it. */
export interface Kind {
  /** The half that it is about, and what is wrong with that. */
  readonly name: string;
  readonly expected: 'Promoted' | 'RolledBack';
  /** The bad half, and its version; the other half is healthy. */
  readonly bad?: { readonly half: 'web' | 'api'; readonly version: string };
  /** So little is wrong that only many requests show it: its traffic shifts more slowly. */
  readonly slight?: true;
  /** It ends with requests under way, which are then lost by its own fault. */
  readonly losing?: true;
}

/** Both halves are as good as before. @internal */
export const HEALTHY: Kind = { name: 'healthy', expected: 'Promoted' };

const badKinds = (half: 'web' | 'api', wrongs: readonly string[]): readonly Kind[] =>
  wrongs.map((wrong) => ({
    name: `${half} ${wrong}`,
    expected: 'RolledBack',
    bad: { half, version: `2.4.0-${wrong}` },
    ...(wrong === 'crash-loop' ? { losing: true } : {}),
    ...(wrong === 'errors-1' ? { slight: true } : {}),
  }));

const COMMON = ['errors-1', 'errors-2', 'errors-5', 'errors-30', 'slow-300', 'slow-600'];

/** Everything that can be wrong with the web service. @internal */
export const BAD_WEB = badKinds('web', [
  ...COMMON,
  'leak-errors',
  'leak-slow',
  'route',
  'crash-loop',
]);

/** Everything that can be wrong with the function. @internal */
export const BAD_API = badKinds('api', COMMON);

/** A kind by its name. */
export const kindNamed = (name: string): Kind | undefined =>
  [HEALTHY, ...BAD_WEB, ...BAD_API].find((kind) => kind.name === name);

/** One of so many releases is healthy. */
const HEALTHY_EVERY = 3;

const shuffled = <T>(list: readonly T[], seed: string): readonly T[] => {
  const keyed = list.map((one, index) => ({
    one,
    key: createHash('sha256').update(`${seed} ${index}`).digest('hex'),
  }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ one }) => one);
};

/**
 * So many kinds in an order that repeats with its seed. A third of them is healthy. Of the bad ones each comes as often
 * as any other; where there is no room for all, those of the web service come first.
 */
export const kindsOf = (count: number, seed: number): readonly Kind[] => {
  const healthy = Math.ceil(count / HEALTHY_EVERY);
  const round = [...BAD_WEB, ...shuffled(BAD_API, `${seed} api`)];
  const bad = Array.from({ length: count - healthy }, (_, index) => round[index % round.length]!);
  return shuffled([...Array.from({ length: healthy }, () => HEALTHY), ...bad], `${seed} all`);
};
