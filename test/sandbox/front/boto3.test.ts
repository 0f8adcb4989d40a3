/** What boto3, which knows AWS from models of its own, makes of the front. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../packages/sandbox/aws-error.ts';
import type { Call } from '../../../packages/sandbox/cloud.ts';
import { modelOf, type OperationModel, services } from '../../../packages/sandbox/front/model.ts';
import { installed } from './installed.ts';
import { frontOver } from './loopback.ts';
import { fromWireDocument, inputOf, outputOf, wireDocument } from './sample.ts';

/** Bytes as base64, dates as ISO 8601: how both ends are compared. */
const asJson = (value: unknown) =>
  value === undefined
    ? undefined
    : JSON.parse(
        JSON.stringify(value, (_, each) =>
          each instanceof Uint8Array ? Buffer.from(each).toString('base64') : each,
        ),
      );

const boto3 = installed('python3', '-c', 'import boto3');

describe.skipIf(!boto3)(`boto3${boto3 ? '' : ' (skipped: it is not installed)'}`, () => {
  const names: Record<string, string> = { elasticloadbalancing: 'elbv2', states: 'stepfunctions' };
  // AWS takes these unsigned; the sandbox learns service and Region from a signature.
  const unsigned = ['AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'];

  it.each(services)('understands and is understood in every operation of $id', async (row) => {
    const model = await modelOf(row);
    const operations = [...model.operations.values()].filter(
      ({ name }) => !unsigned.includes(name),
    );
    const received = new Map<string, unknown>();
    const call = async ({ operation: name, input }: Call) => {
      const operation = model.operations.get(name)!;
      received.set(name, row.raw ? await fromWireDocument(operation.input, input) : input);
      return answerOf(operation, row.raw ?? false);
    };
    const listening = await frontOver(call).listen();
    const cases = operations.map((operation) => ({
      client: names[row.id] ?? row.id,
      operation: operation.name,
      input: asJson(inputOf(operation)),
      output: asJson(outputOf(operation)),
    }));

    const results = await judge({ url: listening.url, cases });
    await listening.close();

    // The SDK for JavaScript is newer than some botocore: what that does not know is not judged.
    const judged = operations.flatMap(({ name }, index) =>
      results[index]!.unknown ? [] : [{ name, ...results[index] }],
    );
    expect(judged.length).toBeGreaterThan(operations.length * 0.8);
    expect(judged).toEqual(judged.map(({ name }) => ({ name, sent: asJson(received.get(name)) })));
  });

  it('receives the errors of services by name', async () => {
    const call = async () => {
      throw new AwsError('ListenerNotFoundException', 'no such listener');
    };
    const listening = await frontOver(call).listen();
    const asked = { client: 'elbv2', operation: 'DescribeTags', input: { ResourceArns: ['a'] } };

    const results = await judge({ url: listening.url, cases: [{ ...asked, output: {} }] });
    await listening.close();

    expect(results).toEqual([
      {
        failed:
          'ListenerNotFoundException: An error occurred (ListenerNotFound) when calling the DescribeTags operation: no such listener',
      },
    ]);
  });
});

/** A sample output as a service gives it. */
const answerOf = (operation: OperationModel, raw: boolean): unknown => {
  const { output } = operation;
  const answer = outputOf(operation);
  const stream = output.isStructSchema() ? output.getEventStreamMember() : '';
  if (stream) return { ...answer, [stream]: eachOf(answer[stream]) };
  return raw ? wireDocument(output, answer) : answer;
};

async function* eachOf(event: unknown) {
  yield event;
}

const judge = (asked: unknown): Promise<Record<string, unknown>[]> => {
  const { promise, resolve, reject } = Promise.withResolvers<Record<string, unknown>[]>();
  const script = fileURLToPath(new URL('boto3-referee.py', import.meta.url));
  const child = execFile('python3', [script], { maxBuffer: 1e9 }, (error, stdout) =>
    error
      ? reject(error)
      : resolve(
          stdout
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line)),
        ),
  );
  child.stdin!.end(JSON.stringify(asked));
  return promise;
};
