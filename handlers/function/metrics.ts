import { METRICS, METRICS_NAMESPACE } from '../../core/names.ts';
import { calledAt } from './called-at.ts';

type Dimensions = Readonly<Record<string, string>>;

/** Writes a line of CloudWatch's embedded metric format for each set of dimensions, with no dimension but these. */
const write = (name: string, value: number, sets: readonly Dimensions[]): void => {
  for (const dimensions of sets) {
    const metric = {
      Namespace: METRICS_NAMESPACE,
      Dimensions: [Object.keys(dimensions)],
      Metrics: [{ Name: name, Unit: 'Count' }],
    };
    const _aws = { Timestamp: Date.parse(calledAt()), CloudWatchMetrics: [metric] };
    process.stdout.write(`${JSON.stringify({ _aws, ...dimensions, [name]: value })}\n`);
  }
};

/**
 * Counts one event once for each set of dimensions, as an embedded metric in the log: no call, no wait. CloudWatch
 * adds nothing up over dimensions, so what is to be read without one of them is written without it.
 */
const count = (name: string, ...sets: readonly Dimensions[]): void => write(name, 1, sets);

/** How a validation came out. */
export type Outcome = 'Success' | 'Failure' | 'Inconclusive';

/** Counts a validation of one platform; `event` is the lifecycle event or the step that it was made in. */
export const countValidation = (platform: string, event: string, outcome: Outcome): void =>
  count(
    METRICS.validations,
    { Platform: platform, Outcome: outcome },
    { Platform: platform, Event: event, Outcome: outcome },
  );

/** Counts a release that has ended. */
export const countRelease = (pair: string, end: string): void =>
  count(METRICS.releases, { Pair: pair, End: end }, { End: end });

/** Counts an execution that ended with no end of a release: a defect, from which recovery goes on. */
export const countUnexpectedFailure = (): void =>
  count(METRICS.unexpectedFailures, { Service: 'tandem' });

/** Counts the open releases whose records cannot be read; writes nothing for none, so that the metric costs nothing. */
export const countUnreadable = (records: number): void => {
  if (records > 0) write(METRICS.unreadableRecords, records, [{ Service: 'tandem' }]);
};

/** Tells how many open releases are overdue, also that there are none. */
export const gaugeOverdue = (releases: number): void =>
  write(METRICS.overdueReleases, releases, [{ Service: 'tandem' }]);
