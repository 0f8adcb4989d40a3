/** An error as AWS answers it. `name` is the shape's name in AWS's model, e.g. `DeploymentLimitExceededException`. */
export class AwsError extends Error {
  readonly status: number;
  /** Further members of the error's shape. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    name: string,
    message: string,
    { status = 400, ...members }: { status?: number; [member: string]: unknown } = {},
  ) {
    super(message);
    this.name = name;
    this.status = status;
    this.members = members;
  }
}
