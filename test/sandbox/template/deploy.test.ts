// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of CloudFormation and IAM look like this
import { describe, expect, it } from 'vitest';
import type { ResourceProvider } from '../../../packages/sandbox/cloud.ts';
import { deployStack } from '../../../packages/sandbox/template/deploy.ts';
import { region, smallCloud } from './small-cloud.ts';

const thing: ResourceProvider = {
  properties: ['Name', 'Uses'],
  ignored: ['Colour'],
  create: async ({ Name }, { physicalName }) => ({
    ref: Name ?? physicalName(),
    attributes: { Arn: `arn:thing:${Name}` },
  }),
};

const deployment = (
  template: any,
  { parameters = {}, resources = {} as Record<string, ResourceProvider> } = {},
) => {
  const cloud = smallCloud({ 'Test::Thing': thing, ...resources });
  const assets = () => '';
  const deploy = (stack: string, source: any = template) =>
    deployStack({ ...cloud.deployer, template: source, stack, region, parameters, assets });
  return { ...cloud, deploy };
};

const a = (properties: unknown = {}, more = {}) => ({
  Type: 'Test::Thing',
  Properties: properties,
  ...more,
});

describe('deployStack', () => {
  it('creates each resource after those it needs, else in the order of the template', async () => {
    const { deploy, events } = deployment({
      Resources: {
        Late: a({ Uses: { 'Fn::GetAtt': ['Middle', 'Arn'] } }),
        Middle: a({ Uses: { 'Fn::Sub': '${First}' } }),
        First: a(),
        Alone: a({}, { DependsOn: 'Late' }),
        Free: a(),
      },
    });

    await deploy('web');

    const created = events.filter(({ status }) => status === 'CREATE_COMPLETE');
    expect(created.map(({ logicalId }) => logicalId)).toEqual([
      'First',
      'Middle',
      'Late',
      'Alone',
      'Free',
    ]);
  });

  it('names the chain of a circular dependency', async () => {
    const { deploy } = deployment({
      Resources: {
        A: a({ Uses: { Ref: 'B' } }),
        B: a({ Uses: { Ref: 'C' } }),
        C: a({}, { DependsOn: ['A'] }),
      },
    });

    await expect(deploy('web')).rejects.toThrow(
      'circular dependency between resources: A → B → C → A',
    );
  });

  it('refuses everything it does not know at once, before it creates anything', async () => {
    const { deploy, events } = deployment({
      Resources: {
        A: a({ Size: 1 }),
        B: { Type: 'AWS::Kinesis::Stream' },
        C: a({}, { CreationPolicy: {} }),
      },
    });
    const withoutC = { Resources: { A: a({ Size: 1 }), B: { Type: 'AWS::Kinesis::Stream' } } };

    await expect(deploy('web')).rejects.toThrow(/C \(Test::Thing\).*CreationPolicy/);
    await expect(deploy('web', withoutC)).rejects.toThrow(
      /Stack web .*A \(Test::Thing\): property Size .*Remove it.*\n.*B \(AWS::Kinesis::Stream\): no service .*Leave it out/,
    );
    expect(events).toEqual([]);
  });

  it('lists what has no effect, and takes a property that is NoValue as absent', async () => {
    const { deploy, notes } = deployment({
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: {
        A: a({ Colour: 'red', Size: { 'Fn::If': ['Never', 1, { Ref: 'AWS::NoValue' }] } }),
        M: { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'x' } },
      },
    });

    const { ignored } = await deploy('web');

    expect(ignored).toEqual(['AWS::CDK::Metadata', 'Test::Thing.Colour']);
    expect(notes).toContain('Test::Thing.Colour has no effect in the sandbox');
  });

  it('leaves out resources and outputs whose condition is false', async () => {
    const template = {
      Parameters: { Stage: { Type: 'String', Default: 'beta' } },
      Conditions: {
        Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
        Beta: {
          'Fn::And': [
            { 'Fn::Not': [{ Condition: 'Prod' }] },
            { 'Fn::Or': [{ Condition: 'Prod' }, { 'Fn::Equals': [1, '1'] }] },
          ],
        },
      },
      Resources: {
        P: a({ Name: 'p' }, { Condition: 'Prod' }),
        B: a({ Name: 'b' }, { Condition: 'Beta', DependsOn: 'P' }),
      },
      Outputs: {
        P: { Value: { Ref: 'P' }, Condition: 'Prod' },
        B: { Value: { Ref: 'B' }, Condition: 'Beta' },
      },
    };

    expect((await deployment(template).deploy('web')).outputs).toEqual({ B: 'b' });
    expect(
      (await deployment(template, { parameters: { Stage: 'prod' } }).deploy('web')).outputs,
    ).toEqual({ P: 'p' });
  });

  it('says which resource failed, why, and what had happened until then', async () => {
    const failing: ResourceProvider = {
      properties: [],
      create: async () => {
        throw new Error('the quota is used up');
      },
    };
    const { deploy } = deployment(
      { Resources: { A: a(), B: { Type: 'Test::Failing', DependsOn: 'A' } } },
      { resources: { 'Test::Failing': failing } },
    );

    const error = await deploy('web').catch((failure) => failure);

    expect(error.message).toMatch(
      /^Stack web could not be created: B \(Test::Failing\): the quota is used up\n/,
    );
    expect(error.events.map(({ logicalId, status }: any) => `${logicalId} ${status}`)).toEqual([
      'A CREATE_IN_PROGRESS',
      'A CREATE_COMPLETE',
      'B CREATE_IN_PROGRESS',
      'B CREATE_FAILED',
    ]);
  });

  it('names stack, resource, type and property of a reference that cannot be resolved', async () => {
    const { deploy } = deployment({
      Resources: { A: a(), B: a({ Uses: { 'Fn::GetAtt': ['A', 'Url'] } }) },
    });

    await expect(deploy('web')).rejects.toThrow(
      /Stack web .*: B \(Test::Thing\): Properties\.Uses: Fn::GetAtt A\.Url: Test::Thing gives no attribute Url/,
    );
  });

  it('hands values from stack to stack by export and import', async () => {
    const { deploy } = deployment({});
    const exporting = {
      Resources: { A: a({ Name: 'x' }) },
      Outputs: {
        A: { Value: { Ref: 'A' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:A' } } },
      },
    };
    const importing = { Resources: { B: a({ Name: { 'Fn::ImportValue': 'net:A' } }) } };

    await expect(deploy('web', importing)).rejects.toThrow('no stack in us-east-1 exports it');
    await deploy('net', exporting);

    expect((await deploy('web', importing)).resources.B?.ref).toBe('x');
    await expect(deploy('net', exporting)).rejects.toThrow('already exported');
  });

  it('reads parameters from the Parameter Store, and checks rules', async () => {
    const template = {
      Parameters: {
        Version: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/tools/version' },
      },
      Rules: {
        Recent: {
          Assertions: [
            {
              Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2'], { Ref: 'Version' }] }] },
              AssertDescription: 'too old',
            },
          ],
        },
      },
      Resources: { A: a({ Name: { Ref: 'Version' } }) },
    };
    const { deploy, call } = deployment(template);

    await expect(deploy('web')).rejects.toThrow('/tools/version not found');
    await call('ssm', 'PutParameter', { Name: '/tools/version', Type: 'String', Value: '2' });
    await expect(deploy('web')).rejects.toThrow('too old');
    await call('ssm', 'PutParameter', { Name: '/tools/version', Value: '3', Overwrite: true });

    expect((await deploy('web')).resources.A?.ref).toBe('3');
  });

  it('refuses parameters that are missing, unknown or not allowed', async () => {
    const template = {
      Parameters: { Stage: { Type: 'String', AllowedValues: ['beta', 'prod'] } },
      Resources: { A: a() },
    };

    await expect(deployment(template).deploy('web')).rejects.toThrow(
      'Parameters.Stage: it has no default',
    );
    await expect(
      deployment(template, { parameters: { Stage: 'x' } }).deploy('web'),
    ).rejects.toThrow('none of the allowed values');
    await expect(deployment(template, { parameters: { Stag: 'x' } }).deploy('web')).rejects.toThrow(
      'Parameters.Stag: the template does not declare it',
    );
  });

  it('creates other resources while a service waits for its tasks, in the same order every time', async () => {
    const order: string[] = [];
    let open = (): void => undefined;
    const steady = new Promise<void>((resolve) => {
      open = resolve;
    });
    const service: ResourceProvider = {
      properties: [],
      create: async () => {
        await steady;
        order.push('Service');
        return { ref: 'service' };
      },
    };
    const noting: ResourceProvider = {
      properties: ['Uses'],
      create: async (_, { logicalId }) => {
        order.push(logicalId);
        if (logicalId === 'Last') open();
        return { ref: logicalId };
      },
    };
    const { deploy } = deployment(
      {
        Resources: {
          Service: { Type: 'AWS::ECS::Service' },
          After: { Type: 'Test::Noting', Properties: { Uses: { Ref: 'Service' } } },
          Last: { Type: 'Test::Noting' },
        },
      },
      { resources: { 'AWS::ECS::Service': service, 'Test::Noting': noting } },
    );

    await deploy('web');

    expect(order).toEqual(['Last', 'Service', 'After']);
  });
});
