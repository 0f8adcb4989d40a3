import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Principal, ResourceProvider } from '../../../packages/sandbox/cloud.ts';
import { deployStack } from '../../../packages/sandbox/template/deploy.ts';
import { region, smallCloud } from '../template/small-cloud.ts';

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');

/** Keeps the properties that a template gives to services which are not part of this test. */
const recorded = (
  type: string,
  properties: readonly string[],
  seen: Map<string, any>,
): ResourceProvider => ({
  properties,
  create: async (given, { account, logicalId }) => {
    const arn = `arn:aws:test:${region}:${account}:${logicalId}`;
    seen.set(type, given);
    return { ref: arn, attributes: { Arn: arn } };
  },
});

const deploy = async (parameters: Record<string, string> = {}) => {
  const seen = new Map<string, any>();
  const types = {
    'AWS::Events::Rule': ['EventPattern', 'Targets'],
    'AWS::Lambda::Function': ['Code', 'Handler', 'MemorySize', 'Role', 'Runtime', 'Timeout'],
    'AWS::SNS::Topic': [],
    'AWS::StepFunctions::StateMachine': [
      'DefinitionString',
      'DefinitionSubstitutions',
      'RoleArn',
      'StateMachineName',
    ],
  };
  const cloud = smallCloud(
    Object.fromEntries(
      Object.entries(types).map(([type, names]) => [type, recorded(type, names, seen)]),
    ),
  );
  const deployed = await deployStack({
    ...cloud.deployer,
    template: JSON.parse(read('template.json')),
    stack: 'shop',
    region,
    parameters: { Definition: read('machine.asl.json'), ...parameters },
    assets: () => '',
  });
  return { ...cloud, deployed, seen };
};

describe('a template that was not made for the sandbox', () => {
  it('is deployed with every reference resolved', async () => {
    const { deployed, seen, deployer } = await deploy();

    expect(seen.get('AWS::StepFunctions::StateMachine')).toMatchObject({
      StateMachineName: 'shop-orders',
      DefinitionSubstitutions: { TaxParameter: '/shop/tax', Orders: deployed.outputs.OrdersTable },
    });
    expect(seen.get('AWS::Lambda::Function').MemorySize).toBe('128');
    expect(deployer.exports.get(`${region}/shop-orders`)).toBe(deployed.outputs.OrdersTable);
    expect(deployed.ignored).toEqual([]);
  });

  it('follows its parameters', async () => {
    const { deployed, seen, call } = await deploy({ Size: 'Large' });

    const { Table } = await call('dynamodb', 'DescribeTable', {
      TableName: deployed.outputs.OrdersTable,
    });
    expect(Table.ProvisionedThroughput.ReadCapacityUnits).toBe(5);
    expect(seen.get('AWS::Lambda::Function').MemorySize).toBe('512');
  });

  it('gives the machine’s role, and nobody else, what the machine does', async () => {
    const { deployed, seen, call } = await deploy();
    const machine: Principal = {
      kind: 'role',
      arn: seen.get('AWS::StepFunctions::StateMachine').RoleArn,
      session: 's',
    };
    const price: Principal = {
      kind: 'role',
      arn: seen.get('AWS::Lambda::Function').Role,
      session: 's',
    };
    const item = { TableName: deployed.outputs.OrdersTable, Item: { id: { S: '1' } } };

    await expect(
      call('ssm', 'GetParameter', { Name: '/shop/tax' }, machine),
    ).resolves.toBeDefined();
    await expect(call('dynamodb', 'PutItem', item, machine)).resolves.toEqual({});
    await expect(call('dynamodb', 'PutItem', item, price)).rejects.toThrow(
      'not authorized to perform: dynamodb:PutItem',
    );
  });
});
