/** Knows how an execution is started on behalf of its machine's role, and who waits for its end. */
import type { Cloud } from '../../cloud.ts';
import { startExecution } from '../../machine/execution.ts';
import { executionArn } from './arns.ts';
import type { Task } from './integrations/action.ts';
import { integrations } from './integrations/integrations.ts';
import { notice } from './notices.ts';
import type { SdkIntegration } from './sdk-integration.ts';
import type { ExecutionRecord, MachineRecord, StatesState } from './state.ts';
import type { TaskTokens } from './task-tokens.ts';

/** Starts executions. */
export interface Executions {
  start(region: string, machine: MachineRecord, name: string, input: string): ExecutionRecord;
}

/** Makes the starter of executions. */
export const executionsOf = (
  cloud: Cloud,
  state: StatesState,
  tokens: TaskTokens,
  sdkIntegration: SdkIntegration,
): Executions => {
  const watchers = new Map<string, Set<() => void>>();

  const ended = (arn: string) => {
    const due = watchers.get(arn) ?? [];
    watchers.delete(arn);
    for (const watcher of due) watcher();
  };

  const whenEnded: Task['whenEnded'] = (region, arn, watcher) => {
    const known = state.region(region).executions.get(arn);
    if (known?.execution.status !== 'RUNNING') {
      watcher();
      return () => undefined;
    }
    const all = watchers.get(arn) ?? new Set();
    watchers.set(arn, all.add(watcher));
    return () => void all.delete(watcher);
  };

  return {
    start: (region, machine, name, input) => {
      const { revision } = machine;
      const arn = executionArn(machine.arn, name);
      const known = { arn, name, machine, revision, input };
      const integration = integrations({
        cloud,
        region,
        principal: { kind: 'role', arn: revision.roleArn, session: name },
        executionArn: arn,
        machineArn: machine.arn,
        sdkIntegration,
        whenEnded,
      });
      const { executions, machines } = state.region(region);

      const execution = startExecution({
        machine: revision.machine,
        arn,
        name,
        machineArn: machine.arn,
        machineName: machine.name,
        roleArn: revision.roleArn,
        input,
        clock: cloud.clock,
        random: cloud.random,
        world: { region, integration, openToken: (owner) => tokens.open(arn, owner) },
        changed: (changed) => {
          notice(cloud, region, known, changed);
          if (changed.status === 'RUNNING') return;
          ended(arn);
          if (machine.status === 'DELETING' && !state.isBusy(region, machine)) {
            machines.delete(machine.arn);
          }
        },
      });
      const record = { ...known, execution };
      // A name that is used again moves to the end: lists show the newest first.
      executions.delete(arn);
      executions.set(arn, record);
      return record;
    },
  };
};
