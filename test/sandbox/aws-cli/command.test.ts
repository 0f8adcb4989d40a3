import { describe, expect, it } from 'vitest';
import { awsCommand } from '../../../packages/sandbox/aws-cli/command.ts';
import { AwsError } from '../../../packages/sandbox/aws-error.ts';

const read = (line: string) => awsCommand(line.split(' '));

describe('a command of the aws CLI', () => {
  it('becomes a call with the members of the model', async () => {
    expect(
      await read(
        'deploy list-deployments --application-name shop --deployment-group-name web --include-only-statuses Ready InProgress',
      ),
    ).toMatchObject({
      service: 'codedeploy',
      operation: 'ListDeployments',
      input: {
        applicationName: 'shop',
        deploymentGroupName: 'web',
        includeOnlyStatuses: ['Ready', 'InProgress'],
      },
    });
  });

  it('reads flags of yes and no, shorthand, and JSON', async () => {
    const stop = 'deploy stop-deployment --deployment-id d-1';
    expect((await read(`${stop} --auto-rollback-enabled`)).input).toMatchObject({
      autoRollbackEnabled: true,
    });
    expect((await read(`${stop} --no-auto-rollback-enabled`)).input).toMatchObject({
      autoRollbackEnabled: false,
    });
    const create =
      'deploy create-deployment --application-name shop --override-alarm-configuration enabled=false,alarms=[{name=red}] --revision {"revisionType":"String"}';
    await expect(read(create)).rejects.toThrow('--override-alarm-configuration');
    expect((await read(create.replace('[{name=red}]', '[]'))).input).toMatchObject({
      overrideAlarmConfiguration: { enabled: false, alarms: [] },
      revision: { revisionType: 'String' },
    });
    const alias =
      'lambda update-alias --function-name f --name live --routing-config AdditionalVersionWeights={}';
    expect((await read(alias)).input).toEqual({
      FunctionName: 'f',
      Name: 'live',
      RoutingConfig: { AdditionalVersionWeights: {} },
    });
  });

  it.each([
    ['s3 ls', 'no such service'],
    ['deploy undo-deployment', 'no such operation'],
    ['deploy get-deployment --deployment d-1', 'has no flag --deployment'],
    ['deploy get-deployment d-1', '"d-1" stands where a flag is needed'],
    ['deploy get-deployment --deployment-id d-1 d-2', 'takes one value'],
    ['deploy get-deployment --deployment-id d-1 --output table', '--output table'],
    ['deploy create-deployment --application-name a --revision {', '--revision is no JSON'],
  ])('is refused where %s', async (line, why) => {
    await expect(read(line)).rejects.toThrow(why);
  });

  it('lacks a member as the service says it', async () => {
    await expect(read('deploy get-deployment')).rejects.toThrow(AwsError);
  });

  it('prints what its query names', async () => {
    const { print } = await read(
      'deploy get-deployment --deployment-id d-1 --query deploymentInfo.status --output text',
    );
    expect(print({ deploymentInfo: { status: 'Ready' } })).toBe('Ready');
    expect(print({ deploymentInfo: { status: true } })).toBe('True');
    expect(print({})).toBe('None');
    const list = await read('deploy list-deployments --query deployments --output text');
    expect(list.print({ deployments: [] })).toBe('');
    expect(list.print({ deployments: ['d-1', 'd-2'] })).toBe('d-1\td-2');
    const whole = await read('deploy get-deployment --deployment-id d-1');
    expect(JSON.parse(whole.print({ deploymentInfo: {} }))).toEqual({ deploymentInfo: {} });
    const sorted = await read('deploy list-deployments --query sort(deployments)');
    expect(() => sorted.print({})).toThrow('--query sort(deployments)');
  });
});
