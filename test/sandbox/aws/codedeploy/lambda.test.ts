import { describe, expect, it } from 'vitest';
import { account } from './account.ts';

describe('a deployment to Lambda', () => {
  it('shifts the alias by weights and ends with the target version alone', async () => {
    const aws = account();
    await aws.withLambda();

    const id = await aws.deployLambda('1', '2');
    const { status } = await aws.end(id);

    expect(status).toBe('Succeeded');
    expect(aws.world.aliasChanges).toEqual([
      { minute: 0, version: '1', weights: { 2: 0.1 } },
      { minute: 5, version: '2', weights: {} },
    ]);
    expect(await aws.target(id)).toMatchObject({
      targetId: 'api',
      status: 'Succeeded',
      lambdaFunctionInfo: {
        functionName: 'api',
        functionAlias: 'live',
        currentVersion: '1',
        targetVersion: '2',
        targetVersionWeight: 1,
      },
    });
    expect(await aws.events(id)).toEqual({
      BeforeAllowTraffic: 'Succeeded',
      AllowTraffic: 'Succeeded',
      AfterAllowTraffic: 'Succeeded',
    });
  });

  it.each([
    ['CodeDeployDefault.LambdaAllAtOnce', [0]],
    ['CodeDeployDefault.LambdaLinear10PercentEvery1Minute', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['CodeDeployDefault.LambdaCanary10Percent30Minutes', [0, 30]],
  ])('follows the curve of %s', async (deploymentConfigName, minutes) => {
    const aws = account();
    await aws.withLambda();

    await aws.end(await aws.deployLambda('1', '2', {}, { deploymentConfigName }));

    expect(aws.world.aliasChanges.map(({ minute }) => minute)).toEqual(minutes);
  });

  it('follows the curve of a custom configuration', async () => {
    const aws = account();
    await aws.withLambda();
    await aws.call('CreateDeploymentConfig', {
      deploymentConfigName: 'thirds',
      computePlatform: 'Lambda',
      trafficRoutingConfig: {
        type: 'TimeBasedLinear',
        timeBasedLinear: { linearPercentage: 33, linearInterval: 2 },
      },
    });

    await aws.end(await aws.deployLambda('1', '2', {}, { deploymentConfigName: 'thirds' }));

    expect(aws.world.aliasChanges).toEqual([
      { minute: 0, version: '1', weights: { 2: 0.33 } },
      { minute: 2, version: '1', weights: { 2: 0.66 } },
      { minute: 4, version: '1', weights: { 2: 0.99 } },
      { minute: 6, version: '2', weights: {} },
    ]);
  });

  it.each([
    ['the alias points to another version', '2', '3', {}, 'INVALID_LAMBDA_CONFIGURATION'],
    ['both versions are the same', '1', '1', {}, 'INVALID_LAMBDA_CONFIGURATION'],
    ['the alias is weighted already', '1', '2', { 3: 0.1 }, 'INVALID_LAMBDA_CONFIGURATION'],
    ['the target version does not exist', '1', '77', {}, 'INVALID_LAMBDA_FUNCTION'],
  ])('fails when %s', async (_case, from, to, weights, code) => {
    const aws = account();
    aws.world.alias.weights = weights as Record<string, number>;
    await aws.withLambda({ autoRollbackConfiguration: { enabled: false } });

    const { status, errorInformation } = await aws.end(await aws.deployLambda(from, to));

    expect(status).toBe('Failed');
    expect(errorInformation?.code).toBe(code);
    expect(aws.world.aliasChanges).toEqual([]);
  });

  it('cannot be continued: it has no waits', async () => {
    const aws = account();
    await aws.withLambda();
    const deploymentId = await aws.deployLambda('1', '2');

    await expect(aws.call('ContinueDeployment', { deploymentId })).rejects.toMatchObject({
      name: 'UnsupportedActionForDeploymentTypeException',
    });
  });
});

describe('a rollback of Lambda', () => {
  const failLambda = async (aws: ReturnType<typeof account>, from: string, to: string) => {
    aws.world.onHook = async (call) => void (await aws.answer(call, 'Failed'));
    const id = await aws.deployLambda(from, to, { AfterAllowTraffic: 'check' });
    await aws.end(id);
    return id;
  };

  it('resets the alias to the current version when the group never had a success', async () => {
    const aws = account();
    await aws.withLambda();

    const id = await failLambda(aws, '1', '2');
    const rollback = await aws.rollbackOf(id);

    expect(rollback).toMatchObject({
      status: 'Succeeded',
      creator: 'codeDeployRollback',
      deploymentConfigName: 'CodeDeployDefault.LambdaAllAtOnce',
      rollbackInfo: { rollbackTriggeringDeploymentId: id },
    });
    expect(aws.world.alias).toEqual({ version: '1', weights: {} });
  });

  it('deploys the last successful revision again, even if the alias has been moved since', async () => {
    const aws = account();
    await aws.withLambda();
    await aws.end(await aws.deployLambda('1', '2'));
    aws.world.alias = { version: '5', weights: {} };

    await aws.rollbackOf(await failLambda(aws, '5', '6'));

    expect(aws.world.alias).toEqual({ version: '2', weights: {} });
  });

  it('counts a rollback among the deployments of the group', async () => {
    const aws = account();
    await aws.withLambda();
    await aws.end(await aws.deployLambda('1', '2'));

    const failed = await failLambda(aws, '2', '3');
    const { deploymentId } = await aws.rollbackOf(failed);
    const { deploymentGroupInfo } = await aws.call('GetDeploymentGroup', {
      applicationName: 'api',
      deploymentGroupName: 'api',
    });

    expect(deploymentGroupInfo.lastAttemptedDeployment).toMatchObject({ deploymentId });
    expect(deploymentGroupInfo.lastSuccessfulDeployment).toMatchObject({
      deploymentId,
      status: 'Succeeded',
    });
  });
});
