/** Hooks: CodeDeploy calls a function and then waits for the answer, which comes by another way or not at all. */
import type { LifecycleEvent } from '@aws-sdk/client-codedeploy';
import type { LifecycleEventName } from '../appspec.ts';
import type { HookExecution } from '../records.ts';
import { DeploymentFailure } from './failure.ts';
import { closeEvent } from './lifecycle.ts';
import type { Run } from './run.ts';

/** CodeDeploy expects an answer within an hour after a hook is called (user guide). */
const LONGEST_HOOK = 3600;

/**
 * Calls the hook function of an event, if it has one, and waits until it is answered through
 * PutLifecycleEventHookExecutionStatus. What the function returns or throws is no answer.
 */
export const askHook = async (run: Run, event: LifecycleEvent): Promise<void> => {
  const { deployment, cloud } = run;
  const name = event.lifecycleEventName as LifecycleEventName;
  const functionName = deployment.appSpec.hooks[name];
  const silent = deployment.rollbackOf && !cloud.quirks.hooksInRollback;
  if (functionName === undefined || silent) return;

  const gate = run.gate<'Succeeded' | 'Failed'>('hook', LONGEST_HOOK * 1000);
  const id = executionId(run);
  const execution: HookExecution = {
    id,
    event: name,
    answer: (status) => {
      execution.answer = undefined;
      closeEvent(event, status, cloud.clock.now());
      gate.open(status);
    },
  };
  deployment.hooks.set(id, execution);
  for (let call = 0; call < cloud.quirks.hookInvocations; call += 1)
    void invoke(run, functionName, id);

  const answer = await gate.passed;
  execution.answer = undefined;
  run.checkpoint();
  if (answer === 'Succeeded') return;
  if (answer === 'Failed') {
    throw new DeploymentFailure(
      'HOOK_EXECUTION_FAILURE',
      'The deployment failed because one or more of the lifecycle event validation functions failed.',
    );
  }
  throw new DeploymentFailure(
    'TIMEOUT',
    'The deployment timed out while waiting for a status callback. CodeDeploy expects a status callback within one hour after a deployment hook is invoked.',
  );
};

/** Only a role that may not call the function ends the deployment; a function that fails leaves CodeDeploy waiting. */
const invoke = async (run: Run, functionName: string, id: string): Promise<void> => {
  const payload = { DeploymentId: run.deployment.id, LifecycleEventHookExecutionId: id };
  try {
    await run.act(
      'lambda',
      'Invoke',
      {
        FunctionName: functionName,
        InvocationType: 'RequestResponse',
        Payload: new TextEncoder().encode(JSON.stringify(payload)),
      },
      { patient: true },
    );
  } catch (error) {
    const { code, message } = error as DeploymentFailure;
    if (code !== 'IAM_ROLE_PERMISSIONS') return;
    if (!run.deployment.hooks.get(id)?.answer) return;
    run.interrupt({ status: 'Failed', code, message, event: 'DEPLOYMENT_FAILURE' });
  }
};

/** An opaque token that looks like AWS's: the Base64 of an encrypted document. */
const executionId = ({ cloud }: Run): string =>
  Buffer.from(
    JSON.stringify({ encryptedData: cloud.id(48), ivParameterSpec: cloud.id(16) }),
  ).toString('base64');
