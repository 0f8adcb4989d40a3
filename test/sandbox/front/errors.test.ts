/** Errors of services, as SDK clients receive them. */
import { AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import type { StaticErrorSchema } from '@smithy/types';
import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../packages/sandbox/aws-error.ts';
import { modelOf, type ServiceModel, services } from '../../../packages/sandbox/front/model.ts';
import { send } from './loopback.ts';
import { sample } from './sample.ts';

const modelNamed = (name: string) => modelOf(services.find(({ id }) => id === name)!);

/** What the client throws when the service throws `error`. */
const thrownBy = async (model: ServiceModel, error: Error, settings: object = {}): Promise<any> => {
  const operation = [...model.operations.values()].find(({ input }) => !input.isUnitSchema())!;
  const call = () => {
    throw error;
  };
  return send(model, operation.name, sample(operation.input), call, settings).then(
    () => expect.unreachable('the call should have failed'),
    (reason: unknown) => reason,
  );
};

/** Every error of a service comes back as the client's own class, with its members. */
const rehydrates = async (model: ServiceModel, name: string, settings: object = {}) => {
  const module = (await model.row.load()) as Record<string, any>;
  const shape = model.errors.get(name)!;
  const { message, Message, ...members } = sample(shape) as Record<string, any>;

  const error = await thrownBy(model, new AwsError(name, 'so it is', members), settings);

  // CloudWatch's DashboardNotFoundError goes by the code `ResourceNotFound`, which is an error of its own too.
  const [code] = (shape.getMergedTraits().awsQueryError as [string] | undefined) ?? [name];
  const seen = model.errors.has(code) ? code : name;
  expect(error).toBeInstanceOf(module[seen]);
  expect(error).toMatchObject({ name: seen, message: 'so it is', ...members });
  const { httpError = 400 } = shape.getMergedTraits();
  expect(error.$metadata.httpStatusCode).toBe(httpError);
};

/** Errors of the model itself; the client's base class is none. */
const namesOf = ({ errors }: ServiceModel) =>
  [...errors.values()]
    .map((shape) => shape.getSchema() as StaticErrorSchema)
    .filter(([, namespace]) => !namespace.startsWith('smithy.ts'))
    .map(([, , name]) => name);

describe.each(services.filter(({ raw }) => !raw))('$id', async (row) => {
  const model = await modelOf(row);

  it.each(namesOf(model))('gives %s back as its class', (name) => rehydrates(model, name));

  it('lets an error through that its model does not have', async () => {
    const error = await thrownBy(
      model,
      new AwsError('NeverHeardOf', 'no such thing', { status: 418 }),
    );

    expect(error).toMatchObject({ name: 'NeverHeardOf', message: 'no such thing' });
    expect(error.$metadata.httpStatusCode).toBe(418);
  });

  it('calls what is no AwsError an internal failure, with its message', async () => {
    const error = await thrownBy(model, new TypeError('x is not a function'));

    expect(error).toMatchObject({ name: 'InternalFailure', message: 'x is not a function' });
    expect(error.$metadata.httpStatusCode).toBe(500);
  });
});

describe.each([
  ['CBOR', AwsSmithyRpcV2CborProtocol],
  ['query', AwsQueryProtocol],
] as const)('cloudwatch in %s', async (_, protocol) => {
  const model = await modelNamed('cloudwatch');

  it.each(namesOf(model))('gives %s back as its class', (name) =>
    rehydrates(model, name, { protocol }),
  );
});

describe('dynamodb', () => {
  it('passes the members of an error on as they are', async () => {
    const reasons = [{ Code: 'ConditionalCheckFailed', Item: { id: { S: 'a' } } }];
    const error = await thrownBy(
      await modelNamed('dynamodb'),
      new AwsError('TransactionCanceledException', 'cancelled', { CancellationReasons: reasons }),
    );

    expect(error).toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: reasons,
    });
  });
});
