import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handlerOf, zipOf } from './handlers.ts';
import { localLambda } from './local-lambda.ts';

describe('functions and versions', () => {
  let aws: ReturnType<typeof localLambda>;
  beforeEach(async () => {
    aws = localLambda();
    await aws.create('return "one";');
  });
  afterEach(() => aws.close());

  const configuration = (Qualifier?: string) =>
    aws.ask('GetFunctionConfiguration', { FunctionName: 'api', Qualifier });

  it('are Pending for a moment, then Active', async () => {
    const made = await aws.ask('CreateFunction', {
      FunctionName: 'other',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::111122223333:role/api',
      Code: { ZipFile: zipOf(handlerOf('')) },
    });
    const early = aws.invoke('other');

    await expect(early).rejects.toThrow('in the following state: Pending');
    expect(made.State).toBe('Pending');
    await aws.pass(2000);
    expect(await aws.ask('GetFunctionConfiguration', { FunctionName: 'other' })).toMatchObject({
      State: 'Active',
      LastUpdateStatus: 'Successful',
    });
  });

  it('are Pending for longer in a VPC', async () => {
    const VpcConfig = { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] };
    await aws.ask('UpdateFunctionConfiguration', { FunctionName: 'api', VpcConfig });
    await aws.pass(90_000);
    const { Version } = await aws.ask('PublishVersion', { FunctionName: 'api' });

    await aws.pass(89_000);
    expect((await configuration(Version)).State).toBe('Pending');
    await aws.pass(1000);
    expect((await configuration(Version)).State).toBe('Active');
  });

  it('serves the old code until an update has settled, and refuses further changes meanwhile', async () => {
    const ZipFile = zipOf(handlerOf('return "two";'));
    await aws.ask('UpdateFunctionCode', { FunctionName: 'api', ZipFile });

    expect((await configuration()).LastUpdateStatus).toBe('InProgress');
    expect((await aws.invoke('api')).result).toBe('one');
    for (const operation of ['PublishVersion', 'UpdateFunctionConfiguration'])
      await expect(aws.ask(operation, { FunctionName: 'api' })).rejects.toMatchObject({
        name: 'ResourceConflictException',
        status: 409,
      });
    await aws.pass(2000);
    expect((await aws.invoke('api')).result).toBe('two');
  });

  it('guards updates with the RevisionId, which the end of an update changes again', async () => {
    const { RevisionId: during } = await aws.ask('UpdateFunctionConfiguration', {
      FunctionName: 'api',
      Timeout: 9,
    });
    await aws.pass(2000);
    const { RevisionId: after } = await configuration();
    const publish = (RevisionId: string) =>
      aws.ask('PublishVersion', { FunctionName: 'api', RevisionId });

    expect(after).not.toBe(during);
    await expect(publish(during)).rejects.toMatchObject({
      name: 'PreconditionFailedException',
      status: 412,
    });
    expect((await publish(after)).Version).toBe('1');
  });

  it('publishes only code with the wanted hash', async () => {
    const { CodeSha256 } = await configuration();
    const publish = (sha: string) =>
      aws.ask('PublishVersion', { FunctionName: 'api', CodeSha256: sha });

    await expect(publish('AAAA')).rejects.toThrow(
      `CodeSHA256 (AAAA) is different from current CodeSHA256 in $LATEST (${CodeSha256})`,
    );
    expect((await publish(CodeSha256)).CodeSha256).toBe(CodeSha256);
  });

  it('publishes nothing when nothing has changed', async () => {
    const first = await aws.ask('PublishVersion', { FunctionName: 'api' });
    const again = await aws.ask('PublishVersion', { FunctionName: 'api', Description: 'again' });
    const changed = await aws.publish('return "two";');

    expect([first.Version, again.Version, changed]).toEqual(['1', '1', '2']);
  });

  it('keeps the code and configuration of a version', async () => {
    await aws.ask('UpdateFunctionConfiguration', {
      FunctionName: 'api',
      Environment: { Variables: { COLOUR: 'blue' } },
    });
    await aws.pass(2000);
    await aws.publish('return process.env.COLOUR;');
    await aws.ask('UpdateFunctionConfiguration', {
      FunctionName: 'api',
      Environment: { Variables: { COLOUR: 'green' } },
    });
    await aws.pass(2000);

    expect((await aws.invoke('api:1')).result).toBe('blue');
    expect((await aws.invoke('api')).result).toBe('green');
    expect((await configuration('1')).FunctionArn).toMatch(/:function:api:1$/);
  });

  it('hashes the zip as AWS does', async () => {
    const zip = zipOf(handlerOf('return "two";'));
    const { createHash } = await import('node:crypto');

    const { CodeSha256 } = await aws.ask('UpdateFunctionCode', {
      FunctionName: 'api',
      ZipFile: zip,
    });

    expect(CodeSha256).toBe(createHash('sha256').update(zip).digest('base64'));
  });

  it.each([
    ['GetFunction', { FunctionName: 'nobody' }],
    ['GetFunctionConfiguration', { FunctionName: 'api', Qualifier: '9' }],
    ['GetAlias', { FunctionName: 'api', Name: 'live' }],
  ])('says in %s that there is no such thing', async (operation, input) => {
    await expect(aws.ask(operation, input)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      status: 404,
    });
  });

  it('lists functions and versions, page by page', async () => {
    await aws.publish('return 1;');
    await aws.publish('return 2;');
    const input = { FunctionName: 'api', MaxItems: 2 };

    const first = await aws.ask('ListVersionsByFunction', input);
    const rest = await aws.ask('ListVersionsByFunction', { ...input, Marker: first.NextMarker });

    const versions = [...first.Versions, ...rest.Versions].map(({ Version }: any) => Version);
    expect(versions).toEqual(['$LATEST', '1', '2']);
    expect(rest.NextMarker).toBeUndefined();
    const arns = async (input: object) =>
      (await aws.ask('ListFunctions', input)).Functions.map((each: any) => each.FunctionArn);
    const arn = 'arn:aws:lambda:us-east-1:111122223333:function:api';
    expect(await arns({})).toEqual([arn]);
    expect(await arns({ FunctionVersion: 'ALL' })).toEqual([
      `${arn}:$LATEST`,
      `${arn}:1`,
      `${arn}:2`,
    ]);
  });

  it('keeps tags', async () => {
    const { FunctionArn } = await configuration();
    await aws.ask('TagResource', { Resource: FunctionArn, Tags: { a: '1', b: '2' } });
    await aws.ask('UntagResource', { Resource: FunctionArn, TagKeys: ['a'] });

    expect(await aws.ask('ListTags', { Resource: FunctionArn })).toEqual({ Tags: { b: '2' } });
    for (const qualifier of ['1', 'live']) {
      await expect(
        aws.ask('TagResource', { Resource: `${FunctionArn}:${qualifier}`, Tags: { a: '1' } }),
      ).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    }
  });
});

describe('aliases', () => {
  let aws: ReturnType<typeof localLambda>;
  beforeEach(async () => {
    aws = localLambda();
    await aws.create('return 0;');
    await aws.publish('return "blue";');
    await aws.publish('return "green";');
    await aws.ask('CreateAlias', { FunctionName: 'api', Name: 'live', FunctionVersion: '1' });
  });
  afterEach(() => aws.close());

  const update = (input: object) =>
    aws.ask('UpdateAlias', { FunctionName: 'api', Name: 'live', ...input });
  const split = (AdditionalVersionWeights: Record<string, number>) => ({
    RoutingConfig: { AdditionalVersionWeights },
  });

  it('send invocations to their version', async () => {
    expect(await aws.invoke('api:live')).toMatchObject({ result: 'blue', ExecutedVersion: '1' });
    await update({ FunctionVersion: '2' });
    expect(await aws.invoke('api', {}, { Qualifier: 'live' })).toMatchObject({
      result: 'green',
      ExecutedVersion: '2',
    });
  });

  it('split invocations by weight', async () => {
    await update(split({ 2: 0.25 }));
    const versions: string[] = [];
    for (let count = 0; count < 400; count += 1)
      versions.push((await aws.invoke('api:live')).ExecutedVersion);

    const share = versions.filter((version) => version === '2').length / versions.length;

    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.35);
  });

  it('stay split until they are told otherwise', async () => {
    await update(split({ 2: 0.1 }));
    const kept = await update({ Description: 'new' });
    const whole = await update({ FunctionVersion: '2', ...split({}) });

    expect(kept.RoutingConfig).toEqual({ AdditionalVersionWeights: { 2: 0.1 } });
    expect(whole).not.toHaveProperty('RoutingConfig');
  });

  it('are guarded by their RevisionId', async () => {
    const { RevisionId } = await aws.ask('GetAlias', { FunctionName: 'api', Name: 'live' });
    await update({ FunctionVersion: '2', RevisionId });

    await expect(update({ FunctionVersion: '1', RevisionId })).rejects.toMatchObject({
      name: 'PreconditionFailedException',
    });
  });

  it.each([
    ['$LATEST', { FunctionVersion: '$LATEST', ...split({ 2: 0.1 }) }, '$LATEST is not supported'],
    ['the same version twice', split({ 1: 0.1 }), 'already included'],
    ['three versions', split({ 2: 0.1, 3: 0.1 }), 'cannot be greater than 1'],
    ['a version that does not exist', split({ 9: 0.1 }), 'Function not found'],
    ['more than everything', split({ 2: 1.5 }), 'not between 0 and 1'],
  ])('refuse to be split over %s', async (_what, input, message) => {
    await expect(update(input)).rejects.toThrow(message);
  });

  it('keep their versions from being deleted', async () => {
    await expect(
      aws.ask('DeleteFunction', { FunctionName: 'api', Qualifier: '1' }),
    ).rejects.toMatchObject({ name: 'ResourceConflictException' });
    await aws.ask('DeleteAlias', { FunctionName: 'api', Name: 'live' });
    await aws.ask('DeleteFunction', { FunctionName: 'api', Qualifier: '1' });

    expect((await aws.ask('ListAliases', { FunctionName: 'api' })).Aliases).toEqual([]);
    await expect(aws.invoke('api:1')).rejects.toThrow('Function not found');
  });
});
