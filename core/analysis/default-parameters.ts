/** The parameters of the judge where no setting changes them. */
import type { JudgeParameters } from './judge.ts';

/** Seconds in which what starts cold is given time; also where learning from past releases begins. */
const WARM_UP = 60;

export const DEFAULT_PARAMETERS: JudgeParameters = {
  falseAborts: 0.001,
  prior: {
    margin: 1.25,
    odds: [1.5, 2, 3, 5, 10, 30, 100],
    atOnce: 0.5,
    onceWarm: 0.25,
    warmAfter: WARM_UP,
    onsetEvery: 30,
  },
  catastrophe: { share: 0.1, worldBroken: 0.08, shares: [0.2, 0.35, 0.6, 0.95] },
  shares: { errors: 0.45, slow: 0.35, catastrophe: 0.2 },
  fewest: 4,
  warmingFrom: 20,
  coldStart: 50,
};
