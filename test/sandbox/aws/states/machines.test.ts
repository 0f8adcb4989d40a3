import { describe, expect, it } from 'vitest';
import type { Permission } from '../../../../packages/sandbox/cloud.ts';
import { machines, text } from '../../machine/machines.ts';
import { roleArn, stepFunctions } from './step-functions.ts';

const arn = 'arn:aws:states:us-east-1:111122223333:stateMachine:test';
const definition = text(machines.hello);

describe('CreateStateMachine', () => {
  it('makes a machine that can be described', async () => {
    const { ask } = stepFunctions();

    expect(await ask('CreateStateMachine', { name: 'test', definition, roleArn })).toEqual({
      stateMachineArn: arn,
      creationDate: new Date('2026-01-05T09:00:00Z'),
    });
    expect(await ask('DescribeStateMachine', { stateMachineArn: arn })).toEqual({
      stateMachineArn: arn,
      name: 'test',
      status: 'ACTIVE',
      definition,
      roleArn,
      type: 'STANDARD',
      creationDate: new Date('2026-01-05T09:00:00Z'),
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: false },
    });
  });

  it('answers the same again for the same machine, and refuses another of its name', async () => {
    const { ask, create, pass } = stepFunctions();
    const first = await ask('CreateStateMachine', { name: 'test', definition, roleArn });
    await pass(60);

    expect(await ask('CreateStateMachine', { name: 'test', definition, roleArn })).toEqual(first);
    await expect(create(machines.fails)).rejects.toMatchObject({
      name: 'StateMachineAlreadyExists',
      message: `State Machine Already Exists: '${arn}'`,
    });
  });

  it('refuses a definition that is wrong, saying where', async () => {
    const { ask } = stepFunctions();
    const wrong =
      '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"}}}';

    await expect(
      ask('CreateStateMachine', { name: 'test', definition: wrong, roleArn }),
    ).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message:
        "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next'",
    });
  });

  it('refuses names, roles and types that AWS or the sandbox does not have', async () => {
    const { ask } = stepFunctions();
    const create = (more: object) =>
      ask('CreateStateMachine', { name: 'test', definition, roleArn, ...more });

    await expect(create({ name: 'a b' })).rejects.toMatchObject({ name: 'InvalidName' });
    await expect(create({ roleArn: 'me' })).rejects.toMatchObject({ name: 'InvalidArn' });
    await expect(create({ type: 'EXPRESS' })).rejects.toMatchObject({
      name: 'StateMachineTypeNotSupported',
    });
  });

  it('keeps Regions apart', async () => {
    const { cloud, create } = stepFunctions();
    await create(machines.hello);
    const elsewhere = (operation: string, input: unknown) =>
      cloud.call({
        principal: { kind: 'owner' },
        region: 'eu-west-1',
        service: 'states',
        operation,
        input,
      });

    expect(await elsewhere('ListStateMachines', {})).toEqual({ stateMachines: [] });
    await expect(elsewhere('StartExecution', { stateMachineArn: arn })).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
  });
});

describe('UpdateStateMachine', () => {
  it('leaves running executions with the definition they were started with', async () => {
    const { ask, create, start, end, pass } = stepFunctions();
    const machine = await create(machines.waits);
    const before = await start(machine, { seconds: 60, until: '2026-01-05T09:02:00Z' });
    await pass(1);

    const { revisionId } = await ask('UpdateStateMachine', {
      stateMachineArn: machine,
      definition,
    });
    const after = await start(machine, { name: 'Ada' });

    expect((await end(before)).output).toBe('"2026-01-05T09:01:00.000Z"');
    expect((await end(after)).output).toBe('{"said":"hello Ada"}');
    expect((await ask('DescribeStateMachine', { stateMachineArn: machine })).revisionId).toBe(
      revisionId,
    );
    expect(
      (await ask('DescribeStateMachineForExecution', { executionArn: before })).definition,
    ).toBe(text(machines.waits));
  });

  it('needs something to update', async () => {
    const { ask, create } = stepFunctions();

    await expect(
      ask('UpdateStateMachine', { stateMachineArn: await create(machines.hello) }),
    ).rejects.toMatchObject({ name: 'MissingRequiredParameter' });
  });
});

describe('DeleteStateMachine', () => {
  it('waits for executions that still run, and takes no new ones', async () => {
    const { ask, create, start, end } = stepFunctions();
    const stateMachineArn = await create(machines.hurried);
    const executionArn = await start(stateMachineArn);

    await ask('DeleteStateMachine', { stateMachineArn });

    expect((await ask('DescribeStateMachine', { stateMachineArn })).status).toBe('DELETING');
    await expect(start(stateMachineArn)).rejects.toMatchObject({ name: 'StateMachineDeleting' });
    expect((await end(executionArn)).status).toBe('TIMED_OUT');
    await expect(ask('DescribeStateMachine', { stateMachineArn })).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
  });

  it('does not mind a machine that is not there', async () => {
    const { ask } = stepFunctions();

    expect(await ask('DeleteStateMachine', { stateMachineArn: arn })).toEqual({});
  });
});

describe('ListStateMachines', () => {
  it('lists by name, in pages', async () => {
    const { ask, create } = stepFunctions();
    for (const name of ['c', 'a', 'b']) await create(machines.hello, name);

    const first = await ask('ListStateMachines', { maxResults: 2 });
    const rest = await ask('ListStateMachines', { nextToken: first.nextToken });

    expect(first.stateMachines.map(({ name }: any) => name)).toEqual(['a', 'b']);
    expect(rest.stateMachines.map(({ name }: any) => name)).toEqual(['c']);
    expect(rest.nextToken).toBeUndefined();
  });
});

describe('ValidateStateMachineDefinition', () => {
  it('says OK, or what is wrong', async () => {
    const { ask } = stepFunctions();

    expect(await ask('ValidateStateMachineDefinition', { definition })).toEqual({
      result: 'OK',
      diagnostics: [],
      truncated: false,
    });
    expect(await ask('ValidateStateMachineDefinition', { definition: '""' })).toEqual({
      result: 'FAIL',
      diagnostics: [
        {
          severity: 'ERROR',
          code: 'SCHEMA_VALIDATION_FAILED',
          message: 'Definition must be a valid JSON object',
          location: '/',
        },
      ],
      truncated: false,
    });
  });
});

describe('tags', () => {
  it('are kept with the machine', async () => {
    const { ask } = stepFunctions();
    const tags = [{ key: 'a', value: '1' }];
    await ask('CreateStateMachine', { name: 'test', definition, roleArn, tags });

    await ask('TagResource', { resourceArn: arn, tags: [{ key: 'b', value: '2' }] });
    await ask('UntagResource', { resourceArn: arn, tagKeys: ['a'] });

    expect(await ask('ListTagsForResource', { resourceArn: arn })).toEqual({
      tags: [{ key: 'b', value: '2' }],
    });
  });
});

describe('CloudFormation', () => {
  it('creates a machine from a text with substitutions', async () => {
    const { states, contextOf, ask } = stepFunctions();
    const provider = states.resources?.['AWS::StepFunctions::StateMachine'];
    const template = text(machines.plainFunction).replace(
      /arn:aws:lambda:[^"]+/,
      `\${Function.Arn}`,
    );
    const functionArn = 'arn:aws:lambda:us-east-1:111122223333:function:api';

    const { ref, attributes } = await provider!.create(
      {
        DefinitionString: template,
        DefinitionSubstitutions: { 'Function.Arn': functionArn },
        RoleArn: roleArn,
      },
      contextOf('Release'),
    );

    expect(ref).toBe(
      'arn:aws:states:us-east-1:111122223333:stateMachine:test-Release-ABCDEFGHIJKL',
    );
    expect(attributes).toEqual({
      Arn: ref,
      Name: 'test-Release-ABCDEFGHIJKL',
      StateMachineRevisionId: 'INITIAL',
    });
    expect((await ask('DescribeStateMachine', { stateMachineArn: ref })).definition).toContain(
      functionArn,
    );
  });

  it('creates a machine from an object, under its name', async () => {
    const { states, contextOf } = stepFunctions();
    const provider = states.resources?.['AWS::StepFunctions::StateMachine'];
    const properties = { StateMachineName: 'mine', Definition: machines.hello, RoleArn: roleArn };

    expect((await provider!.create(properties, contextOf('Release'))).ref).toMatch(/:mine$/);
  });
});

describe('permissions', () => {
  const { states, region } = stepFunctions();
  const asked = (operation: string, input: unknown): readonly Permission[] | undefined =>
    states.permissions?.[operation]?.(input, { principal: { kind: 'owner' }, region });
  const execution = 'arn:aws:states:us-east-1:111122223333:execution:test:one';

  it('are asked on the machine, the execution, or the role that is passed', () => {
    expect(asked('StartExecution', { stateMachineArn: arn })).toEqual([
      { action: 'states:StartExecution', resource: arn },
    ]);
    expect(asked('StopExecution', { executionArn: execution })).toEqual([
      { action: 'states:StopExecution', resource: execution },
    ]);
    expect(asked('CreateStateMachine', { name: 'test', roleArn })).toEqual([
      { action: 'states:CreateStateMachine', resource: arn },
      { action: 'iam:PassRole', resource: roleArn, passedToService: 'states.amazonaws.com' },
    ]);
    expect(asked('UpdateStateMachine', { stateMachineArn: arn })).toEqual([
      { action: 'states:UpdateStateMachine', resource: arn },
    ]);
  });

  it('for a token are asked on the machine whose task waits', async () => {
    const tokens: string[] = [];
    const {
      states: other,
      create,
      start,
      pass,
    } = stepFunctions({
      mail: ({ token }) => void tokens.push(token),
    });
    await start(await create(machines.token));
    await pass(1);

    const permissions = other.permissions?.SendTaskSuccess;
    expect(
      permissions?.({ taskToken: tokens[0] }, { principal: { kind: 'owner' }, region }),
    ).toEqual([{ action: 'states:SendTaskSuccess', resource: arn }]);
    expect(permissions?.({ taskToken: 'x' }, { principal: { kind: 'owner' }, region })).toEqual([
      { action: 'states:SendTaskSuccess', resource: '*' },
    ]);
  });
});
