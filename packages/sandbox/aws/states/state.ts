/** Knows what Step Functions keeps: state machines, their revisions and their executions. */
import type {
  LoggingConfiguration,
  StateMachineStatus,
  TracingConfiguration,
} from '@aws-sdk/client-sfn';
import { AwsError } from '../../aws-error.ts';
import type { Machine } from '../../machine/definition/definition.ts';
import type { Execution } from '../../machine/execution.ts';
import { checkArn } from './arns.ts';

/** What an update replaces; executions keep the one that they were started with. */
export interface Revision {
  readonly definition: string;
  readonly machine: Machine;
  readonly roleArn: string;
  readonly loggingConfiguration: LoggingConfiguration;
  readonly tracingConfiguration: TracingConfiguration;
  readonly updateDate: Date;
  /** The first revision has none. */
  readonly revisionId?: string;
}

/** A state machine. */
export interface MachineRecord {
  readonly arn: string;
  readonly name: string;
  readonly creationDate: Date;
  readonly tags: Map<string, string>;
  status: StateMachineStatus;
  revision: Revision;
}

/** An execution of a state machine. */
export interface ExecutionRecord {
  readonly arn: string;
  readonly name: string;
  readonly machine: MachineRecord;
  readonly revision: Revision;
  /** JSON text. */
  readonly input: string;
  readonly execution: Execution;
}

interface RegionState {
  readonly machines: Map<string, MachineRecord>;
  readonly executions: Map<string, ExecutionRecord>;
}

/** The state of all Regions. */
export interface StatesState {
  region(region: string): RegionState;
  /** Throws StateMachineDoesNotExist. */
  machine(region: string, arn: string): MachineRecord;
  /** Throws ExecutionDoesNotExist. */
  execution(region: string, arn: string): ExecutionRecord;
  /** Whether executions of a machine still run. */
  isBusy(region: string, machine: MachineRecord): boolean;
  readonly executions: () => ExecutionRecord[];
}

/** Opens the state with nothing in it. */
export const openState = (): StatesState => {
  const regions = new Map<string, RegionState>();
  const region = (name: string): RegionState => {
    const known = regions.get(name) ?? { machines: new Map(), executions: new Map() };
    regions.set(name, known);
    return known;
  };
  return {
    region,
    machine: (name, arn) => {
      const machine = region(name).machines.get(checkArn(arn, 'stateMachine'));
      if (machine) return machine;
      throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    },
    execution: (name, arn) => {
      const execution = region(name).executions.get(checkArn(arn, 'execution'));
      if (execution) return execution;
      throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    },
    isBusy: (name, machine) =>
      [...region(name).executions.values()].some(
        (record) => record.machine === machine && record.execution.status === 'RUNNING',
      ),
    executions: () => [...regions.values()].flatMap(({ executions }) => [...executions.values()]),
  };
};
