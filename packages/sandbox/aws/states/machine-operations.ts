/** Knows the operations on state machines. */
import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation } from '../../cloud.ts';
import type { Machine } from '../../machine/definition/definition.ts';
import { listed } from '../../machine/definition/diagnostics.ts';
import type { Parsed } from '../../machine/definition/parse.ts';
import { page } from '../../paging.ts';
import { checkArn, checkName, checkRoleArn, machineArn } from './arns.ts';
import { paging } from './paging.ts';
import type { MachineRecord, Revision, StatesState } from './state.ts';
import { uuid } from './uuid.ts';

/** Reads a definition, Resources included. */
export type ReadDefinition = (text: string) => Promise<Parsed>;

const defaults = {
  loggingConfiguration: { level: 'OFF', includeExecutionData: false },
  tracingConfiguration: { enabled: false },
} as const;

/** What makes a second CreateStateMachine the same as the first. */
const identity = (revision: Revision) =>
  JSON.stringify([
    revision.definition,
    revision.roleArn,
    revision.loggingConfiguration,
    revision.tracingConfiguration,
  ]);

const described = ({ arn, name, creationDate, status, revision }: MachineRecord) => ({
  stateMachineArn: arn,
  name,
  status,
  definition: revision.definition,
  roleArn: revision.roleArn,
  type: 'STANDARD',
  creationDate,
  loggingConfiguration: revision.loggingConfiguration,
  tracingConfiguration: revision.tracingConfiguration,
  ...(revision.revisionId && { revisionId: revision.revisionId }),
});

const refuseVersions = ({ publish }: { publish?: boolean }) => {
  if (!publish) return;
  throw new AwsError(
    'ValidationException',
    'Versions of state machines are not part of this sandbox',
  );
};

/** The operations on state machines. */
export const machineOperations = (
  cloud: Cloud,
  state: StatesState,
  readDefinition: ReadDefinition,
): Readonly<Record<string, Operation>> => {
  const now = () => new Date(cloud.clock.now());

  const machineOf = async (definition: string): Promise<Machine> => {
    const { machine, diagnostics } = await readDefinition(definition);
    if (machine) return machine;
    throw new AwsError(
      'InvalidDefinition',
      `Invalid State Machine Definition: '${listed(diagnostics)}'`,
    );
  };

  return {
    CreateStateMachine: async (input, { region }) => {
      const name = checkName(input.name);
      if ((input.type ?? 'STANDARD') !== 'STANDARD') {
        throw new AwsError(
          'StateMachineTypeNotSupported',
          'This sandbox runs state machines of the type STANDARD only',
        );
      }
      refuseVersions(input);
      const revision: Revision = {
        ...defaults,
        ...(input.loggingConfiguration && { loggingConfiguration: input.loggingConfiguration }),
        ...(input.tracingConfiguration && { tracingConfiguration: input.tracingConfiguration }),
        definition: input.definition,
        machine: await machineOf(input.definition),
        roleArn: checkRoleArn(input.roleArn),
        updateDate: now(),
      };
      const arn = machineArn(region, cloud.account, name);
      const { machines } = state.region(region);
      const existing = machines.get(arn);
      if (existing?.status === 'DELETING') {
        throw new AwsError(
          'StateMachineDeleting',
          `State Machine is being deleted: '${existing.arn}'`,
        );
      }
      if (existing && identity(existing.revision) !== identity(revision)) {
        throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
      }
      const machine = existing ?? {
        arn,
        name,
        creationDate: now(),
        status: 'ACTIVE' as const,
        tags: new Map((input.tags ?? []).map(({ key, value }: any) => [key, value])),
        revision,
      };
      machines.set(arn, machine);
      return { stateMachineArn: arn, creationDate: machine.creationDate };
    },

    UpdateStateMachine: async (input, { region }) => {
      const machine = state.machine(region, input.stateMachineArn);
      const { definition, roleArn, loggingConfiguration, tracingConfiguration } = input;
      refuseVersions(input);
      if (!definition && !roleArn && !loggingConfiguration && !tracingConfiguration) {
        throw new AwsError(
          'MissingRequiredParameter',
          'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
        );
      }
      machine.revision = {
        ...machine.revision,
        ...(definition && { definition, machine: await machineOf(definition) }),
        ...(roleArn && { roleArn: checkRoleArn(roleArn) }),
        ...(loggingConfiguration && { loggingConfiguration }),
        ...(tracingConfiguration && { tracingConfiguration }),
        updateDate: now(),
        revisionId: uuid(cloud),
      };
      const { updateDate, revisionId } = machine.revision;
      return { updateDate, revisionId };
    },

    DescribeStateMachine: (input, { region }) =>
      described(state.machine(region, input.stateMachineArn)),

    DescribeStateMachineForExecution: (input, { region }) => {
      const { machine, revision } = state.execution(region, input.executionArn);
      const { status, type, creationDate, ...known } = described({ ...machine, revision });
      return { ...known, updateDate: revision.updateDate };
    },

    ListStateMachines: (input, { region }) => {
      const all = [...state.region(region).machines.values()]
        .sort((a, b) => a.name.localeCompare(b.name))
        .map(({ arn, name, creationDate }) => ({
          stateMachineArn: arn,
          name,
          type: 'STANDARD',
          creationDate,
        }));
      const { items, next } = page(paging, all, input);
      return { stateMachines: items, ...next };
    },

    DeleteStateMachine: (input, { region }) => {
      const { machines } = state.region(region);
      const machine = machines.get(checkArn(input.stateMachineArn, 'stateMachine'));
      if (!machine) return {};
      machine.status = 'DELETING';
      // A machine whose executions still run goes with the last of them.
      if (!state.isBusy(region, machine)) machines.delete(machine.arn);
      return {};
    },

    ValidateStateMachineDefinition: async (input) => {
      const { diagnostics } = await readDefinition(input.definition);
      const { items } = page(paging, diagnostics, input);
      return {
        result: diagnostics.length === 0 ? 'OK' : 'FAIL',
        diagnostics: items,
        truncated: items.length < diagnostics.length,
      };
    },
  };
};
