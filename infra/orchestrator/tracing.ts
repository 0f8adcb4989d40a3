/** What X-Ray needs of a role; it knows no resource-level permission. */
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Sends traces, and asks which requests to trace. */
export const writeTraces = (): PolicyStatement =>
  new PolicyStatement({
    effect: Effect.ALLOW,
    actions: [
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ],
    resources: ['*'],
  });
