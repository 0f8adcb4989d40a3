/** A law: what must be so after every scenario and every simulated release, whatever happened in it. */
import type { Link } from '../../core/facts/chain.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';

/** One release, as it was left. */
export interface Left {
  /** Its name in the scenario. */
  readonly name: string;
  /** Its end; of one without a record, the end of its execution. */
  readonly end: string;
  /** As it was when it had ended; a release that was refused has none. */
  readonly record: ReleaseRecord | undefined;
  /** As the table has it now. */
  readonly stored: ReleaseRecord | undefined;
  /** Its facts, or why they cannot be read. */
  readonly facts: readonly Link[] | { readonly unreadable: string };
  /** What the judge's votes rest on. */
  readonly bases: readonly string[];
}

/** Something that somebody did to a deployment or to traffic. */
export interface Deed {
  /** Milliseconds since 1970, service time. */
  readonly at: number;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly deploymentId: string | undefined;
}

/** A function's alias that somebody pointed somewhere. */
export interface FunctionMove {
  /** Milliseconds since 1970, service time. */
  readonly at: number;
  readonly function: string;
  readonly version: string;
  /** Who wanted it: CodeDeploy acts for those who made the deployment. */
  readonly by: 'us' | 'others';
  /** When they did: CodeDeploy's own rollback goes where others may have deployed before a release. */
  readonly wanted: number;
}

/** A deployment, as CodeDeploy has it. */
export interface Deployment {
  readonly deploymentId: string;
  readonly status: string;
  readonly description?: string;
  readonly creator: string;
  readonly applicationName: string;
  readonly createTime: Date;
  /** When its barrier began, by CodeDeploy's own record; milliseconds since 1970. */
  readonly arrived?: number;
}

/** A time in which an alarm was red, in milliseconds since 1970. */
export interface Red {
  readonly alarm: string;
  readonly from: number;
  readonly to: number;
}

/** Everything that the laws look at, once all releases have ended and all has settled. */
export interface Aftermath {
  readonly pair: string;
  readonly releases: readonly Left[];
  /** What users of each target of the pair are on. */
  readonly live: Readonly<Record<string, string>>;
  /** Every deployment that the groups of the releases have had. */
  readonly deployments: readonly Deployment[];
  /** What Tandem did, in its order. */
  readonly deeds: readonly Deed[];
  /** Where aliases were pointed, by whomever, in the order in which it happened. */
  readonly moves: readonly FunctionMove[];
  /** Ids of the releases whose ends were reported. */
  readonly told: ReadonlySet<string>;
  /** Ids of the releases whose records a person has changed past Tandem. */
  readonly edited: ReadonlySet<string>;
  /** Who has the turn of the pair, and who waits for it. */
  readonly turn: { readonly owner?: string; readonly waiting?: string };
  /** When alarms of the releases were red. */
  readonly reds: readonly Red[];
}

/** Milliseconds for which others must have put a revision live before a deed counts as done against them: a reading is older than the deed. */
export const SEEN = 60_000;

/** One law, in a file of its own. */
export interface Law {
  /** The name of its file. */
  readonly name: string;
  /** What it says. */
  readonly says: string;
  /** A sentence for each time that it was broken. */
  readonly broken: (aftermath: Aftermath) => readonly string[];
}

/** Records of the releases that have one. */
export const recordsIn = ({ releases }: Aftermath): readonly ReleaseRecord[] =>
  releases.flatMap(({ record }) => record ?? []);

/**
 * Whether a person wrote the end of a release past Tandem, as after the table was restored: Tandem writes a fact with
 * each.
 */
export const isWrittenByHand = ({ record, facts }: Left): boolean =>
  record?.end !== undefined &&
  !('unreadable' in facts) &&
  !facts.some(({ kind }) => kind === 'ended');
