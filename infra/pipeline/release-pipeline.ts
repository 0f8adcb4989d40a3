/** The construct that users may add to a pair: commits are built, released, and waited for until the release ends. */
import type { PipelineProject } from 'aws-cdk-lib/aws-codebuild';
import {
  Artifact,
  ExecutionMode,
  GlobalVariables,
  Pipeline,
  PipelineType,
} from 'aws-cdk-lib/aws-codepipeline';
import {
  CodeBuildAction,
  StateMachineInput,
  StepFunctionInvokeAction,
} from 'aws-cdk-lib/aws-codepipeline-actions';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { type IStateMachine, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { RELEASE_MACHINE } from '../../core/names.ts';
import { inlineRole } from '../inline-role.ts';
import { artifactBucket, useArtifacts } from './artifacts.ts';
import { buildProject } from './build-project.ts';
import { commitBuild } from './commit-build.ts';
import { refuseFaults } from './faults.ts';
import { readReleases, runBuilds, startReleases } from './permissions.ts';
import type { ReleasePipelineProps } from './props.ts';
import { endCommands, INPUT_FILE } from './scripts.ts';
import { sourceAction } from './source-action.ts';

export type {
  BucketSource,
  CodeCommitSource,
  ConnectedSource,
  FunctionBuild,
  ImageBuild,
  ReleasePipelineProps,
  Source,
} from './props.ts';

/** Namespace of what the release action tells the actions behind it. */
const RELEASE = 'Release';

/** Source, Build, Release: a pipeline that is green when users are on the commit, and red when they are not. */
export class ReleasePipeline extends Construct {
  /** The pipeline, e.g. to add stages before the release, or to be notified of its state. */
  readonly pipeline: Pipeline;
  /** The project that builds image and function. */
  readonly build: PipelineProject;
  /** Where source and release input are kept for a month. */
  readonly artifacts: IBucket;

  constructor(scope: Construct, id: string, props: ReleasePipelineProps) {
    super(scope, id);
    refuseFaults(props);
    const pair = typeof props.pair === 'string' ? props.pair : props.pair.pair;
    const { pipelineName = `tandem-${pair}`, encryptionKey } = props;
    const machine: IStateMachine =
      props.machine ?? StateMachine.fromStateMachineName(this, 'Machine', RELEASE_MACHINE);
    const artifacts = artifactBucket(this, encryptionKey);
    this.artifacts = artifacts;

    const sourceOutput = new Artifact('Source');
    const releaseInput = new Artifact('ReleaseInput');
    const source = sourceAction(props.source, sourceOutput);

    this.build = commitBuild(this, {
      ...props,
      pair,
      name: `${pipelineName}-build`,
      label: source.label,
      cloneStatements: source.cloneStatements,
      artifacts,
    });
    const end = buildProject(this, 'End', {
      name: `${pipelineName}-end`,
      description: `Shows how a release of the pair ${pair} ended.`,
      buildSpec: endCommands(),
      settings: { PAIR: pair },
      statements: [readReleases(this, machine, pair), ...useArtifacts(artifacts, 'read')],
      encryptionKey,
    });

    this.pipeline = new Pipeline(this, 'Pipeline', {
      pipelineName,
      pipelineType: PipelineType.V2,
      executionMode: props.executionMode ?? ExecutionMode.SUPERSEDED,
      artifactBucket: artifacts,
      crossAccountKeys: false,
      usePipelineRoleForActions: true,
      role: inlineRole(this, 'Role', 'codepipeline.amazonaws.com', [
        ...source.statements,
        ...useArtifacts(artifacts, 'read', 'write'),
        runBuilds(this.build, end),
        startReleases(machine),
        readReleases(this, machine, pair),
      ]),
      stages: [
        { stageName: 'Source', actions: [source.action] },
        {
          stageName: 'Build',
          actions: [
            new CodeBuildAction({
              actionName: 'Build',
              project: this.build,
              input: sourceOutput,
              outputs: [releaseInput],
              environmentVariables: {
                REVISION: { value: source.revision },
                PIPELINE_EXECUTION: { value: GlobalVariables.executionId },
              },
            }),
          ],
        },
        {
          stageName: 'Release',
          actions: [
            new StepFunctionInvokeAction({
              actionName: 'Release',
              runOrder: 1,
              stateMachine: machine,
              // The path alone, as the action's reference has it; `atPath` would put the artifact's name before it.
              stateMachineInput: StateMachineInput.filePath({
                artifact: releaseInput,
                fileName: INPUT_FILE,
                location: INPUT_FILE,
              }),
              executionNamePrefix: pair,
              variablesNamespace: RELEASE,
            }),
            new CodeBuildAction({
              actionName: 'End',
              runOrder: 2,
              project: end,
              input: releaseInput,
              environmentVariables: { EXECUTION: { value: `#{${RELEASE}.ExecutionArn}` } },
            }),
          ],
        },
      ],
    });
    source.startBy?.(this.pipeline);
  }
}
