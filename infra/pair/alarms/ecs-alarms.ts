/** Alarms of an ECS half: errors and slowness of each target group, whichever colour it is in a release. */
import type { Construct } from 'constructs';
import type { EcsHalf } from '../props.ts';
import { busyAlarm } from './busy-alarm.ts';
import { COLOURS } from './colours.ts';
import { answerTime, serverErrors } from './ecs-figures.ts';
import { thresholdsOf } from './thresholds.ts';

/** Makes the four alarms and returns their names. */
export const ecsAlarms = (scope: Construct, prefix: string, half: EcsHalf): string[] =>
  COLOURS.flatMap((colour) => {
    const { errorPercent, p95Milliseconds } = thresholdsOf(half);
    const where = `of ${half.name}'s target group that was ${colour} at first`;
    return [
      {
        name: `${prefix}-${colour}-errors`,
        description: `More than ${errorPercent} % of the answers ${where} are server errors.`,
        ...serverErrors(half, colour),
      },
      {
        name: `${prefix}-${colour}-latency`,
        description: `95 % of the answers ${where} take longer than ${p95Milliseconds} ms.`,
        ...answerTime(half, colour, 95),
      },
    ].map((alarm) => {
      busyAlarm(scope, alarm);
      return alarm.name;
    });
  });
