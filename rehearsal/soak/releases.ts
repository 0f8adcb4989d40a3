/** Releases one version after the other on a stage, and knows what users should have. */
import type { ReleaseInput } from '../../core/release/input.ts';
import { outcomeOf, type ReleaseOutcome } from '../stage/outcome.ts';
import { PAIR, REPOSITORY, type Stage } from '../stage/stage.ts';
import { type Kind, STEADY } from './kinds.ts';
import { SLOW_CURVE } from './only-the-judge.ts';

/** A version of each half. */
export interface Versions {
  readonly web: string;
  readonly api: string;
}

type Half = keyof Versions;

/** A release that is under way. */
interface Begun {
  readonly id: string;
  /** Waits for its end. */
  ended(): Promise<ReleaseOutcome>;
}

/** Starts releases. */
export interface Releases {
  /** What users have, were every release to end as it must. */
  live(): Versions;
  /** Releases a kind: its bad version, and of each other half the good version that users do not have. */
  begin(kind: Kind): Promise<Begun & { readonly versions: Versions }>;
  /** Takes in how a release ended. A bad version that was promoted is rolled back, so that the next one is compared with a good one. */
  settle(kind: Kind, versions: Versions, outcome: ReleaseOutcome): Promise<void>;
}

const AT_ONCE = {
  curve: { type: 'all-at-once' },
  policy: { bakeMinutes: 0, guardMinutes: 0 },
} satisfies Partial<ReleaseInput>;

const otherThan = (version: string): string => STEADY.find((one) => one !== version) ?? STEADY[0];

/** Releases on a stage; the first one has brought the steady version when this is done. */
export const releasesOn = async (stage: Stage): Promise<Releases> => {
  let live: Versions = { web: STEADY[0], api: STEADY[0] };
  const pushed = new Set<string>();

  const push = async (version: string): Promise<string> => {
    if (!pushed.has(version)) await stage.push(version);
    pushed.add(version);
    return `${REPOSITORY}:${version}`;
  };

  const start = async (input: Pick<ReleaseInput, 'targets'> & Partial<ReleaseInput>) => {
    const began = performance.now();
    const arn = await stage.start({ pair: PAIR, requestedBy: 'ada@example.com', ...input });
    return {
      id: arn.slice(arn.lastIndexOf(':') + 1),
      ended: async () =>
        outcomeOf(stage, arn, await stage.ended(arn), (performance.now() - began) / 1000),
    };
  };

  const mustBePromoted = async (begun: Begun, what: string): Promise<void> => {
    const { end, reasons } = await begun.ended();
    if (end === 'Promoted') return;
    throw new Error(`${what} ended ${end}: ${reasons.map(({ text }) => text).join(' ')}`);
  };

  const both = async ({ web, api }: Versions, more: Partial<ReleaseInput> = {}): Promise<Begun> => {
    const image = await push(web);
    await stage.update(api);
    const reason = `web ${web} with api ${api}`;
    const targets = { web: { image }, api: { version: 'latest' } };
    // A kind has its turn more than once, so its bad version was rolled back before.
    return start({ targets, reason, again: 'another round', ...more });
  };

  // Both before every bad one: a rollback goes to an image that is older.
  for (const version of STEADY) await push(version);
  await mustBePromoted(await both(live, AT_ONCE), 'the release of the first steady version');

  const takeBack = async (half: Half, outcome: ReleaseOutcome): Promise<void> => {
    const { from = '' } = outcome.targets.find(({ name }) => name === half) ?? {};
    const wanted = half === 'web' ? { image: await push(live.web) } : { version: from };
    const policy = AT_ONCE.policy;
    const release = start({ targets: { [half]: wanted }, intent: 'rollback', policy });
    await mustBePromoted(await release, `the rollback from ${outcome.id}`);
  };

  return {
    live: () => live,
    begin: async ({ bad, slight }) => {
      const good = { web: otherThan(live.web), api: otherThan(live.api) };
      const versions = bad ? { ...good, [bad.half]: bad.version } : good;
      return { ...(await both(versions, slight ? { curve: SLOW_CURVE } : {})), versions };
    },
    settle: async ({ bad }, versions, outcome) => {
      if (outcome.end === 'NeedsAttention')
        throw new Error(`${outcome.id} needs attention, so nothing more can be released`);
      if (outcome.end !== 'Promoted') return;
      const kept = bad ? { [bad.half]: live[bad.half] } : {};
      if (bad) await takeBack(bad.half, outcome);
      live = { ...versions, ...kept };
    },
  };
};
