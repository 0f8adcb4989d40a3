import { AwsError } from '../../aws-error.ts';

/** The scaling activities that somebody has suspended. */
export interface SuspendedState {
  readonly DynamicScalingInSuspended: boolean;
  readonly DynamicScalingOutSuspended: boolean;
  readonly ScheduledScalingSuspended: boolean;
}

/** A step scaling policy that sets the capacity. */
export interface ScalingPolicy {
  readonly name: string;
  readonly arn: string;
  /** Tasks that the service is to have, by the policy's only step. */
  readonly capacity: number;
}

/** A service whose number of tasks Application Auto Scaling may set. */
export interface ScalableTarget {
  readonly resourceId: string;
  readonly arn: string;
  readonly createdAt: Date;
  minimum: number;
  maximum: number;
  suspended: SuspendedState;
  readonly policies: Map<string, ScalingPolicy>;
}

/** The only namespace and dimension that the sandbox has. */
export const NAMESPACE = 'ecs';
export const DIMENSION = 'ecs:service:DesiredCount';

const invalid = (message: string) => new AwsError('ValidationException', message);

/** Checks the namespace and the dimension of a call; throws ValidationException for one that the sandbox lacks. */
export const checkKind = (namespace: string | undefined, dimension: string | undefined): void => {
  if (namespace !== NAMESPACE)
    throw invalid(`the service namespace ${namespace} is not part of this sandbox`);
  if (dimension !== undefined && dimension !== DIMENSION)
    throw invalid(`Unsupported service namespace, resource type or scalable dimension`);
};

/** Cluster and service of a resource id, `service/<cluster>/<service>`; throws ValidationException for any other text. */
export const serviceOf = (
  resourceId = '',
): { readonly cluster: string; readonly service: string } => {
  const [, cluster, service] = /^service\/([^/]+)\/([^/]+)$/.exec(resourceId) ?? [];
  if (cluster === undefined || service === undefined)
    throw invalid(`Unsupported resource ID format: ${resourceId}`);
  return { cluster, service };
};

/** What a call asks for, on top of what was so far; what it leaves out stays as it is. */
export const suspendedState = (
  asked: { readonly [Name in keyof SuspendedState]?: boolean | undefined } = {},
  before?: SuspendedState,
): SuspendedState => ({
  DynamicScalingInSuspended:
    asked.DynamicScalingInSuspended ?? before?.DynamicScalingInSuspended ?? false,
  DynamicScalingOutSuspended:
    asked.DynamicScalingOutSuspended ?? before?.DynamicScalingOutSuspended ?? false,
  ScheduledScalingSuspended:
    asked.ScheduledScalingSuspended ?? before?.ScheduledScalingSuspended ?? false,
});
