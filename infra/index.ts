/** What CDK apps of other teams import from the package. */
export { type OrchestratorProps, OrchestratorStack } from './orchestrator/stack.ts';
export type { Thresholds } from './pair/props.ts';
export {
  type EcsHalf,
  type LambdaHalf,
  ReleasePair,
  type ReleasePairProps,
} from './pair/release-pair.ts';
export type {
  BucketSource,
  CodeCommitSource,
  ConnectedSource,
  FunctionBuild,
  ImageBuild,
  ReleasePipelineProps,
} from './pipeline/props.ts';
export { ReleasePipeline } from './pipeline/release-pipeline.ts';
