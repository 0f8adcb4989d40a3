/** When a pair's traffic counts as bad. Every alarm of every pair reads these. */
import { Duration } from 'aws-cdk-lib';

/** The shortest period of AWS's own metrics. */
export const PERIOD = Duration.minutes(1);

/** Requests in a period below which a rate says nothing: one failure of two would be 50 %. */
export const SMALLEST_VOLUME = 10;

/** Percent of requests that may fail. */
export const ERROR_PERCENT = 5;

/** Milliseconds within which 95 % of requests must be answered. */
export const P95_MILLISECONDS = 1000;

/** CodeDeploy's model allows this many alarms in a deployment group. */
export const MOST_ALARMS = 10;
