/** Knows what Step Functions tells others about executions: events for EventBridge, counts for CloudWatch. */
import type { Cloud } from '../../cloud.ts';
import type { Execution } from '../../machine/execution.ts';
import { redriveStatus } from './redrive.ts';
import type { ExecutionRecord } from './state.ts';

const principal = { kind: 'service', service: 'states.amazonaws.com' } as const;

const counts: Readonly<Partial<Record<Execution['status'], string>>> = {
  RUNNING: 'ExecutionsStarted',
  SUCCEEDED: 'ExecutionsSucceeded',
  FAILED: 'ExecutionsFailed',
  ABORTED: 'ExecutionsAborted',
  TIMED_OUT: 'ExecutionsTimedOut',
};

/** Detail of `Step Functions Execution Status Change`: dates are milliseconds since 1970. */
const detail = (record: Omit<ExecutionRecord, 'execution'>, execution: Execution, now: number) => ({
  executionArn: record.arn,
  stateMachineArn: record.machine.arn,
  name: record.name,
  status: execution.status,
  startDate: execution.startDate.getTime(),
  stopDate: execution.stopDate?.getTime() ?? null,
  input: record.input,
  output: execution.output ?? null,
  stateMachineVersionArn: null,
  stateMachineAliasArn: null,
  redriveCount: execution.redriveCount,
  redriveDate: execution.redriveDate?.getTime() ?? null,
  ...redriveStatus(execution, now),
  inputDetails: { included: true },
  outputDetails: execution.output === undefined ? null : { included: true },
  error: execution.error ?? null,
  cause: execution.cause ?? null,
});

/** Tells a change of status; nobody waits for it, and a failure to tell is nobody's failure (best effort). */
export const notice = (
  cloud: Cloud,
  region: string,
  record: Omit<ExecutionRecord, 'execution'>,
  execution: Execution,
): void => {
  const now = cloud.clock.now();
  const tell = (service: string, operation: string, input: unknown) =>
    void cloud.call({ principal, region, service, operation, input }).catch(() => undefined);

  tell('events', 'PutEvents', {
    Entries: [
      {
        Source: 'aws.states',
        DetailType: 'Step Functions Execution Status Change',
        Resources: [record.arn],
        Detail: JSON.stringify(detail(record, execution, now)),
        Time: new Date(now),
      },
    ],
  });
  const isRedrive = execution.status === 'RUNNING' && execution.redriveCount > 0;
  tell('cloudwatch', 'PutMetricData', {
    Namespace: 'AWS/States',
    MetricData: [
      {
        MetricName: isRedrive ? 'ExecutionsRedriven' : counts[execution.status],
        Dimensions: [{ Name: 'StateMachineArn', Value: record.machine.arn }],
        Timestamp: new Date(now),
        Value: 1,
        Unit: 'Count',
      },
    ],
  });
};
