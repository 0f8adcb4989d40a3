import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../packages/sandbox/aws-error.ts';
import { recording } from '../../local-cloud.ts';
import { api, type Definition, invoke, machines } from '../../machine/machines.ts';
import { functionError, roleArn, stepFunctions } from './step-functions.ts';

const one = (state: Definition): Definition => ({
  QueryLanguage: 'JSONata',
  StartAt: 'One',
  States: { One: { Type: 'Task', End: true, ...state } },
});

const getDeployment = one({
  Resource: 'arn:aws:states:::aws-sdk:codedeploy:getDeployment',
  Arguments: '{% $states.input %}',
});

describe('lambda:invoke', () => {
  const definition = one({
    Resource: invoke,
    Arguments: { FunctionName: api, Payload: { n: '{% $states.input.n %}' } },
  });

  it('gives the payload with the version that ran', async () => {
    const { run, lambda } = stepFunctions({ [api]: ({ n }) => ({ twice: n * 2 }) });

    const { output } = await run(definition, { n: 4 });

    expect(JSON.parse(output)).toEqual({
      ExecutedVersion: '7',
      Payload: { twice: 8 },
      SdkHttpMetadata: expect.objectContaining({ HttpStatusCode: 200 }),
      SdkResponseMetadata: { RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      StatusCode: 200,
    });
    expect(lambda.asked[0]?.input.FunctionName).toBe(api);
  });

  it('calls with the role of the machine, in a session named after the execution', async () => {
    const { run, choke } = stepFunctions({ [api]: () => 1 });

    await run(definition, { n: 1 });

    expect(choke.used()).toEqual([
      { role: roleArn, action: 'lambda:Invoke', resource: '*', calls: 1 },
    ]);
  });

  it('names an error of the function by its type, with the payload as the cause', async () => {
    const { run } = stepFunctions({
      [api]: () => {
        throw functionError('ContractError', 'no plan');
      },
    });

    const { error, cause } = await run(definition, { n: 1 });

    expect(error).toBe('ContractError');
    expect(JSON.parse(cause)).toEqual({ errorType: 'ContractError', errorMessage: 'no plan' });
  });

  it('names an error without a type Lambda.Unknown', async () => {
    const { run } = stepFunctions({
      [api]: () => {
        throw functionError(undefined, 'out of memory');
      },
    });

    expect(await run(definition, { n: 1 })).toMatchObject({
      error: 'Lambda.Unknown',
      cause: expect.stringContaining('Returned payload: {"errorMessage":"out of memory"}'),
    });
  });

  it.each([
    ['ResourceNotFoundException', 'Lambda.ResourceNotFoundException'],
    ['TooManyRequestsException', 'Lambda.TooManyRequestsException'],
    ['AccessDeniedException', 'Lambda.AWSLambdaException'],
  ])('names the service error %s %s', async (name, expected) => {
    const { run } = stepFunctions({
      [api]: () => {
        throw new AwsError(name, 'No.', { status: 404 });
      },
    });

    const { error, cause } = await run(definition, { n: 1 });

    expect(error).toBe(expected);
    expect(cause).toMatch(
      new RegExp(
        `^No\\. \\(Service: AWSLambda; Status Code: 404; Error Code: ${name}; Request ID: `,
      ),
    );
  });

  it('names a broken connection Lambda.SdkClientException', async () => {
    const { run } = stepFunctions({
      [api]: () => {
        throw new Error('socket hang up');
      },
    });

    expect(await run(definition, { n: 1 })).toMatchObject({
      error: 'Lambda.SdkClientException',
      cause: 'socket hang up',
    });
  });

  it('refuses an argument that it does not have', async () => {
    const { run } = stepFunctions();

    expect(
      await run(one({ Resource: invoke, Arguments: { FunctionName: api, Function: api } })),
    ).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining('The field "Function" is not supported'),
    });
  });

  it('asks for the function', async () => {
    const { run } = stepFunctions();

    expect(await run(one({ Resource: invoke }))).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining('The field "FunctionName" is required by lambda:invoke'),
    });
  });
});

describe('a function as the Resource', () => {
  it('gets the arguments as its event and gives the result', async () => {
    const { run } = stepFunctions({ [api]: ({ n }) => n + 1 });

    expect((await run(machines.plainFunction, { n: 1 })).output).toBe('2');
  });
});

describe('aws-sdk', () => {
  it('turns parameters, results and errors into those of the SDK', async () => {
    const { run, register } = stepFunctions();
    const codedeploy = register(
      recording('codedeploy', {
        GetDeployment: ({ deploymentId }) => {
          if (deploymentId === 'd-1') return { deploymentInfo: { status: 'Ready' } };
          throw new AwsError('DeploymentDoesNotExistException', 'No such deployment.');
        },
      }),
    );

    const { output } = await run(getDeployment, { DeploymentId: 'd-1' });

    expect(output).toBe('{"DeploymentInfo":{"Status":"Ready"}}');
    expect(codedeploy.asked).toEqual([
      { operation: 'GetDeployment', input: { deploymentId: 'd-1' } },
    ]);
    expect(await run(getDeployment, { DeploymentId: 'd-2' })).toMatchObject({
      error: 'CodeDeploy.DeploymentDoesNotExistException',
      cause: expect.stringMatching(
        /^No such deployment\. \(Service: CodeDeploy, Status Code: 400, Request ID: /,
      ),
    });
  });

  it('fails for a field that the action lacks', async () => {
    const { run } = stepFunctions();

    expect(await run(getDeployment, { deploymentId: 'd-1' })).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining('"deploymentId" is not supported'),
    });
  });

  it.each([
    'arn:aws:states:::aws-sdk:codedeploy:getNothing',
    'arn:aws:states:::sqs:sendMessage',
    'arn:aws:states:::lambda:invoke.sync',
    'arn:aws-cn:states:::lambda:invoke',
    'arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:one',
    'arn:aws:states:us-east-1:111122223333:activity:wait',
  ])('refuses a definition with %s', async (Resource) => {
    const { create } = stepFunctions();

    await expect(create(one({ Resource }))).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message: expect.stringContaining('/States/One/Resource'),
    });
  });
});

describe('sns:publish', () => {
  it('sends an object as its JSON', async () => {
    const { run, register } = stepFunctions();
    const sns = register(recording('sns', { Publish: () => ({ MessageId: 'm-1' }) }));

    const { output } = await run(
      one({
        Resource: 'arn:aws:states:::sns:publish',
        Arguments: { TopicArn: 'arn:aws:sns:us-east-1:111122223333:mail', Message: { a: 1 } },
      }),
    );

    expect(sns.asked[0]?.input).toEqual({
      TopicArn: 'arn:aws:sns:us-east-1:111122223333:mail',
      Message: '{"a":1}',
    });
    expect(JSON.parse(output)).toMatchObject({ MessageId: 'm-1' });
  });
});

describe('events:putEvents', () => {
  const definition = one({
    Resource: 'arn:aws:states:::events:putEvents',
    Arguments: {
      Entries: [{ Source: 'shop', DetailType: 'Sold', Detail: { a: 1 }, Resources: ['r'] }],
    },
  });

  it('adds where the event comes from', async () => {
    const { start, create, end, events } = stepFunctions();
    const executionArn = await start(await create(definition), {}, 'sale');
    await end(executionArn);

    const [entry] = events.asked
      .flatMap(({ input }) => input.Entries)
      .filter(({ Source }) => Source === 'shop');
    expect(entry).toEqual({
      Source: 'shop',
      DetailType: 'Sold',
      Detail: '{"a":1}',
      Resources: [
        'r',
        'arn:aws:states:us-east-1:111122223333:stateMachine:test',
        'arn:aws:states:us-east-1:111122223333:execution:test:sale',
      ],
    });
  });

  it('fails if the bus refuses an entry', async () => {
    const { run, choke } = stepFunctions();
    choke.register({
      id: 'events',
      operations: {
        PutEvents: () => ({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'MalformedDetail' }] }),
      },
    });

    expect(await run(definition)).toMatchObject({
      error: 'EventBridge.FailedEntry',
      cause: '{"Entries":[{"ErrorCode":"MalformedDetail"}],"FailedEntryCount":1}',
    });
  });
});

describe('states:startExecution', () => {
  const parent = (pattern: string) =>
    one({
      Resource: `arn:aws:states:::states:startExecution${pattern}`,
      Arguments: {
        StateMachineArn: 'arn:aws:states:us-east-1:111122223333:stateMachine:child',
        Name: 'one',
        Input: '{% $states.input %}',
      },
    });
  const childArn = 'arn:aws:states:us-east-1:111122223333:execution:child:one';

  it('goes on at once', async () => {
    const { run, create, describe: look } = stepFunctions();
    await create(machines.hurried, 'child');

    expect(JSON.parse((await run(parent(''), {})).output)).toMatchObject({
      ExecutionArn: childArn,
    });
    expect((await look(childArn)).status).toBe('RUNNING');
  });

  it('waits for the end with .sync:2, and gives input and output as JSON', async () => {
    const { run, create } = stepFunctions();
    await create(machines.waits, 'child');

    const { output, startDate, stopDate } = await run(parent('.sync:2'), {
      seconds: 100,
      until: '2026-01-05T09:05:00Z',
    });

    expect(stopDate.getTime() - startDate.getTime()).toBe(300_000);
    expect(JSON.parse(output)).toMatchObject({
      ExecutionArn: childArn,
      Status: 'SUCCEEDED',
      Input: { seconds: 100 },
      Output: '2026-01-05T09:01:40.000Z',
    });
  });

  it('gives input and output as texts with .sync', async () => {
    const { run, create } = stepFunctions();
    await create(machines.hello, 'child');

    expect(JSON.parse((await run(parent('.sync'), { name: 'Ada' })).output)).toMatchObject({
      Input: '{"name":"Ada"}',
      Output: '{"said":"hello Ada"}',
    });
  });

  it('fails with States.TaskFailed if the other execution fails', async () => {
    const { run, create } = stepFunctions();
    await create(machines.fails, 'child');

    const { error, cause } = await run(parent('.sync:2'), { error: 'RolledBack', why: 'an alarm' });

    expect(error).toBe('States.TaskFailed');
    expect(JSON.parse(cause)).toMatchObject({
      Status: 'FAILED',
      Error: 'RolledBack',
      Cause: 'because of an alarm',
    });
  });

  it('stops the other execution when it is given up itself', async () => {
    const { create, start, ask, pass, describe: look } = stepFunctions();
    await create(machines.hurried, 'child');
    const executionArn = await start(await create(parent('.sync:2')));
    await pass(5);

    await ask('StopExecution', { executionArn });
    await pass(1);

    expect((await look(childArn)).status).toBe('ABORTED');
  });

  it('names the errors of Step Functions', async () => {
    const { run } = stepFunctions();

    expect(await run(parent(''), {})).toMatchObject({
      error: 'StepFunctions.StateMachineDoesNotExistException',
    });
  });
});
