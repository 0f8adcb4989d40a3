/** Executions through the unmodified JavaScript SDK, and one whole release driven by nothing but clients and the sandbox's docker push. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CodeDeployClient,
  GetDeploymentTargetCommand,
  ListDeploymentsCommand,
  ListDeploymentTargetsCommand,
} from '@aws-sdk/client-codedeploy';
import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import {
  GetAliasCommand,
  LambdaClient,
  TagResourceCommand,
  UpdateFunctionCodeCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import * as sfn from '@aws-sdk/client-sfn';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { push } from '../../../cli/verbs/push.ts';
import type { Served } from '../../../rehearsal/session/serve.ts';
import { VERSIONS } from '../../../rehearsal/stage/versions.ts';
import { arn, eventually, leadHere, opened } from './opened.ts';

let served: Served;

beforeAll(async () => {
  served = await opened();
  leadHere(served.url);
});

afterAll(() => served.close());

const states = new sfn.SFNClient({});
const deploy = new CodeDeployClient({});
const containers = new ECSClient({});
const functions = new LambdaClient({});
const parameters = new SSMClient({});

const stateMachineArn = arn('states', 'stateMachine:tandem-release');
const FunctionName = 'storefront-api';

describe('Step Functions', () => {
  it('lists and describes state machines', async () => {
    const { stateMachines } = await states.send(new sfn.ListStateMachinesCommand({}));
    const { definition, status } = await states.send(
      new sfn.DescribeStateMachineCommand({ stateMachineArn }),
    );

    expect(stateMachines?.map(({ name }) => name)).toEqual(['tandem-release', 'tandem-rollback']);
    expect(status).toBe('ACTIVE');
    expect(JSON.parse(definition!).StartAt).toBe('ValidateRelease');
  });

  it('starts an execution, and shows how it ended and what it did', async () => {
    const input = JSON.stringify({
      pair: 'nothing',
      targets: { api: { version: '1' } },
      requestedBy: 'ada@example.com',
    });
    const { executionArn } = await states.send(
      new sfn.StartExecutionCommand({ stateMachineArn, name: 'unknown-pair', input }),
    );
    const ended = await eventually('the end', async () => {
      const found = await states.send(new sfn.DescribeExecutionCommand({ executionArn }));
      return found.status === 'RUNNING' ? undefined : found;
    });
    const { executions } = await states.send(
      new sfn.ListExecutionsCommand({ stateMachineArn, statusFilter: 'FAILED' }),
    );
    const { events } = await states.send(new sfn.GetExecutionHistoryCommand({ executionArn }));

    expect(ended).toMatchObject({ status: 'FAILED', error: 'Rejected', input });
    expect(ended.stopDate).toBeInstanceOf(Date);
    expect(executions).toMatchObject([{ name: 'unknown-pair' }]);
    expect(events?.[0]).toMatchObject({ type: 'ExecutionStarted' });
    expect(events?.at(-1)).toMatchObject({
      type: 'ExecutionFailed',
      executionFailedEventDetails: { error: 'Rejected' },
    });
  });

  /** A machine that asks a function, waits for somebody to answer its token, and then for a day. */
  const asking = {
    QueryLanguage: 'JSONata',
    StartAt: 'Ask',
    States: {
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Arguments: {
          FunctionName: 'tandem-validate-release',
          Payload: {
            execution: '{% $states.context.Execution.Id %}',
            now: '{% $states.context.State.EnteredTime %}',
            input: { token: '{% $states.context.Task.Token %}' },
          },
        },
        Next: 'Rest',
      },
      Rest: { Type: 'Wait', Seconds: 86_400, End: true },
    },
  };

  const tokenIn = async (executionArn: string | undefined) => {
    const { events } = await states.send(
      new sfn.GetExecutionHistoryCommand({ executionArn, reverseOrder: true }),
    );

    const isAsked = events?.some(({ type }) => type === 'TaskSubmitted');
    const asked = isAsked ? events?.find(({ type }) => type === 'TaskScheduled') : undefined;
    return asked && JSON.parse(asked.taskScheduledEventDetails!.parameters!).Payload.input.token;
  };

  it('runs a definition of anybody, takes the answer to its token once, and stops', async () => {
    const { roleArn } = await states.send(new sfn.DescribeStateMachineCommand({ stateMachineArn }));
    const made = await states.send(
      new sfn.CreateStateMachineCommand({
        name: 'asking',
        roleArn,
        definition: JSON.stringify(asking),
      }),
    );
    const { executionArn } = await states.send(
      new sfn.StartExecutionCommand({ stateMachineArn: made.stateMachineArn }),
    );
    const taskToken = await eventually('the question', () => tokenIn(executionArn));

    await states.send(new sfn.SendTaskHeartbeatCommand({ taskToken }));
    const answer = new sfn.SendTaskSuccessCommand({ taskToken, output: '{"answer":42}' });
    await states.send(answer);
    await expect(states.send(answer)).rejects.toThrow(sfn.TaskTimedOut);
    await eventually('the rest', async () => {
      const { events } = await states.send(new sfn.GetExecutionHistoryCommand({ executionArn }));
      return events?.find(({ stateEnteredEventDetails: entered }) => entered?.name === 'Rest');
    });
    await states.send(
      new sfn.StopExecutionCommand({ executionArn, error: 'Enough', cause: 'by hand' }),
    );
    const stopped = await states.send(new sfn.DescribeExecutionCommand({ executionArn }));

    expect(stopped).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'by hand' });
  });

  it("refuses by AWS's names", async () => {
    const wrong = (command: Promise<unknown>) => expect(command).rejects;

    await wrong(
      states.send(new sfn.SendTaskSuccessCommand({ taskToken: 'none', output: '{}' })),
    ).toThrow(sfn.InvalidToken);
    await wrong(
      states.send(
        new sfn.DescribeExecutionCommand({
          executionArn: arn('states', 'execution:tandem-release:none'),
        }),
      ),
    ).toThrow(sfn.ExecutionDoesNotExist);
    await wrong(states.send(new sfn.ListActivitiesCommand({}))).toMatchObject({
      name: 'UnknownOperationException',
      message: 'states.ListActivities is not part of this sandbox',
    });
  });
});

/** Lets a push start nothing, so that the release below is the only one. */
const releaseByHandOnly = async (): Promise<void> => {
  const Name = '/tandem/storefront/pair';
  const { Parameter } = await parameters.send(new GetParameterCommand({ Name }));
  const Value = JSON.stringify({ ...JSON.parse(Parameter!.Value!), join: 'manual' });
  await parameters.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
};

const updateFunction = async (version: string): Promise<void> => {
  const ZipFile = await readFile(join(VERSIONS, 'api-function', `${version}.zip`));
  const { FunctionArn } = await functions.send(
    new UpdateFunctionCodeCommand({ FunctionName, ZipFile }),
  );
  await waitUntilFunctionUpdatedV2(
    { client: functions, maxWaitTime: 30, minDelay: 1, maxDelay: 1 },
    { FunctionName },
  );
  await functions.send(
    new TagResourceCommand({ Resource: FunctionArn!, Tags: { 'tandem:version': version } }),
  );
};

/** Every target of every deployment that is going on. */
const movingTargets = async () => {
  const { deployments } = await deploy.send(
    new ListDeploymentsCommand({ includeOnlyStatuses: ['InProgress'] }),
  );
  const all = (deployments ?? []).map(async (deploymentId) => {
    const { targetIds } = await deploy.send(new ListDeploymentTargetsCommand({ deploymentId }));
    const { deploymentTarget } = await deploy.send(
      new GetDeploymentTargetCommand({ deploymentId, targetId: targetIds![0] }),
    );
    return deploymentTarget!;
  });
  return Promise.all(all);
};

/** Shares of green as CodeDeploy shows them: of a service in percent, of a function as a part of 1. */
const sharesOfGreen = async () => {
  const shares: { web?: number; api?: number } = {};
  for (const { ecsTarget, lambdaTarget } of await movingTargets()) {
    const green = ecsTarget?.taskSetsInfo?.find(({ taskSetLabel }) => taskSetLabel === 'Green');
    if (green) shares.web = green.trafficWeight!;
    if (lambdaTarget) shares.api = lambdaTarget.lambdaFunctionInfo!.targetVersionWeight!;
  }
  return shares;
};

const versionOf = async (url: URL) => ((await (await fetch(url)).json()) as any).version;

it('releases both halves: push, start, describe until it ends', async () => {
  await releaseByHandOnly();
  await updateFunction('2.0.0');
  await push('storefront-web:2.0.0', join(VERSIONS, 'web-app', '2.0.0'), served.url);
  const { executionArn } = await states.send(
    new sfn.StartExecutionCommand({
      stateMachineArn,
      name: 'by-clients',
      input: JSON.stringify({
        pair: 'storefront',
        targets: { web: { image: 'storefront-web:2.0.0' }, api: { version: 'latest' } },
        requestedBy: 'ada@example.com',
        reason: 'driven by clients',
        policy: { bakeMinutes: 1, guardMinutes: 1 },
      }),
    }),
  );

  await eventually('a tenth of the traffic on green, on both sides', async () => {
    const { web, api } = await sharesOfGreen();
    return web === 10 && api === 0.1 ? true : undefined;
  });
  const split = await functions.send(new GetAliasCommand({ FunctionName, Name: 'live' }));

  const ended = await eventually('the end', async () => {
    const found = await states.send(new sfn.DescribeExecutionCommand({ executionArn }));
    return found.status === 'RUNNING' ? undefined : found;
  });
  const { events } = await states.send(
    new sfn.GetExecutionHistoryCommand({ executionArn, reverseOrder: true }),
  );
  const whole = await functions.send(new GetAliasCommand({ FunctionName, Name: 'live' }));
  const { services } = await containers.send(
    new DescribeServicesCommand({ cluster: 'storefront', services: ['storefront-web'] }),
  );

  expect(split.RoutingConfig?.AdditionalVersionWeights).toEqual({ '2': 0.1 });
  expect(ended).toMatchObject({ status: 'SUCCEEDED' });
  expect(JSON.parse(ended.output!)).toMatchObject({ end: 'Promoted' });
  expect(events?.[0]?.type).toBe('ExecutionSucceeded');
  expect(whole).toMatchObject({ FunctionVersion: '2' });
  expect(whole.RoutingConfig).toBeUndefined();
  expect(services?.[0]?.taskDefinition).toMatch(/task-definition\/storefront-web:2$/);
  expect(await versionOf(new URL('/health', served.web))).toBe('2.0.0');
  expect(await versionOf(new URL('/health', served.api))).toBe('2.0.0');
});
