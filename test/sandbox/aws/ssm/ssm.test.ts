import { describe, expect, it } from 'vitest';
import { account, region, smallCloud } from '../../template/small-cloud.ts';

const store = async (...names: string[]) => {
  const { call } = smallCloud();
  const ssm = (operation: string, input: unknown) => call('ssm', operation, input);
  for (const Name of names)
    await ssm('PutParameter', { Name, Type: 'String', Value: `value of ${Name}` });
  return { ssm, call };
};

const names = ({ Parameters }: any) => Parameters.map(({ Name }: any) => Name);

describe('PutParameter', () => {
  it('counts versions, and overwrites only when told to', async () => {
    const { ssm } = await store('/a/b');

    await expect(ssm('PutParameter', { Name: '/a/b', Value: 'x' })).rejects.toMatchObject({
      name: 'ParameterAlreadyExists',
    });
    expect(await ssm('PutParameter', { Name: '/a/b', Value: 'x', Overwrite: true })).toEqual({
      Version: 2,
      Tier: 'Standard',
    });

    const { Parameter } = await ssm('GetParameter', { Name: '/a/b:2' });
    expect(Parameter).toMatchObject({
      Value: 'x',
      Version: 2,
      Type: 'String',
      ARN: `arn:aws:ssm:${region}:${account}:parameter/a/b`,
    });
    expect(Parameter.LastModifiedDate).toBeInstanceOf(Date);
    await expect(ssm('GetParameter', { Name: '/a/b:3' })).rejects.toMatchObject({
      name: 'ParameterVersionNotFound',
    });
  });

  it('keeps earlier versions, the last hundred', async () => {
    const { ssm } = await store('/a');
    const overwrite = (Value: string) =>
      ssm('PutParameter', { Name: '/a', Value, Overwrite: true });
    await overwrite('second');

    expect((await ssm('GetParameter', { Name: '/a:1' })).Parameter.Value).toBe('value of /a');
    const { Parameters } = await ssm('GetParameterHistory', { Name: '/a' });
    expect(Parameters).toMatchObject([
      { Version: 1, Value: 'value of /a', Name: '/a' },
      { Version: 2, Value: 'second', Name: '/a' },
    ]);

    for (let version = 3; version <= 101; version += 1) await overwrite(`${version}`);
    await expect(ssm('GetParameter', { Name: '/a:1' })).rejects.toMatchObject({
      name: 'ParameterVersionNotFound',
    });
    expect((await ssm('GetParameter', { Name: '/a:2' })).Parameter.Value).toBe('second');
  });

  it('asks for the history of a parameter that exists', async () => {
    const { ssm } = await store();

    await expect(ssm('GetParameterHistory', { Name: '/none' })).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
  });

  it.each<[string, object, string]>([
    [
      'a value above 4 KB',
      { Name: '/a', Type: 'String', Value: 'é'.repeat(2049) },
      'ValidationException',
    ],
    ['an empty value', { Name: '/a', Type: 'String', Value: '' }, 'ValidationException'],
    ['a reserved name', { Name: '/aws/a', Type: 'String', Value: 'x' }, 'ValidationException'],
    ['a name with a hole', { Name: '/a//b', Type: 'String', Value: 'x' }, 'ValidationException'],
    [
      'a hierarchy of 16 levels',
      { Name: '/a'.repeat(16), Type: 'String', Value: 'x' },
      'HierarchyLevelLimitExceededException',
    ],
    [
      'a value against its pattern',
      { Name: '/a', Type: 'String', Value: 'x', AllowedPattern: '^\\d+$' },
      'ParameterPatternMismatchException',
    ],
    [
      'a type that does not exist',
      { Name: '/a', Type: 'Number', Value: '1' },
      'UnsupportedParameterType',
    ],
  ])('refuses %s', async (_, input, name) => {
    const { ssm } = await store();

    await expect(ssm('PutParameter', input)).rejects.toMatchObject({ name });
  });

  it('takes exactly 4 KB, and more in the advanced tier', async () => {
    const { ssm } = await store();

    await ssm('PutParameter', { Name: '/a', Type: 'String', Value: 'x'.repeat(4096) });
    await ssm('PutParameter', {
      Name: '/b',
      Type: 'String',
      Value: 'x'.repeat(8192),
      Tier: 'Advanced',
    });
    await expect(
      ssm('PutParameter', {
        Name: '/c',
        Type: 'String',
        Value: 'x'.repeat(8193),
        Tier: 'Advanced',
      }),
    ).rejects.toThrow('8192');
  });
});

describe('reading', () => {
  it('leads through a path in pages of ten', async () => {
    const all = Array.from(
      { length: 23 },
      (_, index) => `/shop/p${String(index).padStart(2, '0')}`,
    );
    const { ssm } = await store(...all, '/shopping/x', '/shop/deep/y');

    const first = await ssm('GetParametersByPath', { Path: '/shop' });
    const second = await ssm('GetParametersByPath', { Path: '/shop', NextToken: first.NextToken });
    const third = await ssm('GetParametersByPath', { Path: '/shop', NextToken: second.NextToken });

    expect([first, second, third].map((page) => page.Parameters.length)).toEqual([10, 10, 3]);
    expect([first, second, third].flatMap(names)).toEqual(all);
    expect(third.NextToken).toBeUndefined();
    await expect(
      ssm('GetParametersByPath', { Path: '/shop', MaxResults: 11 }),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(
      ssm('GetParametersByPath', { Path: '/shop', NextToken: 'x' }),
    ).rejects.toMatchObject({ name: 'InvalidNextToken' });
  });

  it('goes deeper only when asked to', async () => {
    const { ssm } = await store('/a/b', '/a/b/c', '/a/b/c/d');

    expect(names(await ssm('GetParametersByPath', { Path: '/a' }))).toEqual(['/a/b']);
    expect(names(await ssm('GetParametersByPath', { Path: '/a/', Recursive: true }))).toEqual([
      '/a/b',
      '/a/b/c',
      '/a/b/c/d',
    ]);
    expect(names(await ssm('GetParametersByPath', { Path: '/', Recursive: true }))).toHaveLength(3);
  });

  it.each([0, 11])('refuses %s names at once', async (count) => {
    const { ssm } = await store();

    await expect(ssm('GetParameters', { Names: Array(count).fill('/a') })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('tells which of several names exist, and describes without values', async () => {
    const { ssm } = await store('/a/b', 'plain');

    const found = await ssm('GetParameters', { Names: ['plain', '/x', '/a/b'] });
    const described = await ssm('DescribeParameters', {
      ParameterFilters: [{ Key: 'Name', Option: 'BeginsWith', Values: ['/a'] }],
    });

    expect([names(found), found.InvalidParameters]).toEqual([['plain', '/a/b'], ['/x']]);
    expect(names(described)).toEqual(['/a/b']);
    expect(described.Parameters[0]).not.toHaveProperty('Value');
  });

  it('shows a SecureString only with decryption', async () => {
    const { ssm } = await store();
    await ssm('PutParameter', { Name: '/secret', Type: 'SecureString', Value: 'open sesame' });

    expect((await ssm('GetParameter', { Name: '/secret' })).Parameter.Value).not.toContain(
      'sesame',
    );
    expect(
      (await ssm('GetParameter', { Name: '/secret', WithDecryption: true })).Parameter.Value,
    ).toBe('open sesame');
  });

  it('keeps Regions apart, and forgets what is deleted', async () => {
    const { ssm, call } = await store('/a');

    await expect(
      call('ssm', 'GetParameter', { Name: '/a' }, undefined, 'eu-west-1'),
    ).rejects.toMatchObject({ name: 'ParameterNotFound' });
    await ssm('DeleteParameter', { Name: '/a' });
    await expect(ssm('GetParameter', { Name: '/a' })).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
    await expect(ssm('DeleteParameter', { Name: '/a' })).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
  });
});
