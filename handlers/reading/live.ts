import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import { GetAliasCommand, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import type { EcsTarget, LambdaTarget, Target } from '../../core/release/target.ts';
import { ecs } from '../aws/ecs.ts';
import { lambda } from '../aws/lambda.ts';
import { revisionName } from '../drivers/codedeploy-ecs/task-definition.ts';

const liveService = async ({ cluster, service }: EcsTarget): Promise<string | undefined> => {
  const { services = [] } = await ecs.send(
    new DescribeServicesCommand({ cluster, services: [service] }),
  );
  const sets = (services[0]?.taskSets ?? []).filter(({ status }) => status !== 'DRAINING');
  const [only] = sets;
  return sets.length === 1 && only?.taskDefinition ? revisionName(only.taskDefinition) : undefined;
};

const liveVersion = async (target: LambdaTarget): Promise<string | undefined> => {
  try {
    const { FunctionVersion, RoutingConfig } = await lambda.send(
      new GetAliasCommand({ FunctionName: target.function, Name: target.alias }),
    );
    const weights = Object.values(RoutingConfig?.AdditionalVersionWeights ?? {});
    return weights.some((weight) => weight > 0) ? undefined : FunctionVersion;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

/** Name of the one revision that users of a target reach; undefined while it is deployed to, or if it is not there. */
export const liveRevision = (target: Target): Promise<string | undefined> =>
  target.kind === 'ecs' ? liveService(target) : liveVersion(target);
