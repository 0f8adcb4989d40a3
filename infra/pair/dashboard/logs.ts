/** What a pair's dashboard reads out of the handlers' logs: the course of its releases, and why they decided so. */
import { LogQueryVisualizationType, LogQueryWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { handlerFunction, logGroup, type StepName } from '../../../core/names.ts';

/** Steps by the line that they log about a release; recovery decides in the first of them. */
const TOLD_BY: Readonly<Record<string, readonly StepName[]>> = {
  'release validated': ['validate-release'],
  'shift started': ['start-shift'],
  decided: ['validate-release', 'observe', 'decide'],
  'release ended': ['close-release'],
};

const groupsOf = (messages: readonly string[]): string[] =>
  [...new Set(messages.flatMap((message) => TOLD_BY[message] ?? []))].map((step) =>
    logGroup(handlerFunction(step)),
  );

const only = (pair: string, messages: readonly string[]) =>
  `filter pair = "${pair}" and message in [${messages.map((one) => `"${one}"`).join(', ')}]`;

/** Moments of a release by the name of their bar. */
const MOMENTS = {
  validated: 'release validated',
  users_shift: 'shift started',
  decided: 'decided',
  ended: 'release ended',
} as const;

/** When releases were validated, met users, decided and ended. One that waited for its turn is validated twice. */
export const releaseMarks = (pair: string): LogQueryWidget => {
  const messages = Object.values(MOMENTS);
  const counts = Object.entries(MOMENTS).map(
    ([name, message]) => `sum(strcontains(message, "${message}")) as ${name}`,
  );
  return new LogQueryWidget({
    title: 'Release marks: validated, users begin to shift, decided, ended',
    width: 12,
    height: 6,
    view: LogQueryVisualizationType.BAR,
    logGroupNames: groupsOf(messages),
    queryLines: [
      'fields @timestamp, message, pair',
      only(pair, messages),
      `stats ${counts.join(', ')} by bin(1m)`,
    ],
  });
};

/** The decisions and ends, newest first, each with its reasons. */
export const decisionReasons = (pair: string): LogQueryWidget => {
  const messages = [MOMENTS.decided, MOMENTS.ended];
  return new LogQueryWidget({
    title: 'What was decided and why, newest first',
    width: 24,
    height: 8,
    logGroupNames: groupsOf(messages),
    queryLines: [
      'fields @timestamp, release, coalesce(end, decision) as outcome, because',
      only(pair, messages),
      'sort @timestamp desc',
      'limit 50',
    ],
  });
};
