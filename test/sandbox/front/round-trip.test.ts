/**
 * Proves that the schemas which the SDK clients publish mean to the front what they mean to the clients: an
 * upgrade that changes them fails here.
 */
import { AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { describe, expect, it } from 'vitest';
import {
  modelOf,
  type OperationModel,
  type ServiceModel,
  services,
} from '../../../packages/sandbox/front/model.ts';
import { send } from './loopback.ts';
import { inputOf, outputOf, wireDocument } from './sample.ts';

async function* eachOf(event: unknown) {
  yield event;
}

/** What a client has received, as plain values: streams read, its own kinds of bytes made bytes. */
const plain = async (value: any): Promise<unknown> => {
  if (value?.[Symbol.asyncIterator]) return (await value[Symbol.asyncIterator]().next()).value;
  return value instanceof Uint8Array ? Uint8Array.from(value) : value;
};

/** Sends a sample input, answers a sample output, and compares both ends. */
const carry = async (model: ServiceModel, operation: OperationModel, settings: object = {}) => {
  const { name, input, output } = operation;
  const { row } = model;
  const sent = inputOf(operation);
  const answered = outputOf(operation);
  const stream = output.isStructSchema() ? output.getEventStreamMember() : '';
  const calls: unknown[] = [];

  const call = (request: unknown) => {
    calls.push(request);
    if (row.raw) return wireDocument(output, answered);
    return stream ? { ...answered, [stream]: eachOf(answered[stream]) } : answered;
  };
  const result = await send(model, name, structuredClone(sent), call, settings);

  expect(calls).toEqual([
    {
      principal: { kind: 'owner' },
      region: 'eu-west-1',
      service: row.id,
      operation: name,
      input: row.raw ? wireDocument(input, sent) : sent,
    },
  ]);
  const { $metadata, ...members } = result;
  for (const [member, value] of Object.entries(members)) members[member] = await plain(value);
  expect(members).toEqual(answered);
  expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
};

/** Operations that were there when this was written: another number means that schemas have changed. */
const operationsOf: Record<string, number> = {
  'application-autoscaling': 14,
  cloudwatch: 55,
  codedeploy: 47,
  dynamodb: 62,
  ecr: 62,
  ecs: 88,
  elasticloadbalancing: 51,
  events: 57,
  kms: 56,
  lambda: 88,
  sns: 42,
  ssm: 154,
  states: 37,
  sts: 11,
};

describe.each(services)('$id', async (row) => {
  const model = await modelOf(row);

  it('is described whole', () => {
    expect(model.operations.size).toBe(operationsOf[row.id]);
  });

  it.each([...model.operations.values()])('carries $name there and back', (operation) =>
    carry(model, operation),
  );
});

describe.each([
  ['CBOR', AwsSmithyRpcV2CborProtocol],
  ['query', AwsQueryProtocol],
] as const)('cloudwatch, whose clients may also speak %s', async (_, protocol) => {
  const model = await modelOf(services.find(({ id }) => id === 'cloudwatch')!);

  it.each([...model.operations.values()])('carries $name there and back', (operation) =>
    carry(model, operation, { protocol }),
  );
});
