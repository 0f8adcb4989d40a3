/** CloudFormation's `AWS::SSM::Parameter`. */
import type { ResourceProvider } from '../../cloud.ts';

const parameter: ResourceProvider = {
  properties: ['AllowedPattern', 'DataType', 'Description', 'Name', 'Tier', 'Type', 'Value'],
  ignored: ['Tags'],
  create: async ({ Name, Value, ...properties }, { call, physicalName }) => {
    const name = Name ?? physicalName();
    const value = Array.isArray(Value) ? Value.join(',') : String(Value);
    await call('ssm', 'PutParameter', { ...properties, Name: name, Value: value });
    return { ref: name, attributes: { Type: properties.Type, Value: value } };
  },
};

/** The resource types of Systems Manager. */
export const ssmResources: Readonly<Record<string, ResourceProvider>> = {
  'AWS::SSM::Parameter': parameter,
};
