/** Knows what the sandbox's front offers for Resources of the form `arn:aws:states:::aws-sdk:<service>:<action>`. */

/** One action of an AWS service, as a Task state calls it. */
export interface SdkAction {
  /** IAM's prefix of the service. */
  readonly service: string;
  readonly operation: string;
  /** Throws an Error for a field that the action lacks, the service's AwsError where a required one is missing. */
  toInput(parameters: unknown): unknown;
  toOutput(output: unknown): unknown;
  /** Name that Retry and Catch see, e.g. `CodeDeploy.DeploymentLimitExceededException`. */
  errorName(name: string): string;
}

/** Finds an action by the names in the ARN; rejects where there is none. */
export type SdkIntegration = (service: string, action: string) => Promise<SdkAction>;
