/** Reads a Lambda function back: from its alias. */
import type { LambdaTarget } from '../../../core/drivers/target.ts';
import type { Call, ReadingBack } from './driver.ts';

/** The version that the alias points at, and the weights of others beside it. */
const aliasOf = async (
  call: Call,
  target: LambdaTarget,
): Promise<{ readonly version: string; readonly extra: Readonly<Record<string, number>> }> => {
  const { FunctionVersion, RoutingConfig } = await call('lambda', 'GetAlias', {
    FunctionName: target.function,
    Name: target.alias,
  });
  return { version: FunctionVersion, extra: RoutingConfig?.AdditionalVersionWeights ?? {} };
};

/** Reads a function back. */
export const readingBackFunction: ReadingBack<LambdaTarget> = {
  async live(call, target) {
    const { version, extra } = await aliasOf(call, target);
    return Object.keys(extra).length > 0 ? 'mixed' : version;
  },

  async greenShare(call, { registration, to }) {
    const { version, extra } = await aliasOf(call, registration);
    if (to === undefined) return 0;
    const rest = Object.values(extra).reduce((sum, weight) => sum + weight, 0);
    return 100 * (version === to.ref ? 1 - rest : (extra[to.ref] ?? 0));
  },

  greenTasks: async () => undefined,
};
