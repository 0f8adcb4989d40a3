/** Step Functions: state machines in Amazon States Language with JSONata, of the type STANDARD. */
import type { Cloud, Service } from '../../cloud.ts';
import type { Execution } from '../../machine/execution.ts';
import { definitionReader } from './definitions.ts';
import { executionOperations } from './execution-operations.ts';
import { executionsOf } from './executions.ts';
import { machineOperations } from './machine-operations.ts';
import { statesPermissions } from './permissions.ts';
import { statesResources } from './resources.ts';
import type { SdkIntegration } from './sdk-integration.ts';
import { openState } from './state.ts';
import { tagOperations } from './tag-operations.ts';
import { taskTokens } from './task-tokens.ts';

/** Step Functions, with a look at executions that its API does not give: `transitions`, for instance. */
export type StatesService = Service & {
  execution(arn: string): Execution | undefined;
};

/** Makes the service; `sdkIntegration` finds the actions of `aws-sdk` Resources. */
export const statesService = (cloud: Cloud, sdkIntegration: SdkIntegration): StatesService => {
  const state = openState();
  const tokens = taskTokens(cloud, state);
  const executions = executionsOf(cloud, state, tokens, sdkIntegration);

  return {
    id: 'states',
    operations: {
      ...machineOperations(cloud, state, definitionReader(cloud, sdkIntegration)),
      ...executionOperations(cloud, state, executions),
      ...tokens.operations,
      ...tagOperations(state),
    },
    permissions: statesPermissions(cloud.account, tokens.executionOf),
    resources: statesResources,
    execution: (arn) => state.region(arn.split(':')[3] ?? '').executions.get(arn)?.execution,
    close: async () => {
      for (const { execution } of state.executions()) execution.abandon();
    },
  };
};
