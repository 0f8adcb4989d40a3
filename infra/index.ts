/** What CDK apps of other teams import from the package. */
export { type OrchestratorProps, OrchestratorStack } from './orchestrator/stack.ts';
export * from './pair/release-pair.ts';
export * from './pipeline/release-pipeline.ts';
