import 'aws-sdk-client-mock-vitest/extend';
import '../environment.ts';

import { DescribeImagesCommand, ECRClient, ImageNotFoundException } from '@aws-sdk/client-ecr';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListTagsCommand,
} from '@aws-sdk/client-lambda';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { ReleaseInput } from '../../../core/release/input.ts';
import { handler } from '../../../handlers/triggers/on-image-push.ts';
import { api, registration, web } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { event, invoke } from '../invoke.ts';

const push = event('ecr-image-push');

let account: Account;

const started = () =>
  account.sfn.commandCalls(StartExecutionCommand).map(({ args: [{ input }] }) => ({
    name: input.name!,
    machine: input.stateMachineArn,
    input: JSON.parse(input.input ?? ''),
  }));

/** The function's `$LATEST` carries this version tag. */
const tagged = (version: string | undefined) => {
  const lambda = mockClient(LambdaClient);
  lambda
    .on(GetFunctionConfigurationCommand)
    .resolves({ FunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:storefront-api' });
  lambda.on(ListTagsCommand).resolves({ Tags: version ? { 'tandem:version': version } : {} });
  return lambda;
};

/** The repository holds the pushed image, with these tags. */
const held = (imageTags: readonly string[], more: object = {}) => {
  const ecr = mockClient(ECRClient);
  ecr.on(DescribeImagesCommand).resolves({
    imageDetails: [
      {
        imageDigest: push.detail['image-digest'],
        imageTags: [...imageTags],
        imagePushedAt: new Date(push.time),
        ...more,
      },
    ],
  });
  return ecr;
};

const VERSIONS = ['[0-9]*.[0-9]*.[0-9]*'];

beforeEach(async () => {
  account = await openAccount();
  account.register(registration({ tags: VERSIONS }));
  tagged('2.0.0');
  held(['2.0.0']);
});

describe('a pushed image', () => {
  it('starts a release of the image by its digest, and of the function that is tagged with its version', async () => {
    await invoke(handler, push);

    const [{ machine, input } = { machine: '', input: {} }] = started();
    expect(machine).toBe('arn:aws:states:us-east-1:111122223333:stateMachine:tandem-release');
    expect(ReleaseInput.safeParse(input).success).toBe(true);
    expect(input).toMatchObject({
      pair: 'storefront',
      targets: {
        web: { image: `storefront/web@${push.detail['image-digest']}` },
        api: { version: 'latest' },
      },
      requestedBy: 'image-push',
      eventId: push.id,
    });
  });

  it.each([
    ['of another version', '1.9.0'],
    ['without a tag', undefined],
  ])('leaves a function %s alone', async (_what, version) => {
    tagged(version);

    await invoke(handler, push);

    expect(Object.keys(started()[0]?.input.targets)).toEqual(['web']);
  });

  it('takes the function as it is where the pair says that the image comes last', async () => {
    account.register(registration({ join: 'image-last', tags: VERSIONS }));
    const lambda = tagged('1.9.0');

    await invoke(handler, push);

    expect(Object.keys(started()[0]?.input.targets)).toEqual(['web', 'api']);
    expect(lambda).toHaveReceivedCommandTimes(ListTagsCommand, 0);
  });

  it('joins the function by any tag of the image', async () => {
    held(['sha-0a1b2c3', '2.0.0', '2.0.0-stable']);

    await invoke(handler, { ...push, detail: { ...push.detail, 'image-tag': '2.0.0-stable' } });

    expect(Object.keys(started()[0]?.input.targets)).toEqual(['web', 'api']);
  });

  it('gives an execution a name that Step Functions takes', async () => {
    await invoke(handler, push);

    expect(started()[0]?.name).toMatch(/^storefront-[0-9a-f]{12}$/);
  });
});

describe('the same event twice', () => {
  it('is the same execution', async () => {
    await invoke(handler, push);
    await invoke(handler, push);

    expect(new Set(started().map(({ name }) => name)).size).toBe(1);
    expect(account.executions.size).toBe(1);
  });

  it('starts nothing again once the release has ended', async () => {
    await invoke(handler, push);
    for (const execution of account.executions.values()) execution.status = 'FAILED';

    await invoke(handler, push);

    expect([...account.executions.values()].map(({ status }) => status)).toEqual(['FAILED']);
  });

  it('is told apart from a second push of the same image', async () => {
    await invoke(handler, push);
    await invoke(handler, { ...push, id: 'b1f0f2a4-7a43-4a5c-9d5d-6f7d2a2d3c11' });

    expect(account.executions.size).toBe(2);
  });
});

describe('a push that starts nothing', () => {
  it.each([
    ['of another account', { ...push, account: '999988887777' }],
    ['of another Region', { ...push, region: 'eu-west-1' }],
    ['that failed', event('ecr-image-push-failed')],
    ['without a tag', event('ecr-image-push-untagged')],
    ['that is a deletion', { ...push, detail: { ...push.detail, 'action-type': 'DELETE' } }],
    ['to another repository', { ...push, detail: { ...push.detail, 'repository-name': 'blog' } }],
  ])('is one %s', async (_what, other) => {
    expect(await invoke(handler, other)).toEqual({ started: [] });

    expect(started()).toEqual([]);
  });

  it('is one to a pair whose releases people start', async () => {
    account.register(registration({ join: 'manual' }));

    await invoke(handler, push);

    expect(started()).toEqual([]);
  });

  it.each<[string, () => unknown]>([
    [
      'of a tag that no function carries, where the pair declares no tags',
      () => {
        account.register(registration());
        tagged('1.9.0');
      },
    ],
    [
      'of a chart',
      () => held(['2.0.0'], { artifactMediaType: 'application/vnd.cncf.helm.config.v1+json' }),
    ],
    [
      'of an image that is gone',
      () =>
        mockClient(ECRClient)
          .on(DescribeImagesCommand)
          .rejects(new ImageNotFoundException({ message: 'gone', $metadata: {} })),
    ],
    [
      'that came before the pair was adopted',
      () => {
        account.written.at = new Date('2026-11-23T09:00:02Z');
      },
    ],
  ])('is one %s', async (_what, given) => {
    given();

    expect(await invoke(handler, push)).toEqual({ started: [] });
  });

  it('is refused by name when it is no push at all', async () => {
    await expect(invoke(handler, event('codedeploy-state-change'))).rejects.toMatchObject({
      name: 'ContractError',
    });
  });
});

describe('several pairs', () => {
  it('release each its own image, and a broken registration stops none of them', async () => {
    account.register(
      registration({ pair: 'blog', targets: { page: web({ name: 'page', repository: 'blog' }) } }),
    );
    account.values.set('/tandem/broken/pair', '{');

    await invoke(handler, push);

    expect(started().map(({ input }) => input.pair)).toEqual(['storefront']);
  });

  it('are asked each on its own: one whose function is gone stops no other, and is asked again', async () => {
    account.register(
      registration({
        pair: 'aaa',
        tags: VERSIONS,
        targets: { web: web(), api: api({ function: 'gone' }) },
      }),
    );
    mockClient(LambdaClient)
      .on(GetFunctionConfigurationCommand)
      .callsFake(async ({ FunctionName }: { FunctionName: string }) => {
        if (FunctionName === 'gone') throw new Error('Function not found: gone');
        return { FunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:storefront-api' };
      })
      .on(ListTagsCommand)
      .resolves({ Tags: { 'tandem:version': '2.0.0' } });

    await expect(invoke(handler, push)).rejects.toThrow('not every pair could be asked');

    expect(started().map(({ input }) => input.pair)).toEqual(['storefront']);
  });

  it('are not asked for anything when the image is none of theirs', async () => {
    const lambda = tagged('2.0.0');

    await invoke(handler, { ...push, detail: { ...push.detail, 'repository-name': 'blog' } });

    expect(lambda.calls()).toHaveLength(0);
  });
});
