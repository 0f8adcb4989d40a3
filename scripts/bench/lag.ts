/** How long Tandem, and a loop of 30 seconds beside it, take to notice and to act; in release time. */
import { outcomeOf, readLive } from '../../rehearsal/stage/outcome.ts';
import { openStage, PAIR, REPOSITORY, type Stage } from '../../rehearsal/stage/stage.ts';
import { withoutHolds } from './loop-deployment.ts';
import { releaseByLoop } from './polling-loop.ts';
import { BAD_PATH, sendRequests } from './requests.ts';
import { watch } from './sightings.ts';

/** When users begin to meet errors: never, while traffic shifts, or when the deployment of the function is final. */
export type Trouble = 'none' | 'in the shift' | 'in the guard';

/** One release, in seconds of release time. */
export interface Run {
  readonly trouble: Trouble;
  /** From the last event of CodeDeploy, or from the alarm, to the end that the release or the script tells. */
  readonly known: number;
  /** From the alarm until every user is back on the old revisions. */
  readonly back?: number;
  readonly transitions: number;
}

export interface Lag {
  readonly tandem: readonly Run[];
  /** Tandem with every event of AWS lost, so that only its watch interval is left. */
  readonly deaf: readonly Run[];
  readonly loop: readonly Run[];
}

/** The two good versions of the sample; each release moves the pair to the one that is not live. */
const VERSIONS = ['2.0.0', '2.2.0'] as const;

/** Minutes after which the alarms of one release are no trouble of the next. */
const QUIET_MINUTES = 6;

interface Player {
  /** Runs a release to its end; gives what is known of it then. */
  release(
    version: string,
    offset: number,
  ): Promise<{ end: string; knownAt: number; transitions: number }>;
  /** Whether the deployment of the function is final by now. */
  isFinal(): Promise<boolean>;
}

const sleep = ({ sandbox: { clock } }: Stage, milliseconds: number) =>
  clock.until(clock.sleep(milliseconds));

const tandemOn = (stage: Stage): Player => {
  let id = '';
  return {
    release: async (version) => {
      const arn = await stage.start({
        pair: PAIR,
        targets: { web: { image: `${REPOSITORY}:${version}` }, api: { version: 'latest' } },
        requestedBy: 'bench',
        again: 'the benchmark rolls back each version, and promotes it',
      });
      id = arn.slice(arn.lastIndexOf(':') + 1);
      const ended = await stage.ended(arn);
      const { end, transitions } = await outcomeOf(stage, arn, ended, 0);
      return { end, knownAt: ended.endedAt, transitions };
    },
    isFinal: async () => (await stage.record(id))?.times.guarded !== undefined,
  };
};

const loopOn = (stage: Stage, moved: () => Promise<boolean>): Player => ({
  release: (version, offset) =>
    withoutHolds(stage, async () => ({
      ...(await releaseByLoop(stage, version, offset)),
      transitions: 0,
    })),
  // A function's deployment without hooks is final when its traffic has moved.
  isFinal: moved,
});

/** Makes a stage where Tandem and the loop release in turns. */
const player = async (stage: Stage, make: 'tandem' | 'loop') => {
  let before = await readLive(stage);
  const everyOther = async () => {
    const live = await readLive(stage);
    return Object.entries(before).every(
      ([name, revision]) => live[name] !== revision && live[name] !== 'mixed',
    );
  };
  const everyMixed = async () =>
    Object.values(await readLive(stage)).every((live) => live === 'mixed');
  const driver = make === 'tandem' ? tandemOn(stage) : loopOn(stage, everyOther);

  /** Sends failing requests from the moment of the trouble on. */
  const makeTrouble = async (trouble: Trouble, signal: AbortSignal) => {
    const isTime = trouble === 'in the shift' ? everyMixed : driver.isFinal;
    while (!signal.aborted && !(await isTime())) await sleep(stage, 1000);
    const users = sendRequests(stage, new URL(BAD_PATH, stage.web));
    signal.addEventListener('abort', users.stop, { once: true });
  };

  return async (version: string, trouble: Trouble, offset: number): Promise<Run> => {
    const { clock } = stage.sandbox;
    await stage.update(version);
    await sleep(stage, 60_000 - (clock.now() % 60_000) + (make === 'tandem' ? offset * 1000 : 0));
    before = await readLive(stage);
    const seen = watch(stage);
    const over = new AbortController();
    const users = trouble === 'none' ? undefined : makeTrouble(trouble, over.signal);
    const { end, knownAt, transitions } = await driver.release(version, offset);
    over.abort();
    await users;
    await seen.stop();
    const expected = trouble === 'none' ? 'Promoted' : 'RolledBack';
    if (end !== expected) throw new Error(`${make}, trouble ${trouble}: ${end}, not ${expected}`);
    await sleep(stage, QUIET_MINUTES * 60_000);
    const since = trouble === 'none' ? seen.lastDeploymentEvent : seen.firstAlarm;
    const back = seen.backSince(before);
    if (since === undefined || (trouble !== 'none' && back === undefined)) {
      throw new Error(`${make}, trouble ${trouble}: nothing was seen of it`);
    }
    return {
      trouble,
      known: (knownAt - since) / 1000,
      transitions,
      ...(trouble === 'none' ? {} : { back: (back! - since) / 1000 }),
    };
  };
};

const open = async (events: 'once' | 'lost'): Promise<Stage> => {
  const stage = await openStage({ setting: { kind: 'simulation' }, quirks: { events } });
  await stage.settings((settings) => ({ ...settings, join: 'manual' }));
  for (const version of VERSIONS) await stage.push(version);
  return stage;
};

/**
 * Plays two releases that roll back and a good one at every offset: seconds after a full minute at which Tandem
 * starts, or at which the loop looks first. An even number of offsets leaves the version live that it found.
 */
const playAll = async (
  stage: Stage,
  make: 'tandem' | 'loop',
  offsets: readonly number[],
): Promise<readonly Run[]> => {
  const play = await player(stage, make);
  const runs: Run[] = [];
  for (const [turn, offset] of offsets.entries()) {
    const version = VERSIONS[turn % VERSIONS.length]!;
    for (const trouble of ['in the shift', 'in the guard', 'none'] as const) {
      runs.push(await play(version, trouble, offset));
    }
  }
  return runs;
};

/** Seconds after a full minute at which each begins. */
const OFFSETS = { tandem: [0, 20], loop: [0, 5, 10, 15, 20, 25], deaf: [0, 20, 40] };

/** Measures all three; Tandem and the loop release one after the other in the same sandbox. */
export const measureLag = async (
  offsets: Readonly<Record<keyof Lag, readonly number[]>> = OFFSETS,
): Promise<Lag> => {
  const stage = await open('once');
  const deafStage = await open('lost');
  try {
    return {
      tandem: await playAll(stage, 'tandem', offsets.tandem),
      loop: await playAll(stage, 'loop', offsets.loop),
      deaf: await playAll(deafStage, 'tandem', offsets.deaf),
    };
  } finally {
    await stage.close();
    await deafStage.close();
  }
};
