import type { Stack } from 'aws-cdk-lib';
import { BuildSpec } from 'aws-cdk-lib/aws-codebuild';
import { ExecutionMode } from 'aws-cdk-lib/aws-codepipeline';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Function as LambdaFunction, Version } from 'aws-cdk-lib/aws-lambda';
import {
  DefinitionBody,
  Pass,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { describe, expect, it } from 'vitest';
import { CONNECTION, type PropsOf, pipelineStack } from './pipelines.ts';

/** Some of the image's members changed. */
const image =
  (change: object): PropsOf =>
  (_, { services }) => ({
    image: { target: 'web', repository: services[0]!.repository, ...change },
  });

/** Some of the function's members changed. */
const code =
  (change: (stack: Stack) => object): PropsOf =>
  (stack, { functions }) => ({
    function: { target: 'api', function: functions[0]!.function, ...change(stack) },
  });

const connected = { connectionArn: CONNECTION, owner: 'corner', repository: 'shop' };

describe('a pipeline refuses', () => {
  it.each<[string, PropsOf, RegExp]>([
    [
      'to build nothing',
      () => ({ image: undefined, function: undefined }) as object,
      /^The pipeline of pair "shop" builds nothing; give it an image, a function or both\.$/,
    ],
    [
      'a name that no pair can have',
      () => ({ pair: 'Shop' }),
      /^The pair's name "Shop" must start with a letter and hold at most 31 lower-case letters/,
    ],
    [
      'the same target twice',
      () => ({ pair: 'shop', image: { target: 'api', repository: {} as any } }),
      /^The image and the function of the pipeline need different targets; both are called "api"\.$/,
    ],
    [
      'to release in parallel',
      () => ({ executionMode: ExecutionMode.PARALLEL }),
      /^A pipeline cannot run in PARALLEL: one release of a pair at a time has the turn\./,
    ],
    [
      'what is no connection',
      () => ({ source: { ...connected, connectionArn: 'github' } }),
      /^"github" is no ARN of a connection; the console shows it/,
    ],
    [
      'what is no branch',
      () => ({ source: { ...connected, branch: 'refs/heads/main' } }),
      /^"refs\/heads\/main" is no branch of the source; name it as Git prints it, for example main\.$/,
    ],
    [
      'a folder outside of the source',
      image({ folder: '../web' }),
      /^The folder "\.\.\/web" of target "web" must be one of the source, named from its root\.$/,
    ],
    [
      'an absolute folder',
      code(() => ({ folder: '/api' })),
      /^The folder "\/api" of target "api" must be one of the source/,
    ],
    [
      'code for a version',
      code((stack) => ({
        function: Version.fromVersionArn(
          stack,
          'Other',
          'arn:aws:lambda:eu-west-1:111122223333:function:shop-api:12',
        ),
      })),
      /^The function of target "api" is a version or an alias, which takes no new code; name the function itself\.$/,
    ],
    [
      'a target that is no service of the pair',
      image({ target: 'shop' }),
      /^The pipeline builds an image for target "shop", which is no service of pair "shop"\.$/,
    ],
    [
      'a target that is no function of the pair',
      code(() => ({ target: 'prices' })),
      /^The pipeline builds code for target "prices", which is no function of pair "shop"\.$/,
    ],
    [
      'another repository than that of the service',
      (stack) => ({
        image: { target: 'web', repository: Repository.fromRepositoryName(stack, 'Other', 'web') },
      }),
      /^The pipeline pushes to the repository "web", but target "web" of pair "shop" runs only images of "shop-web"\.$/,
    ],
    [
      'another function than that of the pair',
      code((stack) => ({
        function: LambdaFunction.fromFunctionArn(
          stack,
          'Other',
          'arn:aws:lambda:eu-west-1:111122223333:function:prices',
        ),
      })),
      /^The pipeline brings code to the function "prices", but target "api" of pair "shop" is the function "shop-api"\.$/,
    ],
    [
      'an express machine',
      (stack) => ({
        machine: new StateMachine(stack, 'Express', {
          stateMachineType: StateMachineType.EXPRESS,
          definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')),
        }),
      }),
      /^The release machine of a pipeline must be a standard one: CodePipeline does not wait/,
    ],
    [
      'a buildSpec that cannot be joined',
      () => ({ buildSpec: BuildSpec.fromSourceFilename('buildspec.yml') }),
      /^The buildSpec of the pipeline of pair "shop" cannot be joined with the pipeline's: .* Make it with BuildSpec\.fromObject, version 0\.2, without artifacts\.$/,
    ],
  ])('%s', (_, propsOf, sentence) => {
    expect(() => pipelineStack(propsOf)).toThrow(sentence);
  });

  it.each(['tagged', 'image-last'] as const)(
    'a pair whose pushes start releases (%s): one commit would be released twice',
    (join) => {
      expect(() => pipelineStack(undefined, { join, tags: ['v*'] })).toThrow(
        `The pair "shop" starts a release by itself when an image is pushed (join: '${join}'), so this pipeline would start a second one; give the pair join: 'manual'.`,
      );
    },
  );
});

describe('a pipeline takes', () => {
  it('a pair of any join when it pushes no image', () => {
    expect(() =>
      pipelineStack(() => ({ image: undefined }) as object, { join: 'tagged' }),
    ).not.toThrow();
  });

  it('the name of a pair that another stack makes', () => {
    const { pipeline } = pipelineStack(() => ({ pair: 'corner' }));

    expect(pipeline.build.node.scope).toBe(pipeline);
  });
});
