/** When a pair's traffic counts as bad, unless a half says otherwise. */
import { Duration } from 'aws-cdk-lib';
import type { EcsHalf, LambdaHalf, Thresholds } from '../props.ts';

/** The shortest period of AWS's own metrics. */
export const PERIOD = Duration.minutes(1);

/** CodeDeploy's model allows this many alarms in a deployment group. */
export const MOST_ALARMS = 10;

const DEFAULTS: Required<Thresholds> = {
  errorPercent: 5,
  p95Milliseconds: 1000,
  // One failure of two would be 50 %.
  smallestVolume: 10,
};

/** Above what a half's traffic counts as bad. */
export const thresholdsOf = ({ thresholds }: EcsHalf | LambdaHalf): Required<Thresholds> => ({
  ...DEFAULTS,
  ...thresholds,
});
