/** A release that continues, as everybody shows it: the command, the tour, a console. */
import type { ReleaseRecord } from '../record/record.ts';
import { type Wait, waitOf } from '../record/waiting.ts';
import { metUsers } from '../release/fate.ts';
import { PHASES, type Phase } from '../release/phase.ts';
import { toMilliseconds } from '../text/time.ts';
import { commandLine } from './commands.ts';
import { type Lane, lanesOf } from './lanes.ts';
import { type Way, wayOf } from './way.ts';

/** What a release waits for, and everything that ends the wait. */
export interface Awaited {
  /** To be read after "waits for", with how much of it has come. */
  readonly text: string;
  /** To be read after "waits for", without that. */
  readonly cause: string;
  /** When the wait ends by itself, in milliseconds since 1970. */
  readonly until?: number;
  /** What the release does then, to be read after "the release"; left out where it continues. */
  readonly otherwise?: string;
  /** Commands that people can give now, ready to be pasted. */
  readonly commands: readonly string[];
}

/** A release as it stands. */
export interface ReleaseView {
  readonly release: string;
  readonly phase: Phase;
  /** What the phase means. */
  readonly meaning: string;
  readonly way: Way;
  readonly lanes: readonly Lane[];
  /** Start, in milliseconds since 1970. */
  readonly started: number;
  /** Milliseconds since the start, or from the start to the end. */
  readonly elapsed: number;
  /** Findings of the judge at the last poll, and its advice. */
  readonly judged: readonly string[];
  /** Whether a person holds it. */
  readonly held: boolean;
  readonly wait?: Awaited;
}

const awaited = (record: ReleaseRecord, wait: Wait): Awaited => {
  const end = wait.until ?? wait.deadline;
  return {
    text: wait.progress ? `${wait.for}: ${wait.progress}` : wait.for,
    cause: wait.for,
    ...(end === undefined ? {} : { until: end }),
    ...(wait.until === undefined && end !== undefined
      ? { otherwise: metUsers(record) ? 'rolls back' : 'is rejected' }
      : {}),
    commands: wait.words.map((word) => commandLine(word, record.release)),
  };
};

/** Whether advice on requests still helps: not once a release rolls back, is aborted or has failed. */
const helps = ({ decision, end }: ReleaseRecord): boolean =>
  decision !== 'rollback' && (end === undefined || end === 'Promoted');

/** Last findings of the judge, and its advice where that helps, without what the reasons of the release say as well. */
export const judgedTexts = (record: ReleaseRecord): readonly string[] =>
  [...(record.judged?.says ?? []), ...(helps(record) ? (record.judged?.advice ?? []) : [])].filter(
    (said) => !record.reasons.some(({ text }) => text === said),
  );

/** Milliseconds that a release has lasted at a moment; one that has ended, until its end. */
export const elapsedOf = ({ times }: Pick<ReleaseRecord, 'times'>, now: number): number =>
  (times.ended ? toMilliseconds(times.ended) : now) - toMilliseconds(times.started);

/** A release at a moment, in milliseconds since 1970. */
export const viewOf = (record: ReleaseRecord, now: number): ReleaseView => {
  const { release, phase, times, commands } = record;
  const wait = waitOf(record);
  return {
    ...{ release, phase },
    meaning: PHASES[phase],
    way: wayOf(record),
    lanes: lanesOf(record),
    started: toMilliseconds(times.started),
    elapsed: elapsedOf(record, now),
    judged: judgedTexts(record),
    held: commands.hold ?? false,
    ...(wait ? { wait: awaited(record, wait) } : {}),
  };
};
