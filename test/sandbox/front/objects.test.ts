/** Proves that a client in this process and its service see the same of a call, whether it is written or not. */
import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../packages/sandbox/aws-error.ts';
import type { Call } from '../../../packages/sandbox/cloud.ts';
import { modelOf, type OperationModel, services } from '../../../packages/sandbox/front/model.ts';
import { frontOver, send } from './loopback.ts';
import { inputOf, outputOf } from './sample.ts';

const region = 'eu-west-1';

/** A value of the samples as a text protocol brings it across: letters alone, and without bytes. */
const simple = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replace(/[^a-z]/g, '');
  if (value instanceof Uint8Array) return undefined;
  if (value instanceof Date || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(simple);
  const members = Object.entries(value).map(([name, member]) => [name, simple(member)]);
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
};

const asked = async (target: string, operation: string, input: unknown, answered: unknown) => {
  const calls: Call[] = [];
  const { ask } = frontOver(async (call) => {
    calls.push(call);
    if (answered instanceof Error) throw answered;
    return answered;
  });
  const told = await ask({ target, operation, input, accessKeyId: 'AKID', region });
  return { calls, told };
};

const isRest = (protocol: string) => protocol.endsWith('#restJson1');

describe.each(services)('$id', async (row) => {
  const model = await modelOf(row);
  const operations = [...model.operations.values()];

  /** What both ends see by the wire, and without it where the call need not be written. */
  const both = async (operation: OperationModel, input: unknown, output: unknown) => {
    const written: Call[] = [];
    const result = await send(model, operation.name, structuredClone(input), (call) => {
      written.push(call);
      return structuredClone(output);
    }).catch(() => undefined);
    return { written, result, direct: await asked(row.target, operation.name, input, output) };
  };

  it('sees the same of every call that is not written', async () => {
    let direct = 0;
    for (const operation of operations) {
      for (const make of [(value: unknown) => value, simple]) {
        const seen = await both(operation, make(inputOf(operation)), make(outputOf(operation)));
        if (!seen.direct.told || !seen.result) continue;
        expect([operation.name, seen.direct.calls]).toEqual([operation.name, seen.written]);
        if (!('output' in seen.direct.told)) continue;
        const { $metadata, ...members } = seen.result;
        expect([operation.name, seen.direct.told.output]).toEqual([operation.name, members]);
        direct += 1;
      }
    }
    // A service that speaks REST is always written to.
    expect(direct > operations.length / 4).toBe(!isRest(model.protocol));
  });
});

describe('a call of a client in this process', () => {
  const ask = (input: unknown, answered: unknown = {}, target = 'AmazonSSM') =>
    asked(target, 'GetParameter', input, answered);

  it.each([
    ['lacks a member that is required', {}],
    ['has a member of another type', { Name: 7 }],
    ['has a member that is null', { Name: null }],
    ['has a member that the wire would make a text', { Name: new String('/shop') }],
    ['is no structure', ['/shop']],
  ])('has to be written if its input %s', async (_, input) => {
    expect(await ask(input)).toEqual({ calls: [], told: undefined });
  });

  it('has to be written to a service that the sandbox does not have', async () => {
    expect(await ask({ Name: '/shop' }, {}, 'Elsewhere')).toEqual({ calls: [], told: undefined });
  });

  it('shares nothing with its service', async () => {
    const input = { Names: ['/shop'] };
    const answer = { Parameters: [{ Value: 'v', LastModifiedDate: new Date(5) }] };
    const { calls, told } = await asked('AmazonSSM', 'GetParameters', input, answer);
    const output = (told as { output: typeof answer }).output;
    input.Names.push('/other');
    output.Parameters[0]?.LastModifiedDate.setTime(6);

    expect(calls[0]?.input).toEqual({ Names: ['/shop'] });
    expect(answer.Parameters[0]?.LastModifiedDate).toEqual(new Date(5));
  });

  it('is answered with the response of the wire where it is refused, or where the answer is odd', async () => {
    const refused = await ask({ Name: '/shop' }, new AwsError('ParameterNotFound', 'no such'));
    const odd = await ask({ Name: '/shop' }, { Parameter: { LastModifiedDate: 5 } });

    expect(refused.told).toMatchObject({ response: { status: 400 } });
    expect(odd.told).toMatchObject({ response: { status: 200 } });
  });
});
