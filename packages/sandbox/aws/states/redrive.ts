/** Knows which executions can be redriven. */
import type { ExecutionRedriveStatus } from '@aws-sdk/client-sfn';
import type { Execution } from '../../machine/execution.ts';

/** Days after its end in which an execution can be redriven. */
const REDRIVABLE_DAYS = 14;

/** An execution with this many events has no room for a redrive. */
const TOO_LONG_HISTORY = 24_999;

const DAY = 86_400_000;

const refusal = ({ status, stopDate, events }: Execution, now: number): string | undefined => {
  if (status === 'RUNNING' || status === 'SUCCEEDED') {
    return `Execution is ${status} and cannot be redriven`;
  }
  if (stopDate && now - stopDate.getTime() > REDRIVABLE_DAYS * DAY) {
    return `Execution is not redrivable: it ended more than ${REDRIVABLE_DAYS} days ago`;
  }
  if (events.length >= TOO_LONG_HISTORY) {
    return 'Execution is not redrivable: its history has no room for more events';
  }
  return undefined;
};

/** Members that tell it, as DescribeExecution has them. */
export const redriveStatus = (
  execution: Execution,
  now: number,
): { readonly redriveStatus: ExecutionRedriveStatus; readonly redriveStatusReason?: string } => {
  const redriveStatusReason = refusal(execution, now);
  return redriveStatusReason
    ? { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason }
    : { redriveStatus: 'REDRIVABLE' };
};
