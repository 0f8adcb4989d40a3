import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderOf, handlerOf, zipOf } from './handlers.ts';
import { localLambda } from './local-lambda.ts';

describe('AWS::Lambda', () => {
  let aws: ReturnType<typeof localLambda>;
  beforeEach(() => {
    aws = localLambda();
  });
  afterEach(() => aws.close());

  const make = (type: string, properties: object, asset?: string) =>
    aws.lambda.resources?.[`AWS::Lambda::${type}`]?.create(properties, {
      ...aws.contextOf(type),
      ...(asset && { asset: () => asset }),
    }) ?? Promise.reject(new Error(type));
  const makeFunction = (Code: object, asset?: string, more: object = {}) =>
    make(
      'Function',
      {
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: 'arn:aws:iam::111122223333:role/api',
        Code,
        ...more,
      },
      asset,
    );
  const FROM_BUCKET = { S3Bucket: 'assets', S3Key: 'key.zip' };

  it.each([
    ['a folder', () => folderOf(handlerOf('return "asset";'))],
    [
      'a zip file',
      () => {
        const path = join(folderOf({}), 'code.zip');
        writeFileSync(path, zipOf(handlerOf('return "asset";')));
        return path;
      },
    ],
  ])('runs a function from %s, at once', async (_what, asset) => {
    const { ref, attributes } = await makeFunction(FROM_BUCKET, asset());

    expect(ref).toBe('test-Function-ABCDEFGHIJKL');
    expect(attributes?.Arn).toBe(`arn:aws:lambda:us-east-1:111122223333:function:${ref}`);
    expect((await aws.invoke(ref)).result).toBe('asset');
  });

  it.each([
    ['a script', 'exports.handler = async () => typeof require;', 'function'],
    ['a module', 'export const handler = async () => import.meta.url.endsWith(".mjs");', true],
  ])('runs %s that stands in the template', async (_what, ZipFile, result) => {
    const { ref } = await makeFunction({ ZipFile });

    expect((await aws.invoke(ref)).result).toBe(result);
  });

  it('knows the same files by the same hash, and other files by another', async () => {
    const shaOf = async (FunctionName: string, files: Record<string, string>) => {
      await makeFunction(FROM_BUCKET, folderOf(files), { FunctionName });
      return (await aws.ask('GetFunctionConfiguration', { FunctionName })).CodeSha256;
    };

    const first = await shaOf('a', { 'index.mjs': 'x', 'b/c.mjs': 'y' });
    const same = await shaOf('b', { 'b/c.mjs': 'y', 'index.mjs': 'x' });
    const other = await shaOf('c', { 'index.mjs': 'x', 'b/d.mjs': 'y' });

    expect(same).toBe(first);
    expect(other).not.toBe(first);
    expect(Buffer.from(first, 'base64')).toHaveLength(32);
  });

  it('keeps the code of a function when the asset’s folder changes', async () => {
    const folder = folderOf(handlerOf('return "old";'));
    const { ref } = await makeFunction(FROM_BUCKET, folder);
    writeFileSync(join(folder, 'index.mjs'), 'export const handler = async () => "new";');

    expect((await aws.invoke(ref)).result).toBe('old');
  });

  it('makes versions, aliases, permissions, URLs and settings of events', async () => {
    const { ref: FunctionName, attributes } = await makeFunction(
      { ZipFile: 'exports.handler = async () => 1;' },
      undefined,
      { Tags: [{ Key: 'k', Value: 'v' }], ReservedConcurrentExecutions: '5', Timeout: '7' },
    );
    const version = await make('Version', { FunctionName });
    const alias = await make('Alias', {
      FunctionName,
      FunctionVersion: version.attributes?.Version,
      Name: 'live',
    });
    await make('Permission', {
      FunctionName: alias.ref,
      Action: 'lambda:InvokeFunction',
      Principal: 'sns.amazonaws.com',
    });
    const url = await make('Url', {
      TargetFunctionArn: attributes?.Arn,
      Qualifier: 'live',
      AuthType: 'NONE',
    });
    await make('EventInvokeConfig', {
      FunctionName,
      Qualifier: '$LATEST',
      MaximumRetryAttempts: 0,
    });

    expect(version.ref).toBe(`${attributes?.Arn}:1`);
    expect(alias.ref).toBe(`${attributes?.Arn}:live`);
    expect(await (await fetch(String(url.attributes?.FunctionUrl))).json()).toBe(1);
    expect((await aws.ask('GetPolicy', { FunctionName: alias.ref })).Policy).toContain('sns');
    expect(
      await aws.ask('GetFunctionEventInvokeConfig', { FunctionName, Qualifier: '$LATEST' }),
    ).toMatchObject({ MaximumRetryAttempts: 0 });
    expect(await aws.ask('GetFunction', { FunctionName })).toMatchObject({
      Configuration: { Timeout: 7 },
      Tags: { k: 'v' },
      Concurrency: { ReservedConcurrentExecutions: 5 },
    });
  });
});
