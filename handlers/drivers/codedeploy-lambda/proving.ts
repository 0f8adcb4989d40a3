import { GetAliasCommand, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import type { LambdaTarget } from '../../../core/drivers/target.ts';
import { lambda } from '../../aws/lambda.ts';
import type { Proving } from '../driver.ts';
import { invoke } from './invoke.ts';
import { smokeFunction } from './smoke-function.ts';

/** Seconds that a function has to answer a warm-up: one that hangs must not hold up the release. */
const PATIENCE_SECONDS = 10;

/** Asks a function by its versions. */
export const provingFunction: Proving<LambdaTarget> = {
  smoke: smokeFunction,
  askOf:
    async ({ function: name }, { revision }) =>
    (path) =>
      invoke(name, revision, { path }),
  async warmUpsOf({ warmUp, checks, function: name }, ref, called) {
    const events = warmUp.events ?? [
      ...checks.map(({ event }) => event),
      ...(await called()).map((path) => ({ path })),
    ];
    return events.map(
      (event) => () => invoke(name, ref, event, AbortSignal.timeout(PATIENCE_SECONDS * 1000)),
    );
  },
  testAddressOf: async () => undefined,
  async liveRevision({ function: name, alias }) {
    try {
      const { FunctionVersion, RoutingConfig } = await lambda.send(
        new GetAliasCommand({ FunctionName: name, Name: alias }),
      );
      const weights = Object.values(RoutingConfig?.AdditionalVersionWeights ?? {});
      return weights.some((weight) => weight > 0) ? undefined : FunctionVersion;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  },
};
