/** A Lambda deployment: an alias is moved from one version to another, forwards by weights, backwards at once. */
import type { LambdaAppSpec } from '../appspec.ts';
import { curveOf } from '../curve.ts';
import type { LambdaProgress } from '../records.ts';
import type { Driver } from './driver.ts';
import { DeploymentFailure } from './failure.ts';
import type { Run } from './run.ts';

/** The steps of a Lambda deployment. */
export const lambdaDriver = (run: Run): Driver => {
  const spec = run.deployment.appSpec as LambdaAppSpec;
  return {
    prepare: () => checkFunction(run, spec),
    actions: { AllowTraffic: () => shift(run, spec) },
    finish: async () => undefined,
  };
};

/** The steps of a rollback: the revision is deployed again, wherever the alias points to by now. */
export const lambdaRollbackDriver = (run: Run): Driver => {
  const spec = run.deployment.appSpec as LambdaAppSpec;
  return {
    prepare: async () => undefined,
    actions: { AllowTraffic: () => route(run, spec, 100) },
    finish: async () => undefined,
  };
};

/** The alias must point to the current version alone, and the target version must be another one. */
const checkFunction = async (run: Run, spec: LambdaAppSpec): Promise<void> => {
  const { functionName, alias, currentVersion, targetVersion } = spec;
  const found = await run.act('lambda', 'GetAlias', { FunctionName: functionName, Name: alias });
  const weights = Object.keys(found.RoutingConfig?.AdditionalVersionWeights ?? {});
  if (weights.length > 0) {
    throw misconfigured(
      `The alias ${alias} references two different versions of ${functionName}: ${found.FunctionVersion} and ${weights.join(', ')}.`,
    );
  }
  if (found.FunctionVersion !== currentVersion) {
    throw misconfigured(
      `The alias ${alias} points to version ${found.FunctionVersion}, and not to the CurrentVersion ${currentVersion}.`,
    );
  }
  // Observed on AWS: terraform-aws-modules/terraform-aws-lambda, issue 82.
  if (targetVersion === currentVersion) {
    throw misconfigured(`CurrentVersion and TargetVersion are both ${targetVersion}.`);
  }
};

const misconfigured = (message: string) =>
  new DeploymentFailure(
    'INVALID_LAMBDA_CONFIGURATION',
    `The deployment failed because the AppSpec file that specifies the AWS Lambda deployment configuration is missing or has an invalid configuration. ${message}`,
  );

const shift = async (run: Run, spec: LambdaAppSpec): Promise<void> => {
  for (const { percent, waitMinutes } of curveOf(run.deployment.config.trafficRoutingConfig)) {
    await run.pause(waitMinutes * 60_000);
    await route(run, spec, percent);
    run.checkpoint();
  }
};

/** FunctionVersion stays the current version for the whole shift and changes with the last step. */
const route = async (run: Run, spec: LambdaAppSpec, percent: number): Promise<void> => {
  const whole = percent === 100;
  await run.act('lambda', 'UpdateAlias', {
    FunctionName: spec.functionName,
    Name: spec.alias,
    FunctionVersion: whole ? spec.targetVersion : spec.currentVersion,
    RoutingConfig: {
      AdditionalVersionWeights: whole ? {} : { [spec.targetVersion]: percent / 100 },
    },
  });
  (run.deployment.target as LambdaProgress).targetVersionWeight = percent / 100;
};
