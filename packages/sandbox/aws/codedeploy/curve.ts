/** How the traffic of a deployment moves over time. */
import type { TrafficRoutingConfig } from '@aws-sdk/client-codedeploy';

/** One move of traffic. */
export interface CurveStep {
  /** Share of the traffic on the new revision after this step, 1 to 100. */
  readonly percent: number;
  /** Minutes of service time to wait before this step. */
  readonly waitMinutes: number;
}

const WHOLE: readonly CurveStep[] = [{ percent: 100, waitMinutes: 0 }];

/**
 * The steps of a traffic routing configuration. The first increment is immediate and each further one comes
 * an interval later: a linear shift by 10 % a minute is over after nine minutes (observed on AWS).
 */
export const curveOf = (routing: TrafficRoutingConfig | undefined): readonly CurveStep[] => {
  if (routing?.type === 'TimeBasedCanary') {
    const { canaryPercentage = 100, canaryInterval = 0 } = routing.timeBasedCanary ?? {};
    return [
      { percent: canaryPercentage, waitMinutes: 0 },
      { percent: 100, waitMinutes: canaryInterval },
    ];
  }
  if (routing?.type === 'TimeBasedLinear') {
    const { linearPercentage = 100, linearInterval = 0 } = routing.timeBasedLinear ?? {};
    const count = Math.ceil(100 / linearPercentage);
    return Array.from({ length: count }, (_, index) => ({
      percent: Math.min(100, linearPercentage * (index + 1)),
      waitMinutes: index === 0 ? 0 : linearInterval,
    }));
  }
  return WHOLE;
};
