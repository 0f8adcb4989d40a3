import type {
  DeregisterScalableTargetRequest,
  DescribeScalableTargetsRequest,
  RegisterScalableTargetRequest,
} from '@aws-sdk/client-application-auto-scaling';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud, Operation } from '../../cloud.ts';
import { type Paging, page } from '../../paging.ts';
import {
  checkKind,
  DIMENSION,
  NAMESPACE,
  type ScalableTarget,
  serviceOf,
  suspendedState,
} from './state.ts';

const paging: Paging = {
  size: 'MaxResults',
  token: 'NextToken',
  usual: 50,
  errors: { token: 'InvalidNextTokenException' },
};

const describe = ({ resourceId, arn, createdAt, minimum, maximum, suspended }: ScalableTarget) => ({
  ServiceNamespace: NAMESPACE,
  ResourceId: resourceId,
  ScalableDimension: DIMENSION,
  MinCapacity: minimum,
  MaxCapacity: maximum,
  RoleARN: `arn:aws:iam::${arn.split(':')[4]}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService`,
  CreationTime: createdAt,
  SuspendedState: suspended,
  ScalableTargetARN: arn,
});

/** Finds the target of a call, or throws ObjectNotFoundException. */
export const targetOf = (
  targets: ReadonlyMap<string, ScalableTarget>,
  { ResourceId = '' }: { readonly ResourceId?: string | undefined },
): ScalableTarget => {
  const found = targets.get(ResourceId);
  if (found) return found;
  throw new AwsError(
    'ObjectNotFoundException',
    `No scalable target registered for service namespace: ${NAMESPACE}, resource ID: ${ResourceId}, scalable dimension: ${DIMENSION}`,
  );
};

/** Operations on scalable targets. */
export const targetOperations = (
  cloud: Cloud,
  targetsOf: (region: string) => Map<string, ScalableTarget>,
): Record<string, Operation> => ({
  RegisterScalableTarget: async (input: RegisterScalableTargetRequest, { region }: Caller) => {
    const { ResourceId: resourceId = '', MinCapacity, MaxCapacity, SuspendedState } = input;
    checkKind(input.ServiceNamespace, input.ScalableDimension);
    const { cluster, service } = serviceOf(resourceId);
    const { services } = await cloud.call({
      principal: { kind: 'service', service: 'ecs.application-autoscaling.amazonaws.com' },
      region,
      service: 'ecs',
      operation: 'DescribeServices',
      input: { cluster, services: [service] },
    });
    if (services[0]?.status !== 'ACTIVE')
      throw new AwsError('ValidationException', `ECS service doesn't exist: ${resourceId}`);
    const targets = targetsOf(region);
    const known = targets.get(resourceId);
    if (!known && (MinCapacity === undefined || MaxCapacity === undefined)) {
      throw new AwsError(
        'ValidationException',
        'MinCapacity and MaxCapacity are required when you register a new scalable target',
      );
    }
    const id = cloud.id(30, '0123456789abcdef');
    const target: ScalableTarget = known ?? {
      resourceId,
      arn: `arn:aws:application-autoscaling:${region}:${cloud.account}:scalable-target/${id}`,
      createdAt: new Date(cloud.clock.now()),
      minimum: 0,
      maximum: 0,
      suspended: suspendedState(),
      policies: new Map(),
    };
    target.minimum = MinCapacity ?? target.minimum;
    target.maximum = MaxCapacity ?? target.maximum;
    target.suspended = suspendedState(SuspendedState, target.suspended);
    targets.set(resourceId, target);
    return { ScalableTargetARN: target.arn };
  },

  DescribeScalableTargets: (input: DescribeScalableTargetsRequest, { region }: Caller) => {
    checkKind(input.ServiceNamespace, input.ScalableDimension);
    const wanted = [...targetsOf(region).values()].filter(
      ({ resourceId }) => input.ResourceIds?.includes(resourceId) ?? true,
    );
    const { items, next } = page(paging, wanted, input);
    return { ScalableTargets: items.map(describe), ...next };
  },

  DeregisterScalableTarget: (input: DeregisterScalableTargetRequest, { region }: Caller) => {
    checkKind(input.ServiceNamespace, input.ScalableDimension);
    const targets = targetsOf(region);
    targets.delete(targetOf(targets, input).resourceId);
    return {};
  },
});
