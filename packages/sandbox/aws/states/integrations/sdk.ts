/** Knows how a task calls any action of any service: `arn:aws:states:::aws-sdk:<service>:<action>`. */
import { AwsError } from '../../../aws-error.ts';
import { StateFailure } from '../../../machine/failure.ts';
import type { SdkAction } from '../sdk-integration.ts';
import { uuid } from '../uuid.ts';
import { type Action, plainCall, type Task } from './action.ts';

const failure = (action: SdkAction, error: unknown, { cloud }: Task): StateFailure => {
  const { name, message } = error as Error;
  const named = action.errorName(name);
  const service = named.split('.')[0];
  if (!(error instanceof AwsError)) {
    return new StateFailure(`${service}.SdkClientException`, message);
  }
  return new StateFailure(
    named,
    `${message} (Service: ${service}, Status Code: ${error.status}, Request ID: ${uuid(cloud)})`,
  );
};

/** A field that the action lacks is a mistake in the definition, which no Retry mends. */
const inputOf = (action: SdkAction, parameters: unknown, task: Task): unknown => {
  try {
    return action.toInput(parameters);
  } catch (error) {
    if (error instanceof AwsError) throw failure(action, error, task);
    throw new StateFailure('States.Runtime', (error as Error).message);
  }
};

/** An action of a service by the names in the Resource. */
export const sdkAction = (service: string, name: string): Action => ({
  request: async (parameters, task) => {
    // The service's model may have to be loaded first, which takes real time.
    const action = await task.cloud.clock.busy(() => task.sdkIntegration(service, name));
    const input = inputOf(action, parameters, task);
    const output = await plainCall(task, action.service, action.operation, input).catch(
      (error: unknown) => {
        throw failure(action, error, task);
      },
    );
    return action.toOutput(output) ?? null;
  },
});
