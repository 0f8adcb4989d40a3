import * as z from 'zod/mini';
import { Policy } from './policy.ts';
import { Name } from './schema.ts';
import type { Target } from './target.ts';

/** What a push of an image releases beside the image (design: "What a push releases is declared"). */
export const Join = z.enum(['manual', 'tagged', 'image-last']);
export type Join = z.infer<typeof Join>;

/** The pair's own part of its registration: SSM parameter `/tandem/<pair>/pair`. */
export const PairSettings = z.strictObject({
  pair: Name,
  join: z._default(Join, 'tagged'),
  policy: z._default(Policy, () => Policy.parse({})),
});
export type PairSettings = z.infer<typeof PairSettings>;

/** A pair as the orchestrator knows it. */
export interface Registration extends PairSettings {
  readonly targets: Readonly<Record<string, Target>>;
}

/** SSM path of everything that belongs to a pair. */
export const pairPath = (pair: string): string => `/tandem/${pair}/`;
/** SSM parameter that holds the pair's settings. */
export const settingsParameter = (pair: string): string => `${pairPath(pair)}pair`;
/** SSM parameter that holds one target. */
export const targetParameter = (pair: string, target: string): string =>
  `${pairPath(pair)}targets/${target}`;
