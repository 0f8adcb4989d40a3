/** Knows the Step Functions integrations `arn:aws:states:::aws-sdk:<service>:<action>`, for every service alike. */
import { modelOf, services } from './model.ts';
import { fromMembers, toMembers } from './pascal-fields.ts';
import { refuseMissing } from './required.ts';
import { actionName, className, exceptionName } from './sdk-names.ts';

/** One action that a Task state can call. */
export interface SdkIntegration {
  /** IAM's prefix of the service. */
  readonly service: string;
  readonly operation: string;
  /**
   * Turns parameters (PascalCase, JSON) into the operation's input. Throws an Error that names a field the
   * operation does not have, and the service's own AwsError where a required one is missing.
   */
  toInput(parameters: unknown): unknown;
  /** Turns an output into the Task's result: PascalCase, timestamps as ISO 8601, blobs as text. */
  toOutput(output: unknown): unknown;
  /** Name that a Task's Retry and Catch see, e.g. `CodeDeploy.DeploymentLimitExceededException`. */
  errorName(name: string): string;
}

/** Finds an action by its service (as the ARN names it) and camelCase name; rejects if the sandbox has none. */
export const sdkIntegration = async (service: string, action: string): Promise<SdkIntegration> => {
  const row = services.find(({ id, integration = id }) => integration === service);
  if (!row) {
    const known = services.map(({ id, integration = id }) => integration).join(', ');
    throw new Error(
      `aws-sdk:${service}:${action}: the sandbox has no service "${service}", only ${known}`,
    );
  }
  const model = await modelOf(row);
  const operation = [...model.operations.values()].find(({ name }) => actionName(name) === action);
  if (!operation) {
    throw new Error(`aws-sdk:${service}:${action}: ${service} has no action "${action}"`);
  }
  const prefix = className(model.serviceId);
  return {
    service: row.id,
    operation: operation.name,
    toInput: (parameters) => {
      // A copy, as of every document.
      if (row.raw) return structuredClone(parameters);
      const input = toMembers(operation.input, parameters ?? {}, `${service}:${action}`);
      refuseMissing(model, operation.input, input);
      return input;
    },
    toOutput: (output = {}) =>
      row.raw ? structuredClone(output) : fromMembers(operation.output, output),
    // An error that the service's model lacks is its base class in the SDK, e.g. `Ecs.EcsException`.
    errorName: (name) =>
      `${prefix}.${model.errors.has(name) ? exceptionName(name) : `${prefix}Exception`}`,
  };
};
