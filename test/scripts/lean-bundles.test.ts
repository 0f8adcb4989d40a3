/** Bundles without what no handler can reach still do what whole ones do. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { describe, expect, it, onTestFinished } from 'vitest';
import { leanClients, standIns, withoutDescriptions } from '../../scripts/lean-bundles.ts';

const root = join(import.meta.dirname, '../..');

/** Clients that are answered by an error: gives what they throw. */
const SOURCE = `
import { HttpResponse } from '@smithy/core/protocols';
import { CodeDeployClient, GetDeploymentCommand } from '@aws-sdk/client-codedeploy';
import { DynamoDBClient, GetItemCommand, ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DescribeRulesCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { LambdaClient, InvokeCommand } from '@aws-sdk/client-lambda';

const thrown = async (Client, command, headers, body) => {
  const answered = { headers, statusCode: 400, body: new TextEncoder().encode(body) };
  const client = new Client({
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: { handle: async () => ({ response: new HttpResponse(answered) }) },
  });
  try {
    return await client.send(command);
  } catch (error) {
    const { name, message, $fault, $metadata, Type, Item } = error;
    const isCheck = error instanceof ConditionalCheckFailedException;
    return { name, message, $fault, status: $metadata.httpStatusCode, Type, Item, isCheck };
  }
};
const document = (type, members) => JSON.stringify({ __type: 'com.amazonaws.x#' + type, ...members });

export const LOOKED_FOR = 'RuleNotFoundException';
export const errors = async () => [
  await thrown(CodeDeployClient, new GetDeploymentCommand({ deploymentId: 'd' }), {}, document('DeploymentDoesNotExistException', { message: 'none' })),
  await thrown(DynamoDBClient, new GetItemCommand({ TableName: 't', Key: {} }), {}, document('ConditionalCheckFailedException', { message: 'no', Item: { a: { S: 'b' } } })),
  await thrown(ElasticLoadBalancingV2Client, new DescribeRulesCommand({}), {}, '<ErrorResponse><Error><Type>Sender</Type><Code>RuleNotFound</Code><Message>gone</Message></Error></ErrorResponse>'),
  await thrown(ElasticLoadBalancingV2Client, new DescribeRulesCommand({}), {}, '<ErrorResponse><Error><Type>Sender</Type><Code>ListenerNotFound</Code><Message>gone</Message></Error></ErrorResponse>'),
  await thrown(LambdaClient, new InvokeCommand({ FunctionName: 'f' }), { 'x-amzn-errortype': 'ResourceConflictException' }, '{"Type":"User","message":"wait"}'),
];
`;

const bundled = async (plugins: esbuild.Plugin[]) => {
  const folder = mkdtempSync(join(root, 'dist', 'lean-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const handlers = join(folder, 'handlers');
  mkdirSync(handlers);
  writeFileSync(join(handlers, 'errors.ts'), SOURCE);
  const outfile = join(folder, 'out.mjs');
  const { metafile } = await esbuild.build({
    stdin: { contents: SOURCE, resolveDir: root, loader: 'js' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: {
      js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);",
    },
    minify: true,
    metafile: true,
    plugins: plugins.length > 0 ? [leanClients(handlers, handlers), ...plugins] : [],
  });
  const { errors } = await import(/* @vite-ignore */ pathToFileURL(outfile).href);
  return { errors: await errors(), bytes: Object.values(metafile.outputs)[0]?.bytes ?? 0 };
};

describe('bundles without what no handler can reach', () => {
  it('throw the errors that whole ones throw, and are smaller by a tenth', async () => {
    const [whole, lean] = [await bundled([]), await bundled([standIns])];

    expect(whole.errors[1]).toMatchObject({ isCheck: true, Item: { a: { S: 'b' } } });
    // What nobody looks for by the name of its class has the name that AWS sends.
    const unnamed = { ...whole.errors[3], name: 'ListenerNotFound' };
    expect(whole.errors[3].name).toBe('ListenerNotFoundException');
    expect(lean.errors).toEqual(whole.errors.toSpliced(3, 1, unnamed));
    expect(lean.bytes).toBeLessThan(whole.bytes * 0.9);
  });

  it('have no descriptions of schemas, whatever quotes these are in', () => {
    const source = (texts: readonly string[]) =>
      texts.map((text) => `z.string().check(z.describe(${text}), z.minLength(1))`).join(';');

    expect(withoutDescriptions(source(["'a (b)'", "\n'it\\'s',\n", '"it\'s"', '`one\ntwo`']))).toBe(
      source(Array(4).fill("''")),
    );
    expect(withoutDescriptions(source(['text', 'text()']))).toBe(source(['text', 'text()']));
  });
});
