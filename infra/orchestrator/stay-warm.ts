/**
 * Invokes some functions once a day. Lambda frees what an idle function uses, after 14 days as far as seen, and
 * refuses the calls that follow for up to two minutes. Steps are retried by their machine; these are not.
 */
import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { STAY_WARM } from '../../core/events/visit.ts';

/** Targets of a rule at most (EventBridge quota). */
const MOST_TARGETS = 5;

/** Makes the rules, as many as the functions need. */
export const stayWarm = (
  scope: Construct,
  functions: readonly IFunction[],
  deadLetterQueue: IQueue,
): void => {
  for (let first = 0; first < functions.length; first += MOST_TARGETS) {
    const number = first / MOST_TARGETS + 1;
    new Rule(scope, `StayWarmRule${number}`, {
      ruleName: `tandem-stay-warm-${number}`,
      schedule: Schedule.rate(Duration.days(1)),
      targets: functions.slice(first, first + MOST_TARGETS).map(
        (fn) =>
          new FunctionTarget(fn, {
            event: RuleTargetInput.fromObject(STAY_WARM),
            deadLetterQueue,
            maxEventAge: Duration.hours(1),
            retryAttempts: 10,
          }),
      ),
    });
  }
};
