/** What a deployment script asks AWS for, one call at a time: new revisions, deployments without hooks, their status. */
import { ecsAppSpec } from '../../core/drivers/codedeploy-ecs/app-spec.ts';
import { lambdaAppSpec } from '../../core/drivers/codedeploy-lambda/app-spec.ts';
import { targetParameter } from '../../core/drivers/registration.ts';
import type { EcsTarget, LambdaTarget } from '../../core/drivers/target.ts';
import { PAIR, REPOSITORY, type Stage } from '../../rehearsal/stage/stage.ts';

/** The revisions between which a script moves the pair: task definition ARNs and versions. */
interface Revisions {
  readonly web: string;
  readonly api: string;
}

export type Side = keyof Revisions;

/** One deployment as GetDeployment shows it. */
export interface Deployment {
  readonly id: string;
  readonly status: string;
  /** The deployment with which CodeDeploy itself rolls back. */
  readonly rollbackId: string | undefined;
}

/** Everything a script asks for. */
export interface Console {
  /** What is live, and new revisions of the given versions. */
  prepare(version: string): Promise<{ readonly from: Revisions; readonly to: Revisions }>;
  deploy(side: Side, move: { from: Revisions; to: Revisions }, goesBack: boolean): Promise<string>;
  look(deploymentId: string): Promise<Deployment>;
  stop(deploymentId: string): Promise<void>;
}

const CONFIGURATIONS = {
  web: {
    forward: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
    back: 'CodeDeployDefault.ECSAllAtOnce',
  },
  api: {
    forward: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
    back: 'CodeDeployDefault.LambdaAllAtOnce',
  },
} as const;

/** Members of a described task definition that a new revision is registered with. */
const KEPT = [
  'family',
  'taskRoleArn',
  'executionRoleArn',
  'networkMode',
  'containerDefinitions',
  'requiresCompatibilities',
  'cpu',
  'memory',
  'runtimePlatform',
] as const;

/**
 * Nobody is there to let green go or to end the wait for blue: both happen by themselves. Blue stays for 10 minutes: a
 * metric is up to 3 minutes late, so an alarm may need 5 from the first bad request, and the script then has promoted.
 */
const ALONE = {
  deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT' },
  terminateBlueInstancesOnDeploymentSuccess: {
    action: 'TERMINATE',
    terminationWaitTimeInMinutes: 10,
  },
};

/** Gives the service's deployment group the settings that a script needs, for as long as `run` takes. */
export const withoutHolds = async <T>(
  { sandbox: { call } }: Stage,
  run: () => Promise<T>,
): Promise<T> => {
  const { Parameter } = await call('ssm', 'GetParameter', { Name: targetParameter(PAIR, 'web') });
  const { application, deploymentGroup }: EcsTarget = JSON.parse(Parameter.Value);
  const { deploymentGroupInfo } = await call('codedeploy', 'GetDeploymentGroup', {
    applicationName: application,
    deploymentGroupName: deploymentGroup,
  });
  const set = (blueGreenDeploymentConfiguration: unknown) =>
    call('codedeploy', 'UpdateDeploymentGroup', {
      applicationName: application,
      currentDeploymentGroupName: deploymentGroup,
      blueGreenDeploymentConfiguration,
    });
  await set(ALONE);
  try {
    return await run();
  } finally {
    await set(deploymentGroupInfo.blueGreenDeploymentConfiguration);
  }
};

/** A console on a stage. Version and image must have been pushed before. */
export const consoleOn = ({ sandbox: { call } }: Stage): Console => {
  const registration = async (side: Side) => {
    const { Parameter } = await call('ssm', 'GetParameter', { Name: targetParameter(PAIR, side) });
    return JSON.parse(Parameter.Value);
  };
  const web = (): Promise<EcsTarget> => registration('web');
  const api = (): Promise<LambdaTarget> => registration('api');

  const newTaskDefinition = async (running: string, version: string): Promise<string> => {
    const { imageDetails } = await call('ecr', 'DescribeImages', {
      repositoryName: REPOSITORY,
      imageIds: [{ imageTag: version }],
    });
    const { taskDefinition } = await call('ecs', 'DescribeTaskDefinition', {
      taskDefinition: running,
    });
    const kept = Object.fromEntries(
      KEPT.flatMap((name) => (taskDefinition[name] ? [[name, taskDefinition[name]]] : [])),
    );
    const [container, ...others] = taskDefinition.containerDefinitions;
    const image = `${container.image.replace(/[:@][^/]*$/, '')}@${imageDetails[0].imageDigest}`;
    const made = await call('ecs', 'RegisterTaskDefinition', {
      ...kept,
      containerDefinitions: [{ ...container, image }, ...others],
    });
    return made.taskDefinition.taskDefinitionArn;
  };

  return {
    prepare: async (version) => {
      const { cluster, service } = await web();
      const { function: name, alias } = await api();
      const { services } = await call('ecs', 'DescribeServices', { cluster, services: [service] });
      const running = services[0].taskSets.find(
        ({ status }: { status: string }) => status === 'PRIMARY',
      ).taskDefinition;
      const { FunctionVersion } = await call('lambda', 'GetAlias', {
        FunctionName: name,
        Name: alias,
      });
      const { Version } = await call('lambda', 'PublishVersion', { FunctionName: name });
      return {
        from: { web: running, api: FunctionVersion },
        to: { web: await newTaskDefinition(running, version), api: Version },
      };
    },

    deploy: async (side, { from, to }, goesBack) => {
      const target = await registration(side);
      // An AppSpec of a rollback has no hooks, as a script's has none.
      const content =
        side === 'web'
          ? ecsAppSpec(target, to.web, 'rollback')
          : lambdaAppSpec(target, { current: from.api, wanted: to.api }, 'rollback');
      const { deploymentId } = await call('codedeploy', 'CreateDeployment', {
        applicationName: target.application,
        deploymentGroupName: target.deploymentGroup,
        deploymentConfigName: CONFIGURATIONS[side][goesBack ? 'back' : 'forward'],
        description: 'a script',
        revision: { revisionType: 'AppSpecContent', appSpecContent: { content } },
        // Or the alarm that made it necessary would stop it.
        ...(goesBack ? { overrideAlarmConfiguration: { enabled: false, alarms: [] } } : {}),
      });
      return deploymentId;
    },

    look: async (deploymentId) => {
      const { deploymentInfo } = await call('codedeploy', 'GetDeployment', { deploymentId });
      const { status, rollbackInfo } = deploymentInfo;
      return { id: deploymentId, status, rollbackId: rollbackInfo?.rollbackDeploymentId };
    },

    stop: (deploymentId) =>
      call('codedeploy', 'StopDeployment', { deploymentId, autoRollbackEnabled: true }),
  };
};
