/** The judge as releases have it: the bundle of the step `analyze-metrics`, called as Lambda calls it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as z from 'zod/mini';
import type { AnalyzeMetrics, Given } from '../core/steps/analyze-metrics.ts';
import { build } from '../scripts/build.ts';

type Vote = z.infer<(typeof AnalyzeMetrics)['output']>;

/** Asks the judge about figures that are given; nothing is read. */
export type Judge = (given: z.input<typeof Given>) => Promise<Vote>;

const BUNDLES = join(import.meta.dirname, '..', 'dist', 'handlers');

const CONTEXT = { functionName: 'tandem-analyze-metrics', awsRequestId: 'backtest' };

/** Bundles the handlers, if they have changed, and loads the judge. */
export const bundledJudge = async (): Promise<Judge> => {
  await build();
  // The clients of the SDK want a Region, though nothing is called.
  process.env.AWS_REGION ??= 'us-east-1';
  const url = pathToFileURL(join(BUNDLES, 'analyze-metrics', 'index.mjs')).href;
  const { handler } = await import(url);
  return (given) =>
    handler({ pair: 'backtest', release: 'backtest', now: '2026-01-01T00:00:00Z', given }, CONTEXT);
};
