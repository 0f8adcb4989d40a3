import '../environment.ts';

import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListTagsCommand,
} from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Wanted } from '../../../core/release/input.ts';
import { wantedVersion } from '../../../handlers/validation/wanted-version.ts';
import { momentAfter, registration } from '../../core/fixture.ts';

const BY_DIGEST = `storefront/web@sha256:${'a'.repeat(64)}`;
const lambda = mockClient(LambdaClient);

beforeEach(() => {
  lambda.reset();
  lambda.on(GetFunctionConfigurationCommand).resolves({ FunctionArn: 'arn' });
  lambda.on(ListTagsCommand).resolves({ Tags: { 'tandem:version': 'build-7' } });
});

const versionOf = (wanted: Wanted, tags?: readonly string[], pushed?: string) =>
  wantedVersion(
    registration(),
    pushed === undefined ? {} : { pushed: { tag: pushed, at: momentAfter(0) } },
    wanted,
    tags,
  );

describe('the version of what a release wants', () => {
  it.each([
    ['the tag that was asked for', 'storefront/web:stable', undefined, 'stable'],
    ['the tag beside a digest', BY_DIGEST.replace('@', ':stable@'), undefined, 'stable'],
    ['the tag that was pushed', BY_DIGEST, '2.0.0-rc.1', '2.0.0-rc.1'],
    ['the tag that is the version of a function', BY_DIGEST, undefined, 'build-7'],
  ])('is %s', async (_, image, pushed, version) => {
    expect(await versionOf({ image }, ['2.0.0', 'build-7', 'stable'], pushed)).toBe(version);
  });

  it('is the only tag of an image by digest, and no function is asked for it', async () => {
    expect(await versionOf({ image: BY_DIGEST }, ['2.0.0', 'latest'])).toBe('2.0.0');
    expect(lambda.calls()).toEqual([]);
  });

  it('is the tag that names the image most exactly when the functions cannot be read', async () => {
    lambda.on(ListTagsCommand).rejects(new Error('denied'));

    expect(await versionOf({ image: BY_DIGEST }, ['2.0.0', 'build-7'])).toBe('2.0.0');
  });

  it('is unknown for a function before it is published, and for an image that is not there', async () => {
    expect(await versionOf({ version: 'latest' })).toBeUndefined();
    expect(await versionOf({ image: 'storefront/web:9' })).toBeUndefined();
  });
});
