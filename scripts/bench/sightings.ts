/** What an outsider sees of a release: CodeDeploy's events, the alarm, and when users are where they should be. */
import { readLive } from '../../rehearsal/stage/outcome.ts';
import type { Stage } from '../../rehearsal/stage/stage.ts';

/** Moments in milliseconds of release time since 1970; undefined where nothing was seen. */
export interface Sightings {
  readonly lastDeploymentEvent: number | undefined;
  readonly firstAlarm: number | undefined;
  /** First moment from which on every side served `live`, as often as traffic was moved afterwards. */
  backSince(live: Readonly<Record<string, string>>): number | undefined;
  stop(): Promise<void>;
}

interface Entry {
  readonly Source?: string;
  readonly Detail: string;
}

/** Calls that move traffic. */
const MOVES = ['ModifyListener', 'UpdateAlias'];

/** Watches a stage from now on. */
export const watch = (stage: Stage): Sightings => {
  const { clock } = stage.sandbox;
  const readings: { readonly at: number; readonly live: Readonly<Record<string, string>> }[] = [];
  const reads = new Set<Promise<void>>();
  let lastDeploymentEvent: number | undefined;
  let firstAlarm: number | undefined;

  const read = () => {
    const at = clock.now();
    const reading: Promise<void> = clock
      .busy(() => readLive(stage))
      .then((live) => void readings.push({ at, live }))
      .finally(() => reads.delete(reading));
    reads.add(reading);
  };

  const hear = ({ Source, Detail }: Entry) => {
    if (Source === 'aws.codedeploy') lastDeploymentEvent = clock.now();
    if (Source === 'aws.cloudwatch' && JSON.parse(Detail).state?.value === 'ALARM') {
      firstAlarm ??= clock.now();
    }
  };

  const forget = stage.sandbox.watch(({ operation, input }, outcome) => {
    if ('error' in outcome) return;
    if (MOVES.includes(operation)) read();
    if (operation === 'PutEvents') (input as { Entries: Entry[] }).Entries.forEach(hear);
  });

  return {
    get lastDeploymentEvent() {
      return lastDeploymentEvent;
    },
    get firstAlarm() {
      return firstAlarm;
    },
    backSince: (wanted) => {
      const isThere = ({ live }: (typeof readings)[number]) =>
        Object.entries(wanted).every(([name, revision]) => live[name] === revision);
      const astray = readings.findLastIndex((reading) => !isThere(reading));
      return readings[astray + 1]?.at;
    },
    stop: async () => {
      forget();
      await Promise.all(reads);
    },
  };
};
