/** Knows the operations on executions. */

import type {
  ExecutionRedriveFilter,
  ExecutionStatus,
  HistoryEvent,
  ListExecutionsInput,
} from '@aws-sdk/client-sfn';
import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation } from '../../cloud.ts';
import { parsedJson } from '../../json-text.ts';
import { bytesOf, LARGEST_PAYLOAD } from '../../machine/payload.ts';
import { page } from '../../paging.ts';
import { outsideOf } from '../../value-set.ts';
import { checkName, executionArn } from './arns.ts';
import type { Executions } from './executions.ts';
import { checkLengths } from './length.ts';
import { paging } from './paging.ts';
import { redriveStatus } from './redrive.ts';
import type { ExecutionRecord, StatesState } from './state.ts';
import { uuid } from './uuid.ts';

const STATUSES = [
  'RUNNING',
  'SUCCEEDED',
  'FAILED',
  'TIMED_OUT',
  'ABORTED',
  'PENDING_REDRIVE',
] satisfies ExecutionStatus[];
const REDRIVES = ['REDRIVEN', 'NOT_REDRIVEN'] satisfies ExecutionRedriveFilter[];

const invalid = (message: string) => new AwsError('ValidationException', message);

const checkFilters = ({
  stateMachineArn,
  mapRunArn,
  statusFilter,
  redriveFilter,
}: ListExecutionsInput) => {
  if (mapRunArn !== undefined) throw invalid('Map Runs are not part of this sandbox');
  if (stateMachineArn === undefined) {
    throw invalid('Must provide either a stateMachineArn or a mapRunArn');
  }
  const complaint =
    outsideOf(STATUSES, 'statusFilter', statusFilter) ??
    outsideOf(REDRIVES, 'redriveFilter', redriveFilter);
  if (complaint) throw invalid(complaint);
};

/** Milliseconds after which the name of a closed execution can be used again: 90 days. */
const NAME_RESERVED = 90 * 86_400_000;

/** Members of an event's details that GetExecutionHistory leaves out without includeExecutionData. */
const executionData = ['input', 'output', 'parameters', 'assignedVariables'];

const given = (members: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

const summary = ({ arn, name, machine, execution }: ExecutionRecord) => {
  const { status, startDate, stopDate, redriveCount, redriveDate } = execution;
  return given({
    executionArn: arn,
    stateMachineArn: machine.arn,
    name,
    status,
    startDate,
    stopDate,
    redriveCount,
    redriveDate,
  });
};

const withoutData = (event: HistoryEvent): HistoryEvent =>
  Object.fromEntries(
    Object.entries(event).map(([member, value]) => [
      member,
      member.endsWith('EventDetails')
        ? Object.fromEntries(
            Object.entries(value as object).filter(([key]) => !executionData.includes(key)),
          )
        : value,
    ]),
  ) as unknown as HistoryEvent;

const checkInput = (input: string): string => {
  if (bytesOf(input) > LARGEST_PAYLOAD) {
    throw invalid(
      `1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to ${LARGEST_PAYLOAD}`,
    );
  }
  try {
    parsedJson(input);
    return input;
  } catch (error) {
    throw new AwsError(
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: '${(error as Error).message}'`,
    );
  }
};

/** The operations on executions. */
export const executionOperations = (
  cloud: Cloud,
  state: StatesState,
  executions: Executions,
): Readonly<Record<string, Operation>> => {
  const now = () => cloud.clock.now();

  /** Whether a name can be given (again); throws where it is taken. */
  const running = (existing: ExecutionRecord | undefined, input: string) => {
    if (!existing) return undefined;
    const { status, stopDate } = existing.execution;
    if (status === 'RUNNING' && existing.input === input) return existing;
    if (stopDate && now() - stopDate.getTime() > NAME_RESERVED) return undefined;
    throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${existing.arn}'`);
  };

  return {
    StartExecution: ({ stateMachineArn, name, input = '{}' }, { region }) => {
      const machine = state.machine(region, stateMachineArn);
      if (machine.status === 'DELETING') {
        throw new AwsError(
          'StateMachineDeleting',
          `State Machine is being deleted: '${machine.arn}'`,
        );
      }
      const called = name === undefined ? uuid(cloud) : checkName(name);
      const arn = executionArn(machine.arn, called);
      const { execution } =
        running(state.region(region).executions.get(arn), checkInput(input)) ??
        executions.start(region, machine, called, input);
      return { executionArn: arn, startDate: execution.startDate };
    },

    DescribeExecution: ({ executionArn: arn, includedData }, { region }) => {
      const record = state.execution(region, arn);
      const { output, error, cause } = record.execution;
      const isWhole = includedData !== 'METADATA_ONLY';
      return given({
        ...summary(record),
        ...redriveStatus(record.execution, now()),
        ...(isWhole && { input: record.input, inputDetails: { included: true } }),
        ...(isWhole && output !== undefined && { output, outputDetails: { included: true } }),
        error,
        cause,
      });
    },

    ListExecutions: (input: ListExecutionsInput, { region }) => {
      checkFilters(input);
      const { stateMachineArn = '', statusFilter, redriveFilter } = input;
      const machine = state.machine(region, stateMachineArn);
      const all = [...state.region(region).executions.values()]
        .filter((record) => record.machine === machine)
        .filter(({ execution }) => !statusFilter || execution.status === statusFilter)
        .filter(
          ({ execution }) =>
            !redriveFilter || execution.redriveCount > 0 === (redriveFilter === 'REDRIVEN'),
        )
        .reverse()
        .map(summary);
      const { items, next } = page(paging, all, input);
      return { executions: items, ...next };
    },

    StopExecution: ({ executionArn: arn, error, cause }, { region }) => {
      checkLengths({ error, cause });
      const { execution } = state.execution(region, arn);
      execution.stop(error, cause);
      return { stopDate: execution.stopDate };
    },

    GetExecutionHistory: (
      { executionArn: arn, reverseOrder, includeExecutionData = true, ...input },
      { region },
    ) => {
      const { events } = state.execution(region, arn).execution;
      const { items, next } = page(paging, reverseOrder ? events.toReversed() : events, input);
      return { events: includeExecutionData ? items : items.map(withoutData), ...next };
    },

    RedriveExecution: ({ executionArn: arn }, { region }) => {
      const { execution } = state.execution(region, arn);
      const { redriveStatusReason } = redriveStatus(execution, now());
      if (redriveStatusReason) throw new AwsError('ExecutionNotRedrivable', redriveStatusReason);
      execution.redrive();
      return { redriveDate: execution.redriveDate };
    },
  };
};
