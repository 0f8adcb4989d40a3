/** PutMetricData: checks every datum, then adds it to its metric. */
import type { MetricDatum, PutMetricDataInput } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../../aws-error.ts';
import type { Caller, Cloud, Operation } from '../../../cloud.ts';
import { seededRandom } from '../../../random.ts';
import { addStatistics, addValue } from './bucket.ts';
import type { MetricStore } from './store.ts';
import { UNITS } from './units.ts';

/** AWS's limits: data a call, values a datum, dimensions a metric. */
const MOST_DATA = 1_000;
const MOST_VALUES = 150;
const MOST_DIMENSIONS = 30;
/** How far a timestamp may be off, in milliseconds. */
const OLDEST = 14 * 86_400_000;
const NEWEST = 2 * 3_600_000;

/** Seed of the moments at which figures of AWS's services arrive. */
const DELAY_SEED = 7;

const invalid = (message: string) => new AwsError('InvalidParameterValueException', message);
const combination = (message: string) =>
  new AwsError('InvalidParameterCombinationException', message);

const check = (datum: MetricDatum, place: string, now: number) => {
  const { Value, Values, Counts, StatisticValues, Timestamp, StorageResolution } = datum;
  if (!datum.MetricName) {
    throw new AwsError(
      'MissingRequiredParameterException',
      `The parameter ${place}.MetricName is required.`,
    );
  }
  if (datum.Unit !== undefined && !(UNITS as string[]).includes(datum.Unit)) {
    throw invalid(`The value ${datum.Unit} for parameter ${place}.Unit is invalid.`);
  }
  const given = [Value, Values, StatisticValues].filter((member) => member !== undefined).length;
  if (given === 0) {
    throw combination(
      `At least one of the parameters ${place}.Value, ${place}.Values, ${place}.StatisticValues must be specified.`,
    );
  }
  if (given > 1) {
    throw combination(
      `The parameters ${place}.Value, ${place}.Values and ${place}.StatisticValues are mutually exclusive.`,
    );
  }
  const numbers = [
    Value ?? 0,
    ...(Values ?? []),
    ...(Counts ?? []),
    ...Object.values(StatisticValues ?? {}),
  ];
  if (!numbers.every(Number.isFinite)) {
    throw invalid(`The value of ${place} must be a number, not NaN or infinite.`);
  }
  if ((Values?.length ?? 0) > MOST_VALUES) {
    throw invalid(
      `The collection ${place}.Values must not have a size greater than ${MOST_VALUES}.`,
    );
  }
  if (Counts && Counts.length !== Values?.length) {
    throw invalid(`The parameters ${place}.Values and ${place}.Counts must be of the same size.`);
  }
  if ((datum.Dimensions?.length ?? 0) > MOST_DIMENSIONS) {
    throw invalid(
      `The collection ${place}.Dimensions must not have a size greater than ${MOST_DIMENSIONS}.`,
    );
  }
  if (StorageResolution !== undefined && StorageResolution !== 1 && StorageResolution !== 60) {
    throw invalid(
      `The value ${StorageResolution} for parameter ${place}.StorageResolution is invalid.`,
    );
  }
  const time = Timestamp?.getTime() ?? now;
  if (!(time >= now - OLDEST)) {
    throw invalid(
      `The parameter ${place}.Timestamp must specify a time within the past two weeks.`,
    );
  }
  if (time > now + NEWEST) {
    throw invalid(
      `The parameter ${place}.Timestamp must specify a time no more than two hours in the future.`,
    );
  }
};

const add = (
  store: MetricStore,
  namespace: string,
  datum: MetricDatum,
  now: number,
  delay: (() => number) | undefined,
) => {
  const { MetricName = '', Dimensions = [], Value, Values, Counts, StatisticValues } = datum;
  const bucket = store.bucket(
    { Namespace: namespace, MetricName, Dimensions },
    datum.Timestamp?.getTime() ?? now,
    datum.StorageResolution === 1 ? 1 : 60,
    datum.Unit ?? 'None',
    delay,
  );
  if (Value !== undefined) addValue(bucket, Value);
  Values?.forEach((value, index) => void addValue(bucket, value, Counts?.[index] ?? 1));
  if (StatisticValues) {
    const { SampleCount = 0, Sum = 0, Minimum = 0, Maximum = 0 } = StatisticValues;
    addStatistics(bucket, { count: SampleCount, sum: Sum, minimum: Minimum, maximum: Maximum });
  }
};

/** The operation. Either all data of a call are taken or none. */
export const putMetricData = (cloud: Cloud, store: (region: string) => MetricStore): Operation => {
  // A source of its own: the ids that others draw do not depend on how many metrics there are.
  const random = seededRandom(DELAY_SEED);
  const delay = () => cloud.quirks.metricDelay * 1000 * (0.5 + random());
  return (
    { Namespace = '', MetricData = [] }: PutMetricDataInput,
    { principal, region }: Caller,
  ) => {
    if (Namespace === '' || Namespace.startsWith(':')) {
      throw invalid(`The value ${Namespace} for parameter Namespace is invalid.`);
    }
    if (Namespace.startsWith('AWS/') && principal.kind !== 'service') {
      throw invalid('The value AWS/ for parameter Namespace is invalid: it is reserved for AWS.');
    }
    if (MetricData.length === 0) {
      throw new AwsError(
        'MissingRequiredParameterException',
        'The parameter MetricData is required.',
      );
    }
    if (MetricData.length > MOST_DATA) {
      throw invalid(`The collection MetricData must not have a size greater than ${MOST_DATA}.`);
    }
    const now = cloud.clock.now();
    MetricData.forEach((datum, index) => void check(datum, `MetricData.member.${index + 1}`, now));
    // Metrics of an account's own are there within seconds; AWS's services publish theirs some minutes later.
    const isLate = Namespace.startsWith('AWS/') && cloud.quirks.metricDelay > 0;
    for (const datum of MetricData) {
      add(store(region), Namespace, datum, now, isLate ? delay : undefined);
    }
    return {};
  };
};
