/** What the `aws` CLI and boto3, which know AWS from models of their own, make of a sandbox with the storefront. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Served } from '../../../rehearsal/session/serve.ts';
import { installed } from '../front/installed.ts';
import { ACCOUNT, arn, eventually, opened } from './opened.ts';
import { awsCli, boto3, type Program } from './programs.ts';

let served: Served;

beforeAll(async () => {
  served = await opened();
});

afterAll(() => served.close());

type Row = readonly [service: string, operation: string, ...unknown[]];

const everything = <R extends Row>(rows: readonly R[]): readonly R[] => rows;

/** One service for each protocol that AWS speaks. */
const PROTOCOLS = ['stepfunctions', 'codedeploy', 'elbv2', 'lambda', 'cloudwatch'];

/** The CLI takes most of a second to start for each question, and knows AWS from the same models as boto3. */
const oneEachProtocol = <R extends Row>(rows: readonly R[]): readonly R[] =>
  PROTOCOLS.flatMap((name) => rows.filter(([service]) => service === name).slice(0, 1));

const programs = [
  {
    name: 'the aws CLI',
    start: awsCli,
    found: installed('aws', '--version'),
    pick: oneEachProtocol,
  },
  {
    name: 'boto3',
    start: boto3,
    found: installed('python3', '-c', 'import boto3'),
    pick: everything,
  },
];

const MACHINE = arn('states', 'stateMachine:tandem-release');
const FUNCTION = arn('lambda', 'function:storefront-api');
const ALARM = 'tandem-storefront-api-green-errors';
const GROUP = 'tandem-storefront-web';

/** Operations that work in the state in which a sandbox opens, and a part of what they show. */
const works: readonly [string, string, unknown, unknown][] = [
  ['sts', 'GetCallerIdentity', {}, { Account: ACCOUNT }],
  ['stepfunctions', 'ListStateMachines', {}, { stateMachines: [{ stateMachineArn: MACHINE }, {}] }],
  ['stepfunctions', 'DescribeStateMachine', { stateMachineArn: MACHINE }, { status: 'ACTIVE' }],
  ['codedeploy', 'ListApplications', {}, { applications: [GROUP, 'tandem-storefront-api'] }],
  ['codedeploy', 'ListDeploymentGroups', { applicationName: GROUP }, { deploymentGroups: [GROUP] }],
  [
    'codedeploy',
    'GetDeploymentGroup',
    { applicationName: GROUP, deploymentGroupName: GROUP },
    { deploymentGroupInfo: { computePlatform: 'ECS' } },
  ],
  [
    'codedeploy',
    'GetDeploymentConfig',
    { deploymentConfigName: 'CodeDeployDefault.LambdaAllAtOnce' },
    { deploymentConfigInfo: { computePlatform: 'Lambda' } },
  ],
  ['codedeploy', 'ListDeployments', {}, { deployments: [] }],
  ['ecs', 'ListClusters', {}, { clusterArns: [arn('ecs', 'cluster/storefront')] }],
  [
    'ecs',
    'DescribeServices',
    { cluster: 'storefront', services: ['storefront-web'] },
    { services: [{ status: 'ACTIVE', runningCount: 2 }], failures: [] },
  ],
  [
    'ecs',
    'DescribeTaskSets',
    { cluster: 'storefront', service: 'storefront-web' },
    { taskSets: [{ status: 'PRIMARY' }] },
  ],
  [
    'ecs',
    'DescribeTaskDefinition',
    { taskDefinition: 'storefront-web' },
    { taskDefinition: { family: 'storefront-web', revision: 1 } },
  ],
  [
    'elbv2',
    'DescribeLoadBalancers',
    {},
    { LoadBalancers: [{ LoadBalancerName: 'storefront-web' }] },
  ],
  [
    'elbv2',
    'DescribeTargetGroups',
    { Names: ['storefront-web-green'] },
    { TargetGroups: [{ Port: 8080 }] },
  ],
  [
    'lambda',
    'GetAlias',
    { FunctionName: 'storefront-api', Name: 'live' },
    { FunctionVersion: '1' },
  ],
  ['lambda', 'ListTags', { Resource: FUNCTION }, { Tags: {} }],
  [
    'lambda',
    'Invoke',
    { FunctionName: 'storefront-api', Qualifier: 'live' },
    { StatusCode: 200, ExecutedVersion: '1' },
  ],
  [
    'cloudwatch',
    'DescribeAlarms',
    { AlarmNames: [ALARM] },
    { MetricAlarms: [{ AlarmName: ALARM, ActionsEnabled: true }] },
  ],
  [
    'sns',
    'Publish',
    { TopicArn: arn('sns', 'tandem-approvals'), Message: 'hello' },
    { MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  ],
  ['events', 'DescribeRule', { Name: 'tandem-on-image-push' }, { State: 'ENABLED' }],
  [
    'events',
    'ListTargetsByRule',
    { Rule: 'tandem-on-image-push' },
    { Targets: [{ Arn: arn('lambda', 'function:tandem-on-image-push') }] },
  ],
  [
    'ecr',
    'DescribeRepositories',
    {},
    { repositories: [{ repositoryName: 'storefront-web', imageTagMutability: 'IMMUTABLE' }] },
  ],
  [
    'ecr',
    'DescribeImages',
    { repositoryName: 'storefront-web' },
    { imageDetails: [{ imageTags: ['1.0.0'] }] },
  ],
  ['ssm', 'GetParameter', { Name: '/tandem/storefront/pair' }, { Parameter: { Type: 'String' } }],
  ['dynamodb', 'DescribeTable', { TableName: 'tandem' }, { Table: { TableStatus: 'ACTIVE' } }],
];

const LACKING = (operation: string) => `${operation} is not part of this sandbox`;

/** Operations that are refused, the code of the refusal, and its message where it is the sandbox's own. */
const refused: readonly [string, string, unknown, string, string?][] = [
  [
    'stepfunctions',
    'ListActivities',
    {},
    'UnknownOperationException',
    LACKING('states.ListActivities'),
  ],
  ['lambda', 'ListLayers', {}, 'UnknownOperationException', LACKING('lambda.ListLayers')],
  [
    'elbv2',
    'DescribeAccountLimits',
    {},
    'InvalidAction',
    LACKING('elasticloadbalancing.DescribeAccountLimits'),
  ],
  ['stepfunctions', 'StopExecution', { executionArn: 'x' }, 'InvalidArn'],
  [
    'codedeploy',
    'GetDeployment',
    { deploymentId: 'd-ABCDEFGHI' },
    'DeploymentDoesNotExistException',
  ],
  ['ecs', 'ListServices', { cluster: 'none' }, 'ClusterNotFoundException'],
  ['elbv2', 'DescribeTargetGroups', { Names: ['none'] }, 'TargetGroupNotFound'],
  ['lambda', 'GetFunction', { FunctionName: 'none' }, 'ResourceNotFoundException'],
  [
    'cloudwatch',
    'SetAlarmState',
    { AlarmName: 'none', StateValue: 'OK', StateReason: 'none' },
    'ResourceNotFound',
  ],
  ['sns', 'Publish', { TopicArn: arn('sns', 'none'), Message: 'hello' }, 'NotFound'],
  ['ecr', 'ListImages', { repositoryName: 'none' }, 'RepositoryNotFoundException'],
  ['ssm', 'GetParameter', { Name: '/none' }, 'ParameterNotFound'],
];

describe.each(programs)('$name', ({ name, start, found, pick }) => {
  describe.skipIf(!found)(found ? 'is installed' : 'is not installed, so it is not asked', () => {
    let program: Program;

    beforeAll(() => {
      program = start(served.url);
    });

    afterAll(() => program.close());

    it.each(pick(works))('%s %s', async (service, operation, input, part) => {
      const { output, error } = await program.ask(service, operation, input);

      expect(error).toBeUndefined();
      expect(output).toMatchObject(part as object);
    });

    it.each(pick(refused))(
      '%s %s, refused for %o: %s',
      async (service, operation, input, code, said) => {
        const { error } = await program.ask(service, operation, input);

        expect(error?.code).toBe(code);
        if (said) expect(error?.message).toBe(said);
      },
    );

    it('follows an execution to its end', async () => {
      const wanted = { pair: 'none', targets: { api: { version: '1' } }, requestedBy: 'me' };
      const { output: started } = await program.ask('stepfunctions', 'StartExecution', {
        stateMachineArn: MACHINE,
        name: `by-${name.replaceAll(' ', '-')}`,
        input: JSON.stringify(wanted),
      });
      const { executionArn } = started;
      const ended = await eventually('the end', async () => {
        const shown = await program.ask('stepfunctions', 'DescribeExecution', { executionArn });
        return shown.output.status === 'RUNNING' ? undefined : shown.output;
      });
      const { output: history } = await program.ask('stepfunctions', 'GetExecutionHistory', {
        executionArn,
        reverseOrder: true,
      });

      expect(ended).toMatchObject({ status: 'FAILED', error: 'Rejected' });
      expect(history.events[0].type).toBe('ExecutionFailed');
    });
  });
});
