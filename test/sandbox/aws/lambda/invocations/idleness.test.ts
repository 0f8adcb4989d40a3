import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localLambda } from '../local-lambda.ts';

const DAY = 86_400_000;
const VpcConfig = { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] };

describe('a function in a VPC that nobody invoked for weeks', () => {
  let aws: ReturnType<typeof localLambda>;
  beforeEach(async () => {
    aws = localLambda();
    await aws.create('return "one";', { VpcConfig });
    await aws.pass(15 * DAY);
  });
  afterEach(() => aws.close());

  const state = async () =>
    (await aws.ask('GetFunctionConfiguration', { FunctionName: 'api' })).State;

  it('refuses the call that wakes it and those that follow, then answers', async () => {
    expect(await state()).toBe('Inactive');

    for (const seconds of [0, 39]) {
      await aws.pass(seconds * 1000);
      await expect(aws.invoke('api')).rejects.toMatchObject({
        name: 'CodeArtifactUserPendingException',
        status: 409,
      });
      expect(await state()).toBe('Pending');
    }
    await aws.pass(106_000);

    expect(await state()).toBe('Active');
    expect((await aws.invoke('api')).result).toBe('one');
  });

  it('takes an event in once it is awake', async () => {
    await aws.ask('Invoke', { FunctionName: 'api', InvocationType: 'Event' });
    await aws.pass(300_000);

    expect(aws.lambda.logs('api').some((line) => line.startsWith('END'))).toBe(true);
  });

  it('stays awake when it is invoked once a day', async () => {
    await aws.pass(120_000);
    await aws.invoke('api').catch(() => undefined);
    await aws.pass(120_000);
    for (let day = 0; day < 15; day += 1) {
      await aws.invoke('api');
      await aws.pass(DAY);
    }

    expect((await aws.invoke('api')).result).toBe('one');
  });
});

it('a function outside of a VPC answers after weeks as before', async () => {
  const aws = localLambda();
  await aws.create('return "one";');
  await aws.pass(15 * DAY);

  expect((await aws.invoke('api')).result).toBe('one');
  await aws.close();
});
