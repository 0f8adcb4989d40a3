/** What the `aws` CLI makes of a sandbox of some fake services. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AwsError } from '../../../packages/sandbox/aws-error.ts';
import { chokePoint } from '../../../packages/sandbox/call.ts';
import { virtualClock } from '../../../packages/sandbox/clock/virtual-clock.ts';
import type { Service } from '../../../packages/sandbox/cloud.ts';
import type { Listening } from '../../../packages/sandbox/front/listen.ts';
import { installed } from './installed.ts';
import { frontOver } from './loopback.ts';

/** What one run of the CLI prints: JSON, or its complaint. */
const cli = async (url: string, ...line: string[]) => {
  const settings = {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'AKID',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_MAX_ATTEMPTS: '1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
  const ran = promisify(execFile)('aws', [...line, '--output', 'json'], {
    env: { ...process.env, ...settings },
  });
  return ran.then(
    ({ stdout }) => (stdout ? JSON.parse(stdout) : undefined),
    ({ stderr }) => String(stderr).trim(),
  );
};

const fakes: readonly Service[] = [
  {
    id: 'codedeploy',
    operations: {
      GetDeployment: ({ deploymentId }) => {
        if (deploymentId !== 'd-1') {
          throw new AwsError('DeploymentDoesNotExistException', `${deploymentId} does not exist`);
        }
        return { deploymentInfo: { deploymentId, createTime: new Date('2026-01-02T03:04:05Z') } };
      },
    },
  },
  {
    id: 'elasticloadbalancing',
    operations: {
      ModifyListener: ({ ListenerArn, DefaultActions }) => ({
        Listeners: [{ ListenerArn, DefaultActions }],
      }),
    },
  },
  {
    id: 'cloudwatch',
    operations: {
      DescribeAlarms: ({ AlarmNames }, { region }) => ({
        MetricAlarms: AlarmNames.map((AlarmName: string) => ({ AlarmName, Namespace: region })),
      }),
    },
  },
  {
    id: 'lambda',
    operations: {
      Invoke: ({ FunctionName, Qualifier }) => ({
        StatusCode: 200,
        ExecutedVersion: Qualifier,
        Payload: new TextEncoder().encode(JSON.stringify({ FunctionName })),
      }),
    },
  },
];

const aws = installed('aws', '--version');

describe.skipIf(!aws)(`the aws CLI${aws ? '' : ' (skipped: it is not installed)'}`, () => {
  let listening: Listening;

  beforeAll(async () => {
    const { call, register } = chokePoint(virtualClock(), () => {});
    for (const fake of fakes) register(fake);
    listening = await frontOver(call).listen();
  });

  afterAll(() => listening.close());

  it('reads a deployment', async () => {
    const output = await cli(listening.url, 'deploy', 'get-deployment', '--deployment-id', 'd-1');

    expect(output.deploymentInfo.deploymentId).toBe('d-1');
    // Version 1 of the CLI shows seconds since 1970, version 2 ISO 8601.
    const { createTime } = output.deploymentInfo;
    const shown = new Date(typeof createTime === 'number' ? createTime * 1000 : createTime);
    expect(shown).toEqual(new Date('2026-01-02T03:04:05Z'));
  });

  it('shows an error of the service', async () => {
    const output = await cli(listening.url, 'deploy', 'get-deployment', '--deployment-id', 'd-2');

    expect(output).toContain('(DeploymentDoesNotExistException)');
    expect(output).toContain('d-2 does not exist');
  });

  it('shifts traffic of a listener', async () => {
    const actions = [
      {
        Type: 'forward',
        ForwardConfig: {
          TargetGroups: [
            { TargetGroupArn: 'arn:blue', Weight: 90 },
            { TargetGroupArn: 'arn:green', Weight: 10 },
          ],
        },
      },
    ];

    const output = await cli(
      listening.url,
      ...['elbv2', 'modify-listener', '--listener-arn', 'arn:listener'],
      ...['--default-actions', JSON.stringify(actions)],
    );

    expect(output).toEqual({
      Listeners: [{ ListenerArn: 'arn:listener', DefaultActions: actions }],
    });
  });

  it('asks for alarms in the Region of its choice', async () => {
    const output = await cli(
      listening.url,
      ...['cloudwatch', 'describe-alarms', '--alarm-names', 'one', 'two', '--region', 'us-west-2'],
    );

    expect(output.MetricAlarms).toEqual([
      { AlarmName: 'one', Namespace: 'us-west-2' },
      { AlarmName: 'two', Namespace: 'us-west-2' },
    ]);
  });

  it('invokes a function', async () => {
    const output = await cli(
      listening.url,
      ...['lambda', 'invoke', '--function-name', 'api', '--qualifier', '7', '/dev/null'],
    );

    expect(output).toEqual({ StatusCode: 200, ExecutedVersion: '7' });
  });

  it('says what is not part of the sandbox', async () => {
    const [inJson, inQuery] = [
      await cli(listening.url, 'deploy', 'list-applications'),
      await cli(listening.url, 'sts', 'get-caller-identity'),
    ];

    expect(inJson).toContain('(UnknownOperationException)');
    expect(inJson).toContain('codedeploy.ListApplications is not part of this sandbox');
    expect(inQuery).toContain('(InvalidAction)');
    expect(inQuery).toContain('sts.GetCallerIdentity is not part of this sandbox');
  });
});
